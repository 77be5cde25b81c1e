import { runTool } from "../run-tool.js";
import { findOrInstallEngine, type Origin } from "./index.js";

const ORIGINS: Record<Origin, string> = {
  path: "found on PATH",
  cache: "from the cache",
  download: "downloaded",
  build: "built from its Go modules",
};

/** Finds or installs the engine, and prints where it is. */
runTool(async (signal) => {
  const { bin, version, origin } = await findOrInstallEngine({ signal });
  process.stdout.write(`Pulumi ${version}, ${ORIGINS[origin]}: ${bin}\n`);
  return 0;
});
