const { default: Sequencer } = require("@jest/test-sequencer");

/** Begins with the files that run the engine: those take up to a minute, so that none of them is left over for the end. */
module.exports = class EngineFirst extends Sequencer {
  sort(tests) {
    const runsEngine = ({ context }) => context.config.displayName?.name === "engine";
    const sorted = super.sort(tests);
    return [...sorted.filter(runsEngine), ...sorted.filter((test) => !runsEngine(test))];
  }
};
