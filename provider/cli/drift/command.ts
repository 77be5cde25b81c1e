import { Command, InvalidArgumentError, Option } from "commander";
import { clientFromEnvironment } from "../environment.js";
import type { Terminal } from "../terminal.js";
import type { CheckedStack } from "./check.js";
import { checkAll, choicesOf } from "./check-all.js";
import { checkFormats, writeFormats, type FormatOptions } from "./formats.js";
import { findCli, type Cli } from "./open.js";
import { repairAll, type Outcome } from "./remediate-all.js";
import { reportOf } from "./report.js";
import { withUnmanaged } from "./unmanaged.js";

const TROUBLE = 1;
/** As the engine's own drift check has them. */
const EXIT_CODES: Readonly<Record<Outcome, number>> = { healed: 0, left: 7, trouble: TROUBLE };

interface Options extends FormatOptions {
  readonly stack?: readonly string[];
  readonly allStacks?: true;
  readonly dir?: readonly string[];
  readonly concurrency: number;
  readonly runProgram?: true;
  readonly unmanaged?: true;
  readonly repair?: true;
  readonly yes?: true;
}

export function driftCommand(terminal: Terminal, exit: (code: number) => void): Command {
  return new Command("drift")
    .description("find, report and repair what others changed, on one or many stacks")
    .addOption(
      new Option("--dir <folder...>", 'project folders to check (default: ".")').argParser(named),
    )
    .addOption(
      new Option(
        "--stack <name...>",
        "stacks to check in each folder, in place of the selected one",
      ).argParser(named),
    )
    .addOption(new Option("--all-stacks", "check every stack of each folder").conflicts("stack"))
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
    .action(async (options: Options) => exit(await run(options, terminal)));
}

const HELP = `
Runs the engine's refresh preview, which changes nothing, and tells what drifted, dangerous settings
first. A stack that can't be checked does not hide the others. Without a file, a report goes to
standard output in place of the table.

--repair writes to Cloudflare, after a confirmation or with --yes: only to what drifted, and only
what was deployed before. Where the program states something new by now, or the live object is gone,
it leaves the resource alone. A stack that could not be wholly checked is left alone, too.

Exit code: 0 no drift (any more), 7 drift, 1 trouble, 2 wrong usage.

Examples:
  pulumi-cloudflare-zero-trust drift
  pulumi-cloudflare-zero-trust drift --dir accounts/* --html drift.html
  pulumi-cloudflare-zero-trust drift --stack prod --stack staging --github --markdown drift.md
  pulumi-cloudflare-zero-trust drift --all-stacks --repair --yes`;

async function run(options: Options, terminal: Terminal): Promise<number> {
  await checkFormats(options);
  const checkedAt = new Date();
  const client = options.unmanaged ? await clientFromEnvironment(terminal.log) : undefined;
  const cli = await findCli();
  const choices = await choicesOf(cli, options);
  const found = [...choices.failed, ...(await checkAll(cli, choices.stacks, options, terminal))];
  const checked = client === undefined ? found : await withUnmanaged(found, client);
  const report = reportOf(
    checkedAt,
    checked.map((stack) => stack.report),
  );
  await writeFormats(report, options, terminal);

  const { failed, drifted } = report.summary;
  // What was found before the extra look: that a setting which nobody states can't be seen hinders no repair.
  const outcome = drifted > 0 ? await afterDrift(cli, found, options, terminal) : "healed";
  if (failed > 0) return TROUBLE;
  return EXIT_CODES[outcome];
}

async function afterDrift(
  cli: Cli,
  found: readonly CheckedStack[],
  options: Options,
  terminal: Terminal,
): Promise<Outcome> {
  return options.repair ? repairAll(cli, found, options, terminal) : "left";
}

/** The values given so far. One that is unset in a script must not stand for what is selected. */
function named(name: string, before: readonly string[] = []): string[] {
  if (name.trim() === "") throw new InvalidArgumentError("It must not be blank.");
  if (name.startsWith("-")) throw new InvalidArgumentError("A name is missing before it.");
  return [...before, name];
}

function positive(text: string): number {
  const number = Number(text);
  if (Number.isInteger(number) && number > 0) return number;
  throw new InvalidArgumentError("It must be a whole number above 0.");
}
