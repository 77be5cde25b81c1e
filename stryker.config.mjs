// Mutation testing of the modules that decide what is written to Cloudflare, with the tests that need no engine:
//   GROUP=retry npm run test:mutation
// takes 3 minutes for "apply", 5 for "schema", 8 for "retry" and 15 for "rate-limiter", on two cores.
import { mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import process from "node:process";

const require = createRequire(import.meta.url);
const [unit] = require("./jest.config.js").projects;

/** Which modules are mutated, and which tests run: those at the lowest level that can show their rules. */
const GROUPS = {
  schema: {
    mutate:
      "provider/schema/{request-body,merged-value,writable-live,managed-fields,codec,equality}.ts",
    tests: ["schema", /./],
  },
  retry: {
    mutate: "provider/cloudflare/retry.ts",
    tests: ["cloudflare", /^(?:retry|sequence|cancellation)\./],
  },
  "rate-limiter": {
    mutate: "provider/cloudflare/rate-limiter.ts",
    tests: ["cloudflare", /^(?:rate-limiter.*|sequence|cancellation|send-once)\./],
  },
  apply: {
    mutate: "provider/lifecycle/apply.ts",
    tests: ["lifecycle", /^(?!preview|check)/],
  },
};

const { GROUP = "schema" } = process.env;
const { mutate, tests } = GROUPS[GROUP];

// One test file that contains all tests of the group: to load each of them again for every mutant takes ten times as
// long as to run them.
const [folder, names] = tests;
const files = readdirSync(`test/${folder}`).filter(
  (name) => name.endsWith(".test.ts") && names.test(name),
);
const testFile = "reports/mutation.test.ts";
mkdirSync("reports", { recursive: true });
writeFileSync(
  testFile,
  files
    .map((name) => `describe("${name}", () => void require("../test/${folder}/${name}"));\n`)
    .join(""),
);

// A broken rule usually shows within a few tries, and a hundred take most of the time.
process.env.PROPERTY_RUNS ??= "10";

export default {
  mutate: [mutate],
  testRunner: "jest",
  jest: {
    projectType: "custom",
    config: {
      ...unit,
      projects: [], // Stryker merges this with jest.config.js, whose two projects would each run all tests
      testMatch: [`<rootDir>/${testFile}`],
      testEnvironment: require.resolve("./test/fail-fast-environment.js"),
    },
    // Tests reach a module through the emulator or the registry, which the import graph shows only in part.
    enableFindRelatedTests: false,
  },
  coverageAnalysis: "perTest",
  concurrency: 2,
  maxTestRunnerReuse: 40, // Jest keeps the modules of every run in memory
  dryRunTimeoutMinutes: 30,
  // Ends a mutant that retries forever.
  timeoutMS: 20_000,
  ignorePatterns: ["dist", "coverage", "reports/mutation", "docs", "examples"],
  reporters: ["clear-text", "progress-append-only", "json", "html"],
  jsonReporter: { fileName: `reports/mutation/${GROUP}.json` },
  htmlReporter: { fileName: `reports/mutation/${GROUP}.html` },
  tempDirName: ".stryker-tmp",
};
