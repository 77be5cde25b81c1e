/** Finds or installs the Pulumi engine for the tests and the demo. */
export type { Engine, Origin } from "./engine.js";
export { offlineEnvironment } from "./environment.js";
export { runPulumi, type PulumiRun } from "./run-pulumi.js";
export { findOrInstallEngine } from "./find-engine.js";
