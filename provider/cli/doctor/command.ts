import { Command } from "commander";
import type { Scope } from "../../cloudflare/scope.js";
import { clientFromEnvironment } from "../environment.js";
import { withHelpText } from "../help.js";
import { typesOf } from "../import/read-scope.js";
import { scopeOf, withScopeOptions, type ScopeOptions } from "../scope-options.js";
import type { Terminal } from "../terminal.js";
import { checkAccess, PERMISSIONS } from "./access.js";
import { checkCredentials } from "./credentials.js";
import { printFinding, type Finding } from "./finding.js";
import { checkCli, checkNode, checkPackage, checkSdk } from "./versions.js";

interface Options extends ScopeOptions {
  readonly json?: true;
}

export function doctorCommand(terminal: Terminal, exit: (code: number) => void): Command {
  const command = withScopeOptions(new Command("doctor"))
    .description("Check versions, credentials and read access")
    .option("--json", "Print the result as JSON")
    .action(async (options: Options) => exit(await run(options, terminal)));
  return withHelpText(command, terminal, HELP);
}

const HELP = {
  paragraphs: [
    "Run it in the directory of your Pulumi project. It reads the live settings as the provider does, never writes, and never prints a credential.",
    "Exit codes: 0 success, 1 a check failed, 2 usage error.",
  ],
  examples: [
    "pulumi-cloudflare-zero-trust doctor --account-id 0123456789abcdef0123456789abcdef",
    "pulumi-cloudflare-zero-trust doctor --zone-id fedcba9876543210fedcba9876543210 --json",
  ],
};

async function run(options: Options, terminal: Terminal): Promise<number> {
  const scope = scopeOf(options, process.env);
  const findings: Finding[] = [];
  for await (const finding of runChecks(scope, terminal)) {
    findings.push(finding);
    if (options.json !== true) printFinding(terminal, finding);
  }
  const ok = findings.every(({ status }) => status !== "error");
  if (options.json === true) terminal.print(JSON.stringify({ ok, findings }, undefined, 2));
  return ok ? 0 : 1;
}

/** Yields one finding after the other, so that each is printed at once. */
async function* runChecks(scope: Scope | undefined, terminal: Terminal): AsyncGenerator<Finding> {
  const folder = process.cwd();
  yield checkNode(process.versions.node);
  yield checkPackage(folder);
  yield checkSdk(folder);
  yield await checkCli();
  const credentials = checkCredentials(process.env);
  yield credentials;
  if (credentials.status === "error") return;
  if (scope === undefined) {
    yield NO_SCOPE;
    return;
  }
  const client = await clientFromEnvironment(terminal.log);
  for (const type of typesOf(scope)) {
    const access = await checkAccess(client, type, scope);
    yield access;
    // The hint of the error names the permission, if it is the cause.
    if (access.status === "error") return;
  }
  yield PERMISSIONS;
}

const NO_SCOPE: Finding = {
  check: "Access",
  status: "warning",
  message: "not checked",
  hint: "Specify --account-id or --zone-id, or set CLOUDFLARE_ACCOUNT_ID.",
};
