import { Command, InvalidArgumentError, Option } from "commander";
import { clientFromEnvironment } from "../environment.js";
import { UsageError } from "../errors.js";
import { withHelpText, type HelpText } from "../help.js";
import type { Terminal } from "../terminal.js";
import { withChangedBy, type ChangedByOptions } from "./changed-by.js";
import { checkAll, choicesOf } from "./check-all.js";
import { checkFormats, isPrinted, writeFormats, type FormatOptions } from "./formats.js";
import { remediateAll } from "./remediate-all.js";
import { exitCodeOf, remediationLine, reportOf, type FailOn } from "./report.js";
import type { DriftReport, StackReport } from "./report-schema.js";
import { renderTable } from "./table.js";
import { withUnmanaged } from "./unmanaged.js";
import { findCli } from "./workspace.js";

interface Options extends FormatOptions {
  readonly stack?: readonly string[];
  readonly allStacks?: true;
  readonly dir?: readonly string[];
  readonly concurrency: number;
  readonly runProgram?: true;
  readonly unmanaged?: true;
  readonly who?: true;
  readonly since?: Date;
  readonly failOn: FailOn;
  readonly remediate?: true;
  readonly yes?: true;
}

export function driftCommand(terminal: Terminal, exit: (code: number) => void): Command {
  const command = new Command("drift")
    .description("Find, report and remediate drift of one or many stacks")
    .addOption(
      new Option(
        "--dir <directory...>",
        "Project directories (default: the project of the current directory)",
      ).argParser(named),
    )
    .addOption(
      new Option(
        "--stack <name...>",
        "Stacks to check in each directory (default: the selected stack)",
      ).argParser(named),
    )
    .addOption(new Option("--all-stacks", "Check every stack of each directory").conflicts("stack"))
    .option("--concurrency <number>", "Number of stacks to check at the same time", positive, 4)
    .option(
      "--run-program",
      "Run each program to get its current credentials, instead of those in its state",
    )
    .option("--unmanaged", "Also list live settings that no program declares")
    .option("--who", "Name who changed each drifted setting, from the account's audit log")
    .option("--since <date>", "How far back --who searches (default: 30 days)", pastDate)
    .addOption(
      new Option("--fail-on <what>", "Exit with 7 for any drift, or only for risky drift")
        .choices(["drift", "risk"])
        .default("drift"),
    )
    .option("--remediate", "Write the last deployed values to the drifted resources")
    .option("--yes", "Remediate without asking")
    .option("--json [file]", "Write the report as JSON")
    .option("--markdown [file]", "Write the report as Markdown, for an issue or a chat message")
    .option("--html [file]", "Write the report as a web page")
    .option("--github [file]", "Write workflow annotations, and append to the job summary")
    .action(async (options: Options) => exit(await run(options, terminal)));
  return withHelpText(command, terminal, HELP);
}

const HELP: HelpText = {
  paragraphs: [
    "Runs Pulumi's refresh preview for the resources of this package, which changes neither state nor Cloudflare. Lists risky drift first. If a stack cannot be checked, the command continues with the others. Without a file, a report goes to standard output instead of the table.",
    '--who needs credentials in the environment with the permission "Account Settings" (Read). It sends up to five requests for each drifted resource, usually one. If the audit log has no answer, the report says why.',
    "--remediate writes to Cloudflare after a confirmation, or with --yes: only to drifted resources, and only the last deployed values. It skips a resource if the program has changes for it that are not deployed, if Cloudflare no longer has the object, or if its stack could not be checked completely.",
    "Exit codes: 0 no drift or all drift remediated, 7 drift, 1 failure, 2 usage error.",
  ],
  examples: [
    "# Check the selected stack of the current project",
    "pulumi-cloudflare-zero-trust drift",
    "# Check many projects and write a web page",
    "pulumi-cloudflare-zero-trust drift --dir accounts/* --html drift.html",
    "# Check two stacks in GitHub Actions, and fail only on risky drift",
    "pulumi-cloudflare-zero-trust drift --stack prod --stack staging --github --fail-on risk",
    "# Name who changed the settings of all stacks",
    "pulumi-cloudflare-zero-trust drift --all-stacks --who",
    "# Remediate all stacks without asking",
    "pulumi-cloudflare-zero-trust drift --all-stacks --remediate --yes",
  ],
};

