import fc from "fast-check";

/*
 * A change is judged by the same tries each time, so that a failure is its own. `npm run test:faults`
 * tries others each time; a seed that failed is tried again by stating it.
 */
const { PROPERTY_SEED = "1", PROPERTY_RUNS = "100" } = process.env;
fc.configureGlobal({ seed: Number(PROPERTY_SEED), numRuns: Number(PROPERTY_RUNS) });

export { fc };
