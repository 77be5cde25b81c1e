import { Command, Option } from "commander";
import type { CloudflareClient } from "../../cloudflare/client.js";
import { clientFromEnvironment } from "../environment.js";
import {
  filesAsJson,
  importStep,
  LOAD_PROGRAM,
  previewStep,
  printFiles,
  printSteps,
  type Step,
} from "../codegen/report.js";
import { requireNoFiles, writeFiles } from "../codegen/write.js";
import { withHelpText } from "../help.js";
import { parseResourceName } from "../resource-name.js";
import { requireImportable, runImport } from "../pulumi.js";
import { readText } from "../read-text.js";
import { shellArgument } from "../shell-quote.js";
import { scopeOf, withScopeOptions, type ScopeOptions } from "../scope-options.js";
import type { Terminal } from "../terminal.js";
import { UsageError } from "../errors.js";
import { parseAccountList } from "./account-list.js";
import { failureSummary, logFailures } from "./failures.js";
import { readList, type ReadResult } from "./read-list.js";
import { readScope } from "./read-scope.js";

interface Options extends ScopeOptions {
  readonly accounts?: string;
  readonly name?: string;
  readonly out: string;
  readonly force?: true;
  readonly run?: true;
  readonly json?: true;
}

export function importCommand(terminal: Terminal, exit: (code: number) => void): Command {
  const command = withScopeOptions(new Command("import"))
    .description("Generate a program and an import file from live settings")
    .addOption(
      new Option("--accounts <file>", 'List of accounts, "-" for standard input').conflicts([
        "accountId",
        "zoneId",
        "name",
      ]),
    )
    .option("--name <name>", 'Name of the resource (default: "organization")')
    .option(
      "--out <directory>",
      "Directory of the Pulumi project, where the files are written",
      ".",
    )
    .option("--force", "Replace existing files")
    .option("--run", "Also run `pulumi import` in that directory")
    .option("--json", "Print the result as JSON")
    .action(async (options: Options) => exit(await run(options, terminal)));
  return withHelpText(command, terminal, HELP);
}

const HELP = {
  paragraphs: [
    "Reads the Zero Trust organization of an account or zone, and the DoH settings of an account if they are configured. Writes zero-trust.ts, a program that declares every setting that has a value, and zero-trust.import.json, which imports these resources into a stack. Never writes to Cloudflare.",
    "A list of accounts has one id per line, optionally followed by a name for the resource. zones/<id> is a zone, and # starts a comment.",
    "Exit codes: 0 success, 1 failure (also of a single account), 2 usage error.",
  ],
  examples: [
    "pulumi-cloudflare-zero-trust import --account-id 0123456789abcdef0123456789abcdef",
    "pulumi-cloudflare-zero-trust import --zone-id fedcba9876543210fedcba9876543210 --name shop",
    "pulumi-cloudflare-zero-trust import --accounts accounts.txt --out infra --run",
  ],
};

async function run(options: Options, terminal: Terminal): Promise<number> {
  const { out, json = false } = options;
  const force = options.force === true;
  const read = await readerFor(options, terminal);
  if (options.run === true) await requireImportable(out);
  if (!force) await requireNoFiles(out);
  const { resources, failures } = await read(await clientFromEnvironment(terminal.log));
  if (resources.length > 0) await writeFiles(out, resources, force);

  const failed = failures.length > 0;
  // After a failure, the user fixes the list and runs again. A second import of the same names would fail.
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

type Reader = (client: CloudflareClient) => Promise<ReadResult>;

/** Checks the options before the first request, and returns how to read what they name. */
async function readerFor(options: Options, { stderr }: Terminal): Promise<Reader> {
  const { accounts, name } = options;
  if (accounts !== undefined) {
    const list = parseAccountList(accounts, await readText(accounts));
    return (client) => readList(client, list, stderr);
  }
  const scope = scopeOf(options, process.env);
  if (scope === undefined)
    throw new UsageError(
      "Specify what to import: --account-id, --zone-id or --accounts, or set CLOUDFLARE_ACCOUNT_ID.",
    );
  const baseName = name === undefined ? undefined : parseResourceName(name);
  return async (client) => ({
    resources: await readScope(client, scope, () => baseName),
    failures: [],
  });
}

function report(terminal: Terminal, { out, run: wanted }: Options, result: ReadResult): void {
  const { resources, failures } = result;
  if (resources.length > 0) printFiles(terminal, out, resources);
  logFailures(terminal.log, failures);
  if (failures.length === 0) return;
  const summary = [
    failureSummary(failures),
    ...(resources.length === 0 ? ["Nothing was written."] : []),
    ...(wanted ? ["`pulumi import` was not run."] : []),
  ];
  terminal.log(summary.join(" "));
}

function stepsAfter(options: Options, failed: boolean): Step[] {
  const { out, run: wanted } = options;
  const retry: Step = {
    what: "Fix the list, and write both files again:",
    lines: [retryCommand(options)],
  };
  const imports = wanted === true ? [] : [importStep(out)];
  return [...(failed ? [retry] : []), LOAD_PROGRAM, ...imports, previewStep(out)];
}

function retryCommand({ accounts = "-", out, run: wanted }: Options): string {
  return [
    "npx pulumi-cloudflare-zero-trust import --accounts",
    shellArgument(accounts),
    ...(out === "." ? [] : ["--out", shellArgument(out)]),
    ...(wanted === true ? ["--run"] : []),
    "--force",
  ].join(" ");
}
