import { cpus } from "node:os";
import { version as sdkVersion } from "@pulumi/pulumi/version.js";
import { type Engine, findOrMakeEngine } from "../engine/index.js";
import { showProgress } from "../engine/progress.js";
import { bench } from "./bench.js";
import { isMissed } from "./figures.js";
import { findMarks, putBetweenMarks } from "./markdown.js";
import { HELP, parseOptions } from "./options.js";
import { planOf, secondsOf } from "./plan.js";
import { renderTables } from "./tables.js";

async function main(signal: AbortSignal): Promise<number> {
  const options = parseOptions(process.argv.slice(2));
  if (options === "help") {
    process.stdout.write(HELP);
    return 0;
  }
  if (options.markdown !== undefined) await findMarks(options.markdown);
  const engine = await findOrMakeEngine({ signal });
  const plan = planOf(options);
  const minutes = Math.ceil(secondsOf(plan) / 60);
  process.stderr.write(
    `On two idle cores this takes about ${minutes} minutes. No round begins after ${options.minutes}.\n`,
  );

  const progress = showProgress(process.stderr, "bench");
  const result = await bench(options, plan, { engine, signal, detail: progress.detail }).finally(
    progress.end,
  );

  const text = `${renderTables(result.figures)}\n\n${circumstances(engine)}`;
  const json = { circumstances: circumstances(engine), ...result };
  process.stdout.write(options.json ? `${JSON.stringify(json, null, 2)}\n` : `\n${text}\n`);
  if (options.markdown !== undefined) await putBetweenMarks(options.markdown, text);
  return options.check && result.figures.some(isMissed) ? 1 : 0;
}

function circumstances({ version }: Engine): string {
  const date = new Date().toISOString().slice(0, 10);
  const model = cpus()[0]?.model.trim() ?? "unknown processor";
  return `${date}: Pulumi ${version}, SDK ${sdkVersion}, Node ${process.versions.node}, ${process.platform}, ${cpus().length} × ${model}`;
}

const interruption = new AbortController();
for (const name of ["SIGINT", "SIGTERM"] as const) process.on(name, () => interruption.abort());

main(interruption.signal).then(
  (exitCode) => (process.exitCode = exitCode),
  (error: unknown) => {
    const message = error instanceof Error ? error.message : String(error);
    const said = interruption.signal.aborted ? "Interrupted." : message;
    process.stderr.write(`\n${said}\n`);
    process.exitCode = interruption.signal.aborted ? 130 : 2;
  },
);
