const { default: Sequencer } = require("@jest/test-sequencer");

/** Begins with the files that run the engine: each takes up to a minute, and none should be left for the end. */
module.exports = class EngineFirst extends Sequencer {
  sort(tests) {
    const runsEngine = ({ context }) => context.config.displayName?.name === "engine";
    const sorted = super.sort(tests);
    return [...sorted.filter(runsEngine), ...sorted.filter((test) => !runsEngine(test))];
  }
};
