/** Finds or makes the Pulumi engine that the tests and the demo run on. */
export { type Engine, EngineUnavailable, type Origin } from "./engine.js";
export { offlineEnvironment } from "./environment.js";
export { findOrMakeEngine } from "./find-or-make.js";
