import { Command, CommanderError } from "commander";
import { connect } from "../../provider/cloudflare/connect.js";
import { getSettings } from "../../provider/cloudflare/endpoints.js";
import type { CloudflareClient } from "../../provider/cloudflare/client.js";
import { messageOf } from "../../provider/cloudflare/error.js";
import { isId, type Scope } from "../../provider/cloudflare/scope.js";
import { dohSettingsType } from "../../provider/registry.js";
import { organizationType } from "../../provider/registry.js";
import { dohSettings, organization } from "../../provider/provider.js";
import { examine, unexpectedForms } from "./examination.js";
import { expectedResponses } from "./expected.js";
import { roundTrip, type Trial } from "./round-trip.js";

interface Options {
  readonly accountId: string;
  readonly confirmAccountId: string;
  readonly write?: true;
}

export interface RunContext {
  readonly print: (line: string) => void;
  /** Aborted on Ctrl-C. */
  readonly signal: AbortSignal;
}

const DIFFERENCES = 1;
const USAGE_ERROR = 2;

const HELP = `
Reads a real account's organization and DoH settings with the credentials in the environment, and prints
what this release does not know and what differs from the emulator's responses. With --write it also
changes one setting of each through the provider and restores it: the footer of the login page, and the
duration of DoH tokens if one is set.

Exit codes: 0 no differences, 1 differences or an error, 2 usage error.

Example:
  npm run test:live -- --account-id $ACCOUNT --confirm-account-id $ACCOUNT`;

/** Runs a command line and returns the exit code. */
export async function run(args: readonly string[], surroundings: RunContext): Promise<number> {
  const { print } = surroundings;
  const command = new Command("npm run test:live --")
    .description("compares this release with a real account")
    .requiredOption("--account-id <id>", "the account: 32 hexadecimal digits")
    .requiredOption("--confirm-account-id <id>", "the same account again, to prevent mistakes")
    .option("--write", "also changes and restores one setting of each")
    .addHelpText("after", HELP)
    .configureOutput({ writeOut: (text) => print(text), writeErr: (text) => print(text.trim()) })
    .exitOverride();
  try {
    const options = command.parse(args, { from: "user" }).opts<Options>();
    if (!isId(options.accountId) || options.accountId !== options.confirmAccountId)
      command.error("Pass the same account id, 32 hexadecimal digits, twice. No request was sent.");
    return await check(options, surroundings);
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : USAGE_ERROR;
    print(messageOf(error));
    return DIFFERENCES;
  }
}

async function check(
  { accountId, write }: Options,
  { print, signal }: RunContext,
): Promise<number> {
  const client = await connect(() => undefined, print);
  const findings = await compareLive(client, { kind: "accounts", id: accountId }, print);
  if (write === true)
    for (const trial of TRIALS)
      if (!signal.aborted)
        findings.push(...(await roundTrip(trial, { client, account: accountId, signal, print })));
  if (signal.aborted) print("Interrupted. Every changed setting is restored.");
  return findings.length > 0 || signal.aborted ? DIFFERENCES : 0;
}

/** Prints differences in the live objects, and writes nothing. */
async function compareLive(
  client: CloudflareClient,
  target: Scope,
  print: (line: string) => void,
): Promise<string[]> {
  const live = await getSettings(client, organizationType.endpoint, target);
  if (live === undefined) throw new Error(`Account ${target.id} has no organization.`);
  const doh = (await getSettings(client, dohSettingsType.endpoint, target)) ?? {};
  const expected = await expectedResponses(target.id, { organization: live, doh });

  const seen = {
    "Zero Trust organization": [
      ...examine(organizationType.definition, live),
      ...unexpectedForms(live, expected.organization),
    ],
    "DoH settings": [
      ...examine(dohSettingsType.definition, doh),
      ...unexpectedForms(doh, expected.doh),
    ],
  };
  for (const [noun, findings] of Object.entries(seen)) {
    print(`${noun}: ${findings.length === 0 ? "no differences" : ""}`.trim());
    for (const finding of findings) print(`  ${finding}`);
  }
  return Object.values(seen).flat();
}

const MARK = "Checked by pulumi-cloudflare-zero-trust";

const TRIALS: readonly Trial[] = [
  {
    kind: organizationType,
    provider: organization,
    changes: "login_design",
    plan: ({ loginDesign }) => {
      const { footerText = "" } = (loginDesign ?? {}) as { footerText?: string };
      return {
        change: { loginDesign: { footerText: `${MARK}, ${new Date().toISOString()}` } },
        restore: { loginDesign: { footerText } },
      };
    },
  },
  {
    kind: dohSettingsType,
    provider: dohSettings,
    changes: "doh_jwt_duration",
    plan: ({ dohJwtDuration }) =>
      typeof dohJwtDuration === "string" && dohJwtDuration !== ""
        ? {
            change: { dohJwtDuration: dohJwtDuration === "25h" ? "26h" : "25h" },
            restore: { dohJwtDuration },
          }
        : undefined,
  },
];
