import { appendFile, writeFile } from "node:fs/promises";
import { createInterface } from "node:readline/promises";
import { Semaphore } from "async-mutex";
import { Command, InvalidArgumentError } from "commander";
import { connect } from "../../cloudflare/connect.js";
import { checkStack, type CheckedStack, type StackChoice } from "./check.js";
import { renderAnnotations } from "./github.js";
import { renderHtml } from "./html.js";
import { renderMarkdown } from "./markdown.js";
import { showProgress } from "./progress.js";
import { repair } from "./repair.js";
import { reportOf, type DriftReport } from "./report.js";
import { renderTerminal } from "./terminal.js";
import { withUnmanaged } from "./unmanaged.js";

/** Exit codes, as the engine's own drift check has them. */
const DRIFT = 7;
const TROUBLE = 1;

interface Options {
  readonly stack?: readonly string[];
  readonly dir: readonly string[];
  readonly concurrency: number;
  readonly runProgram?: true;
  readonly unmanaged?: true;
  readonly repair?: true;
  readonly yes?: true;
  readonly json?: string | true;
  readonly markdown?: string | true;
  readonly html?: string | true;
  readonly github?: string | true;
}

export function driftCommand(): Command {
  return new Command("drift")
    .description("find, report and repair what others changed, on one or many stacks")
    .option("--dir <folder...>", "project folders to check", ["."])
    .option("--stack <name...>", "stacks to check in each folder, in place of the selected one")
    .option("--concurrency <number>", "how many stacks are checked at once", positive, 4)
    .option("--run-program", "run the programs, for fresh credentials in place of those in state")
    .option("--unmanaged", "also name live settings that no program states")
    .option("--repair", "bring the drifted resources, and no others, back to what is deployed")
    .option("--yes", "repair without asking")
    .option("--json [file]", "write the report as JSON")
    .option("--markdown [file]", "write the report for an issue or a chat message")
    .option("--html [file]", "write the report as one page to look at")
    .option("--github [file]", "write workflow annotations, and the job's summary")
    .addHelpText("after", HELP)
    .action(async (options: Options) => {
      process.exitCode = await run(options);
    });
}

const HELP = `
Exit code: 0 no drift, 7 drift, 1 trouble. A stack that fails does not hide the others.
Without a file, a report goes to standard output in place of the table.

Examples:
  pulumi-cloudflare-zero-trust drift
  pulumi-cloudflare-zero-trust drift --dir accounts/* --html drift.html
  pulumi-cloudflare-zero-trust drift --stack prod staging --github --markdown drift.md
  pulumi-cloudflare-zero-trust drift --repair --yes`;

async function run(options: Options): Promise<number> {
  const checkedAt = new Date();
  const checked = await checkAll(options);
  const report = reportOf(
    checkedAt,
    checked.map((stack) => stack.report),
  );
  await write(report, options);
  if (report.summary.failed > 0 && !options.repair) return TROUBLE;
  if (report.summary.drifted === 0) return report.summary.failed > 0 ? TROUBLE : 0;
  return options.repair ? repairAll(checked, options) : DRIFT;
}

async function checkAll({
  dir: dirs,
  stack: stacks = [],
  concurrency,
  runProgram,
  unmanaged,
}: Options): Promise<CheckedStack[]> {
  const choices = dirs.flatMap((dir): StackChoice[] =>
    stacks.length === 0 ? [{ dir, stack: undefined }] : stacks.map((stack) => ({ dir, stack })),
  );
  const progress = showProgress(choices.length);
  const places = new Semaphore(concurrency);
  const checked = await Promise.all(
    choices.map((choice) =>
      places.runExclusive(async () => {
        progress.begin(nameOf(choice));
        const result = await checkStack(choice, { runProgram: runProgram === true });
        progress.end(nameOf(choice), result.report.status);
        return result;
      }),
    ),
  );
  progress.stop();
  if (!unmanaged) return checked;
  const client = await connect(
    () => undefined,
    (line) => void process.stderr.write(`${line}\n`),
  );
  return withUnmanaged(checked, client);
}

async function write(
  report: DriftReport,
  { json, markdown, html, github }: Options,
): Promise<void> {
  const forms = [
    [json, () => `${JSON.stringify(report, undefined, 2)}\n`],
    [markdown, () => renderMarkdown(report)],
    [html, () => renderHtml(report)],
    [github, () => renderAnnotations(report)],
  ] as const;
  const asked = forms.filter(([where]) => where !== undefined);
  for (const [where, render] of asked) {
    const text = await render();
    if (typeof where === "string") await writeFile(where, text);
    else process.stdout.write(text);
  }
  if (!asked.some(([where]) => where === true)) process.stdout.write(renderTerminal(report));
  const summary = process.env.GITHUB_STEP_SUMMARY;
  if (github !== undefined && summary !== undefined)
    await appendFile(summary, renderMarkdown(report));
}

async function repairAll(checked: readonly CheckedStack[], { yes }: Options): Promise<number> {
  if (!yes && !(await confirmed())) return DRIFT;
  let exitCode = 0;
  for (const stack of checked.filter(({ report }) => report.status === "drifted")) {
    const name = `${stack.report.project} / ${stack.report.stack}`;
    try {
      const { healed, undeployed } = await repair(stack);
      tell(`${name}: ${healed.length} repaired.`);
      for (const urn of undeployed)
        tell(
          `${name}: left alone, since the program states something that is not deployed: ${urn}`,
        );
      if (undeployed.length > 0) exitCode = DRIFT;
    } catch (error) {
      tell(
        `${name}: could not be repaired: ${error instanceof Error ? error.message : String(error)}`,
      );
      exitCode = TROUBLE;
    }
  }
  return checked.some(({ report }) => report.status === "failed") ? TROUBLE : exitCode;
}

async function confirmed(): Promise<boolean> {
  if (!process.stdin.isTTY) {
    tell("Nobody is there to confirm the repair: give --yes.");
    return false;
  }
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  const answer = await terminal.question(
    "Bring the drifted resources back to what is deployed? [y/N] ",
  );
  terminal.close();
  return /^y(es)?$/i.test(answer.trim());
}

/** To standard error, so that a report on standard output stays whole. */
function tell(line: string): void {
  process.stderr.write(`${line}\n`);
}

function nameOf({ dir, stack }: StackChoice): string {
  return stack === undefined ? dir : `${dir} (${stack})`;
}

function positive(text: string): number {
  const number = Number(text);
  if (Number.isInteger(number) && number > 0) return number;
  throw new InvalidArgumentError("It must be a whole number above 0.");
}
