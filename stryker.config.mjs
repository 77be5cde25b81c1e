// Mutation testing of the modules that decide what is written to Cloudflare, with the tests that need no engine.
// `npm run test:mutation` takes minutes for "schema" and up to an hour for each of the others:
//   GROUP=retry npm run test:mutation
import { createRequire } from "node:module";
import process from "node:process";

const [unit] = createRequire(import.meta.url)("./jest.config.js").projects;

/** Which modules are mutated, and which tests run: those at the lowest level that can show their rules. */
const GROUPS = {
  schema: {
    mutate:
      "provider/schema/{request-body,merged-value,writable-live,managed-fields,codec,equality}.ts",
    tests: "test/schema/**/*.test.ts",
  },
  retry: {
    mutate: "provider/cloudflare/retry.ts",
    tests: "test/cloudflare/{retry,retry-budget,sequence,cancellation}.test.ts",
  },
  "rate-limiter": {
    mutate: "provider/cloudflare/rate-limiter.ts",
    tests: "test/cloudflare/{rate-limiter*,sequence,cancellation}.test.ts",
  },
  apply: {
    mutate: "provider/lifecycle/apply.ts",
    tests: "test/lifecycle/**/*.test.ts",
  },
};

const { GROUP = "schema" } = process.env;
const { mutate, tests } = GROUPS[GROUP];

export default {
  mutate: [mutate],
  testRunner: "jest",
  jest: {
    projectType: "custom",
    config: { ...unit, testMatch: [`<rootDir>/${tests}`], testTimeout: 60_000 },
    // Tests reach a module through the emulator or the registry, which the import graph shows only in part.
    enableFindRelatedTests: false,
  },
  coverageAnalysis: "perTest",
  concurrency: 1,
  dryRunTimeoutMinutes: 30,
  // Ends a mutant that retries forever.
  timeoutMS: 10_000,
  ignorePatterns: ["dist", "coverage", "reports", "docs", "examples"],
  reporters: ["clear-text", "progress-append-only", "json", "html"],
  jsonReporter: { fileName: `reports/mutation/${GROUP}.json` },
  htmlReporter: { fileName: `reports/mutation/${GROUP}.html` },
  tempDirName: ".stryker-tmp",
};
