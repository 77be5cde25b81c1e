import { Command, CommanderError } from "commander";
import { connect } from "../../provider/cloudflare/connect.js";
import { getSettings } from "../../provider/cloudflare/endpoints.js";
import type { CloudflareClient } from "../../provider/cloudflare/client.js";
import { isId, type Scope } from "../../provider/cloudflare/scope.js";
import { dohSettingsType } from "../../provider/registry.js";
import { organizationType } from "../../provider/registry.js";
import { dohSettings, organization } from "../../provider/provider.js";
import { examine, unlike } from "./examination.js";
import { expectedAnswers } from "./expected.js";
import { roundTrip, type Trial } from "./round-trip.js";

interface Options {
  readonly accountId: string;
  readonly confirmAccountId: string;
  readonly write?: true;
}

export interface Surroundings {
  readonly print: (line: string) => void;
  /** Asks to stop. */
  readonly signal: AbortSignal;
}

const FOUND = 1;
const MISUSE = 2;

const HELP = `
Looks at a real account's organization and DoH settings, with the credentials of the environment, and
prints what this release does not know or what the emulator answers otherwise. With --write it also
changes one setting of each for a moment, through the provider, and restores it: the footer of the login
page, and the duration of DoH tokens where one is set.

Exit code: 0 nothing to say, 1 something found or gone wrong, 2 wrong usage.

Example:
  npm run test:live -- --account-id $ACCOUNT --confirm-account-id $ACCOUNT`;

/** Runs a command line, and answers the exit code. */
export async function run(args: readonly string[], surroundings: Surroundings): Promise<number> {
  const { print } = surroundings;
  const command = new Command("npm run test:live --")
    .description("hold this release against a real account")
    .requiredOption("--account-id <id>", "the account: 32 hexadecimal digits")
    .requiredOption("--confirm-account-id <id>", "the same again, so that no other one is met")
    .option("--write", "also change and restore one setting of each")
    .addHelpText("after", HELP)
    .configureOutput({ writeOut: (text) => print(text), writeErr: (text) => print(text.trim()) })
    .exitOverride();
  try {
    const options = command.parse(args, { from: "user" }).opts<Options>();
    if (!isId(options.accountId) || options.accountId !== options.confirmAccountId)
      command.error("Give the same account id, of 32 hexadecimal digits, twice. Nothing was done.");
    return await check(options, surroundings);
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : MISUSE;
    print(error instanceof Error ? error.message : String(error));
    return FOUND;
  }
}

async function check(
  { accountId, write }: Options,
  { print, signal }: Surroundings,
): Promise<number> {
  const client = await connect(() => undefined, print);
  const findings = await look(client, { kind: "accounts", id: accountId }, print);
  if (write === true)
    for (const trial of TRIALS)
      if (!signal.aborted)
        findings.push(...(await roundTrip(trial, { client, account: accountId, signal, print })));
  if (signal.aborted) print("Interrupted; what was changed is restored.");
  return findings.length > 0 || signal.aborted ? FOUND : 0;
}

/** Prints what stands out in what is live. Writes nothing. */
async function look(
  client: CloudflareClient,
  target: Scope,
  print: (line: string) => void,
): Promise<string[]> {
  const live = await getSettings(client, organizationType.endpoint, target);
  if (live === undefined) throw new Error(`There is no organization on accounts/${target.id}.`);
  const doh = (await getSettings(client, dohSettingsType.endpoint, target)) ?? {};
  const expected = await expectedAnswers(target.id, { organization: live, doh });

  const seen = {
    "Zero Trust organization": [
      ...examine(organizationType.definition, live),
      ...unlike(live, expected.organization),
    ],
    "DoH settings": [...examine(dohSettingsType.definition, doh), ...unlike(doh, expected.doh)],
  };
  for (const [noun, findings] of Object.entries(seen)) {
    print(
      `${noun}: ${findings.length === 0 ? "as this release and the emulator expect" : ""}`.trim(),
    );
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
        there: { loginDesign: { footerText: `${MARK}, ${new Date().toISOString()}` } },
        back: { loginDesign: { footerText } },
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
            there: { dohJwtDuration: dohJwtDuration === "25h" ? "26h" : "25h" },
            back: { dohJwtDuration },
          }
        : undefined,
  },
];
