// A program without resources: the cost of the engine and of the start of Node alone.
module.exports = {};