async function run(options: Options, terminal: Terminal): Promise<number> {
  if (options.yes && !options.remediate)
    throw new UsageError("--yes confirms a remediation. Add --remediate, or remove --yes.");
  if (options.since && !options.who)
    throw new UsageError("--since limits the search of --who. Add --who, or remove --since.");
  await checkFormats(options);
  const checkedAt = new Date();
  const client = options.unmanaged ? await clientFromEnvironment(terminal.log) : undefined;
  const cli = await findCli();
  const choices = await choicesOf(cli, options);
  const checked = [...choices.failed, ...(await checkAll(cli, choices.stacks, options, terminal))];
  const complete = client === undefined ? checked : await withUnmanaged(checked, client);
  const found = options.who
    ? await withChangedBy(complete, changedByOptions(options, terminal))
    : complete;
  const stacks = found.map((stack) => stack.report);
  let report = reportOf(checkedAt, stacks);

  // The table is printed first: it shows what will be remediated, even if a file cannot be written.
  const printsTable = !isPrinted(options);
  const asks = options.remediate && !options.yes && report.summary.drifted > 0;
  if (printsTable) terminal.stdout.write(renderTable(report, terminal.colors));
  else if (asks) terminal.stderr.write(renderTable(report, terminal.colors));

  if (options.remediate && report.summary.drifted > 0) {
    // A failure to read unmanaged settings does not prevent the remediation.
    const results = await remediateAll(cli, checked, options, terminal.log);
    report = reportOf(checkedAt, withRemediation(stacks, results));
    printRemediation(report, printsTable ? terminal.print : () => undefined);
  }
  await writeFormats(report, options, terminal);
  return exitCodeOf(report, options.failOn);
}

function changedByOptions({ since, concurrency }: Options, { log }: Terminal): ChangedByOptions {
  return {
    since: since ?? new Date(Date.now() - DEFAULT_SINCE_MS),
    concurrency,
    connect: () => clientFromEnvironment(log),
  };
}

/** Cloudflare keeps entries for at least 30 days. */
const DEFAULT_SINCE_MS = 30 * 24 * 60 * 60 * 1000;

/** Adds the results of a remediation to the reports, which may also contain unmanaged settings. */
function withRemediation(
  stacks: readonly StackReport[],
  results: readonly StackReport[],
): StackReport[] {
  return stacks.map((stack, index) => {
    const remediations = new Map(
      results[index]?.resources.map(({ urn, remediation }) => [urn, remediation]),
    );
    const resources = stack.resources.map((resource) => {
      const remediation = remediations.get(resource.urn);
      return remediation === undefined ? resource : { ...resource, remediation };
    });
    return { ...stack, resources };
  });
}

function printRemediation({ summary }: DriftReport, print: (line: string) => void): void {
  if (summary.remediation !== undefined) print(remediationLine(summary.remediation));
}

/** Collects the values of a repeatable option. An unset shell variable must not choose the default. */
function named(name: string, before: readonly string[] = []): string[] {
  if (name.trim() === "") throw new InvalidArgumentError("It must not be blank.");
  if (name.startsWith("-")) throw new InvalidArgumentError("A name is missing before it.");
  return [...before, name];
}

function pastDate(text: string): Date {
  const date = new Date(text);
  if (/^\d{4}-\d\d-\d\d(?:T|$)/.test(text) && date.getTime() < Date.now()) return date;
  throw new InvalidArgumentError("It must be a date in the past, such as 2026-11-01.");
}

function positive(text: string): number {
  const number = Number(text);
  if (Number.isInteger(number) && number > 0) return number;
  throw new InvalidArgumentError("It must be a whole number above 0.");
}
