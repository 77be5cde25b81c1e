// A program without resources: what the engine and the start of Node cost alone.
module.exports = {};
