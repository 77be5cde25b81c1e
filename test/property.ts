import fc from "fast-check";

/*
 * A change is judged by the same tries each time, so that a failure is its own. `npm run test:faults`
 * tries others each time; a seed that failed is tried again by stating it.
 */
fc.configureGlobal({ seed: Number(process.env.PROPERTY_SEED ?? 1) });

export { fc };
