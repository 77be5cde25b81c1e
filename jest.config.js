const { availableParallelism } = require("node:os");

/** @type {import("jest").Config} */
const shared = {
  testEnvironment: "node",
  transform: { "^.+\\.ts$": ["@swc/jest", { jsc: { target: "es2022" } }] },
  // Sources import "./x.js", as Node's own resolution asks for; Jest finds the .ts beside it.
  moduleNameMapper: { "^(\\.{1,2}/.*)\\.js$": "$1" },
  modulePathIgnorePatterns: ["<rootDir>/dist/", "<rootDir>/.stryker-tmp/"],
};

/** @type {import("jest").Config} */
module.exports = {
  // One more than there are cores: tests also wait, for limits and for time-outs.
  maxWorkers: availableParallelism() + 1,
  testSequencer: "<rootDir>/test/engine-first.js",
  // Held by `jest --coverage`, which `npm test` runs. Engine tests run the built package in other processes.
  collectCoverageFrom: ["provider/**/*.ts"],
  coverageReporters: ["text-summary"],
  coverageThreshold: { global: { statements: 90, branches: 88, functions: 90, lines: 91 } },
  // The default of five seconds is short for a first import on a busy machine.
  testTimeout: 60_000,
  projects: [
    {
      ...shared,
      displayName: "unit",
      testMatch: ["<rootDir>/test/**/*.test.ts"],
      testPathIgnorePatterns: ["/node_modules/", "<rootDir>/test/engine/"],
    },
    {
      ...shared,
      displayName: "engine",
      testMatch: ["<rootDir>/test/engine/**/*.test.ts"],
      setupFilesAfterEnv: ["<rootDir>/test/engine/setup.ts"],
    },
  ],
};
