const { TestEnvironment } = require("jest-environment-node");

/** The time for a test that a mutant lets wait forever. The longest test takes five seconds. */
const TIMEOUT_MS = 15_000;

/** For mutation tests: skips all tests after the first failure, because one is enough to kill a mutant. */
module.exports = class extends TestEnvironment {
  hasFailed = false;

  handleTestEvent({ name, test }) {
    if (name === "test_fn_failure") this.hasFailed = true;
    if (name !== "test_start") return;
    test.timeout = TIMEOUT_MS;
    if (this.hasFailed) test.mode = "skip";
  }
};
