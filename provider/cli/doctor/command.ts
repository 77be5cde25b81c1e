import { Command } from "commander";
import type { Scope } from "../../cloudflare/scope.js";
import { clientFromEnvironment } from "../environment.js";
import { scopeOf, withScopeOptions, type ScopeOptions } from "../scope-options.js";
import type { Terminal } from "../terminal.js";
import { dohFinding, organizationFinding, WRITING } from "./access.js";
import { credentialsFinding } from "./credentials.js";
import { printFinding, type Finding } from "./finding.js";
import { cliFinding, nodeFinding, packageFinding, sdkFinding } from "./versions.js";

interface Options extends ScopeOptions {
  readonly json?: true;
}

export function doctorCommand(terminal: Terminal, exit: (code: number) => void): Command {
  return withScopeOptions(new Command("doctor"))
    .description("check versions, credentials, and what they can read")
    .option("--json", "answer in JSON")
    .addHelpText("after", HELP)
    .action(async (options: Options) => exit(await run(options, terminal)));
}

const HELP = `
Run it in your Pulumi project. It looks at the organization and the DoH settings as the provider
does, and writes nothing. A credential's value is never shown.

  ✓ fine    ! worth knowing    ✗ trouble, with what to do

Exit code: 0 fine, 1 trouble, 2 wrong usage.

Examples:
  pulumi-cloudflare-zero-trust doctor --account-id 0123456789abcdef0123456789abcdef
  pulumi-cloudflare-zero-trust doctor --zone-id fedcba9876543210fedcba9876543210 --json`;

async function run(options: Options, terminal: Terminal): Promise<number> {
  const target = scopeOf(options);
  const findings: Finding[] = [];
  for await (const finding of examine(target, terminal)) {
    findings.push(finding);
    if (options.json !== true) printFinding(terminal, finding);
  }
  const ok = findings.every(({ status }) => status !== "trouble");
  if (options.json === true) terminal.print(JSON.stringify({ ok, findings }, undefined, 2));
  return ok ? 0 : 1;
}

/** One finding after the other, so that each shows as soon as it is there. */
async function* examine(target: Scope | undefined, terminal: Terminal): AsyncGenerator<Finding> {
  const folder = process.cwd();
  yield nodeFinding(process.versions.node);
  yield packageFinding(folder);
  yield sdkFinding(folder);
  yield await cliFinding();
  const credentials = credentialsFinding(process.env);
  yield credentials;
  if (credentials.status !== "fine") return;
  if (target === undefined) {
    yield NO_TARGET;
    return;
  }
  const client = await clientFromEnvironment(terminal.log);
  const organization = await organizationFinding(client, target);
  yield organization;
  if (target.kind === "accounts" && organization.status === "fine")
    yield await dohFinding(client, target);
  yield WRITING;
}

const NO_TARGET: Finding = {
  check: "organization",
  status: "note",
  says: "was not looked at: give --account-id or --zone-id.",
};
