// Mutation testing of the modules that decide what is written to Cloudflare, with the tests that need no engine.
// Some modules only: npm run test:mutation -- --mutate provider/schema/request-body.ts
import { createRequire } from "node:module";

const [unit] = createRequire(import.meta.url)("./jest.config.js").projects;

export default {
  mutate: [
    "provider/schema/{request-body,codec,equality,validate}.ts",
    "provider/cloudflare/{retry,rate-limiter}.ts",
    "provider/lifecycle/apply.ts",
  ],
  testRunner: "jest",
  jest: {
    projectType: "custom",
    config: {
      ...unit,
      testMatch: ["<rootDir>/test/{schema,cloudflare,lifecycle}/**/*.test.ts"],
      testTimeout: 60_000,
    },
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
  jsonReporter: { fileName: "reports/mutation/mutation.json" },
  htmlReporter: { fileName: "reports/mutation/mutation.html" },
  tempDirName: ".stryker-tmp",
};
