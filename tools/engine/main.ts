import { parseArgs } from "node:util";
import { type Engine, EngineUnavailable, findOrMakeEngine, type Origin } from "./index.js";

const HELP = `Finds or makes the Pulumi engine that the tests and the demo run on.

Usage: npm run engine [-- --json | --help]

It takes the first that there is: \`pulumi\` on PATH, if new enough; the one that an
earlier run left in the user's cache folder; the official download; a build from the
published Go modules (needs Go, takes five to ten minutes, once).

Options:
  --json   print { "bin", "version", "origin" } on standard output
  --help   print this

Examples:
  npm run engine
  export PATH="$(npm run --silent engine -- --json | jq -r .bin):$PATH" && pulumi version
  XDG_CACHE_HOME=/tmp/elsewhere npm run engine    keep it elsewhere (Linux)
`;

const ORIGINS: Record<Origin, string> = {
  path: "found on PATH",
  cache: "from the cache",
  download: "downloaded",
  build: "built from its Go modules",
};

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: { json: { type: "boolean" }, help: { type: "boolean", short: "h" } },
  });
  if (values.help) {
    process.stdout.write(HELP);
    return 0;
  }
  const engine = await findOrMakeEngine({ signal: interruption.signal });
  process.stdout.write(values.json ? `${JSON.stringify(engine)}\n` : describe(engine));
  return 0;
}

function describe(engine: Engine): string {
  return `Pulumi ${engine.version}, ${ORIGINS[engine.origin]}: ${engine.bin}\n`;
}

function explain(error: unknown): string {
  if (interruption.signal.aborted) return "Interrupted. Nothing half-made is left.";
  if (error instanceof EngineUnavailable) return error.message;
  if (isUsageError(error)) return `${error.message}\nTry npm run engine -- --help.`;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

function isUsageError(error: unknown): error is Error {
  return (
    error instanceof Error && "code" in error && String(error.code).startsWith("ERR_PARSE_ARGS")
  );
}

/**
 * Ctrl-C ends a download or build in an orderly way. One keypress may arrive twice, from the
 * terminal and from the command that started this one, so a second signal is no order to hurry.
 */
const interruption = new AbortController();
for (const signal of ["SIGINT", "SIGTERM"] as const) {
  process.on(signal, () => interruption.abort());
}

main().then(
  (exitCode) => (process.exitCode = exitCode),
  (error: unknown) => {
    process.stderr.write(`${explain(error)}\n`);
    process.exitCode = interruption.signal.aborted ? 130 : 1;
  },
);
