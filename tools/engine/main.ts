import { parseArgs } from "node:util";
import { runTool } from "../run-tool.js";
import { findOrInstallEngine, type Origin } from "./index.js";

const HELP = `Finds or installs the Pulumi engine for the tests and the demo.

Usage: npm run engine [-- options]

The command takes the first of: \`pulumi\` on PATH if it is new enough, the engine in the user's
cache directory, the official download, and a build from the published Go modules (needs Go and
takes five to ten minutes, once).

Options:
  --json   print { "bin", "version", "origin" }
  --help   print this help

Examples:
  npm run engine
  export PATH="$(npm run --silent engine -- --json | jq -r .bin):$PATH" && pulumi version
`;

const ORIGINS: Record<Origin, string> = {
  path: "found on PATH",
  cache: "from the cache",
  download: "downloaded",
  build: "built from its Go modules",
};

runTool(async (signal) => {
  const { values } = parseArgs({
    options: { json: { type: "boolean" }, help: { type: "boolean", short: "h" } },
  });
  if (values.help) {
    process.stdout.write(HELP);
    return 0;
  }
  const engine = await findOrInstallEngine({ signal });
  const { bin, version, origin } = engine;
  process.stdout.write(
    values.json ? `${JSON.stringify(engine)}\n` : `Pulumi ${version}, ${ORIGINS[origin]}: ${bin}\n`,
  );
  return 0;
});
