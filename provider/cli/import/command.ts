import { Command, Option } from "commander";
import type { CloudflareClient } from "../../cloudflare/client.js";
import { clientFromEnvironment } from "../environment.js";
import {
  filesAsJson,
  importStep,
  LOAD_LINE,
  previewStep,
  printFiles,
  printSteps,
  type Step,
} from "../codegen/report.js";
import { refuseToOverwrite, writeFiles } from "../codegen/write.js";
import { parseResourceName } from "../resource-name.js";
import { runImport } from "../pulumi.js";
import { readText } from "../read-text.js";
import { shellArgument } from "../shell-quote.js";
import { scopeOf, withScopeOptions, type ScopeOptions } from "../scope-options.js";
import type { Terminal } from "../terminal.js";
import { UsageError } from "../errors.js";
import { readAccountList } from "./account-list.js";
import { failureSummary, logFailures } from "./failures.js";
import { readLive, type Names } from "./live.js";
import { namesOf, readAll, type Reading } from "./read-all.js";

interface Options extends ScopeOptions {
  readonly accounts?: string;
  readonly name?: string;
  readonly out: string;
  readonly force?: true;
  readonly run?: true;
  readonly json?: true;
}

export function importCommand(terminal: Terminal, exit: (code: number) => void): Command {
  return withScopeOptions(new Command("import"))
    .description("write a program and an import file for what is live")
    .addOption(
      new Option(
        "--accounts <file>",
        "many accounts: a list of ids, with names if wanted",
      ).conflicts(["accountId", "zoneId", "name"]),
    )
    .option("--name <name>", 'what the resource is called (default: "organization")')
    .option("--out <folder>", "the project's folder, where the two files go", ".")
    .option("--force", "replace the files where they are there already")
    .option("--run", "run `pulumi import` too, in that folder")
    .option("--json", "answer in JSON")
    .addHelpText("after", HELP)
    .action(async (options: Options) => exit(await run(options, terminal)));
}

const HELP = `
Reads the live organization, and the DoH settings if an account has any configured, and writes
zero-trust.ts, which states every setting that is set, and zero-trust.import.json, which tells
Pulumi that they exist. Nothing is written to Cloudflare.

A list of accounts has one id a line, then a name if wanted; zones/<id> stands for a zone:
  0123456789abcdef0123456789abcdef  widget
  fedcba9876543210fedcba9876543210  gadget    # a comment

Exit code: 0 fine, 1 trouble (an account that could not be read, too), 2 wrong usage.

Examples:
  pulumi-cloudflare-zero-trust import --account-id 0123456789abcdef0123456789abcdef
  pulumi-cloudflare-zero-trust import --zone-id fedcba9876543210fedcba9876543210 --name shop
  pulumi-cloudflare-zero-trust import --accounts accounts.txt --out infra --run`;

async function run(options: Options, terminal: Terminal): Promise<number> {
  const { out, json = false } = options;
  const force = options.force === true;
  const read = await reader(options, terminal);
  if (!force) await refuseToOverwrite(out);
  const { resources, failures } = await read(await clientFromEnvironment(terminal.log));
  if (resources.length > 0) await writeFiles(out, resources, force);

  const failed = failures.length > 0;
  // What could not be read is mended first: a second import of the same names would be refused.
  const imports = options.run === true && !failed;
  if (!json) report(terminal, options, { resources, failures });
  if (imports) await runImport(out, json ? 2 : 1);
  if (json)
    terminal.print(
      JSON.stringify({ ...filesAsJson(out, resources), failures, imported: imports }, undefined, 2),
    );
  else if (resources.length > 0) printSteps(terminal, stepsAfter(options, failed));
  return failed ? 1 : 0;
}

type Read = (client: CloudflareClient) => Promise<Reading>;

/** What is to be read, with everything checked that can be checked before a call. */
async function reader(options: Options, { stderr }: Terminal): Promise<Read> {
  if (options.accounts !== undefined) {
    const { accounts } = options;
    const list = readAccountList(accounts, await readText(accounts));
    return (client) => readAll(client, list, stderr);
  }
  const target = scopeOf(options);
  if (target === undefined)
    throw new UsageError("Say what to import: give --account-id, --zone-id or --accounts.");
  const names = options.name === undefined ? USUAL_NAMES : namesOf(parseResourceName(options.name));
  return async (client) => ({
    resources: await readLive(client, target, () => names),
    failures: [],
  });
}

const USUAL_NAMES: Names = { organization: "organization", dohSettings: "doh" };

function report(terminal: Terminal, { out, run: wanted }: Options, reading: Reading): void {
  const { resources, failures } = reading;
  if (resources.length > 0) printFiles(terminal, out, resources);
  logFailures(terminal.log, failures);
  if (failures.length === 0) return;
  const summary = [
    ...failureSummary(failures),
    ...(resources.length === 0 ? ["Nothing was written."] : []),
    ...(wanted ? ["`pulumi import` was not run."] : []),
  ];
  terminal.log(summary.join(" "));
}

function stepsAfter(options: Options, failed: boolean): Step[] {
  const { out, run: wanted } = options;
  const load: Step = {
    what: "Load the program in yours, or make it your program:",
    lines: [LOAD_LINE],
  };
  const mend: Step = {
    what: "Mend the list, and write both files anew:",
    lines: [commandAgain(options)],
  };
  const imports = wanted === true ? [] : [importStep(out)];
  return [...(failed ? [mend] : []), load, ...imports, previewStep(out)];
}

function commandAgain({ accounts = "-", out, run: wanted }: Options): string {
  return [
    "npx pulumi-cloudflare-zero-trust import --accounts",
    shellArgument(accounts),
    ...(out === "." ? [] : ["--out", shellArgument(out)]),
    ...(wanted === true ? ["--run"] : []),
    "--force",
  ].join(" ");
}
