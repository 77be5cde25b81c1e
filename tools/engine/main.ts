import { Command } from "commander";
import { runTool } from "../run-tool.js";
import { findOrInstallEngine, type Origin } from "./index.js";

const ORIGINS: Record<Origin, string> = {
  path: "found on PATH",
  cache: "from the cache",
  download: "downloaded",
  build: "built from its Go modules",
};

const command = new Command("npm run engine --").description(
  "finds the Pulumi engine for the tests and the demo on PATH or in the cache, downloads it, or builds it with Go in five to ten minutes, and prints where it is",
);

runTool(async (signal) => {
  command.parse();
  const { bin, version, origin } = await findOrInstallEngine({ signal });
  process.stdout.write(`Pulumi ${version}, ${ORIGINS[origin]}: ${bin}\n`);
  return 0;
});
