import { behaviorHelp } from "../../emulator/behavior-help.js";
import { parseCommand } from "../../emulator/command.js";
import { PERSONALITIES, type EmulatorOptions } from "../../emulator/index.js";
import { ACCOUNT, ZONE } from "../ids.js";
import { startProviderFixture } from "./provider-fixture.js";
import { everything, formerNames, newFields, type Steps } from "./lifecycles.js";
import type { Exchange } from "./recording-proxy.js";
import { invalidRequests, rateLimit, rejectedWrites } from "./rejections.js";

interface Scenario {
  readonly name: string;
  readonly options?: EmulatorOptions;
  readonly steps: Steps;
  /** What the errors of steps say that the behavior rejects. At least one step fails with it. */
  readonly rejection?: RegExp | undefined;
}

/** A value of each behavior option that has no list of values. */
const EXAMPLES: Readonly<Record<string, unknown>> = {
  dashboardSso: [ACCOUNT, ZONE],
  nullRejectedFor: ["login_design", "session_duration"],
  staleReadsAfterWrite: { gets: 1 },
  statuses: {
    invalidAuthDomain: 422,
    authDomainTaken: 409,
    dashboardSso: 403,
    conflict: 400,
    serviceTokenNotFound: 400,
  },
  writeMessages: [{ code: 1001, message: "Changes take up to a minute to reach the edge." }],
};

/** Every behavior option with each value other than the default, except those of the audit log. */
const optionValues = behaviorHelp()
  .map((line) => line.split("="))
  .filter(([name = ""]) => !/^auditLog|^dashboardRequest$/.test(name))
  .flatMap(([name = "", values = ""]) => {
    const [, ...others] = values.split("|");
    const isJson = values.startsWith("<JSON>");
    const tested = isJson ? [JSON.stringify(EXAMPLES[name])] : others;
    return tested.map((value) => `${name}=${value}`);
  });

/** What the API says if it rejects steps because of an option. All other options accept all steps. */
const REJECTIONS: Readonly<Record<string, RegExp>> = {
  "postRejected=true": /access is not enabled/,
  "strictServiceTokenAuthOff=rejected": /strict_service_token_auth: cannot be turned off/,
  nullRejectedFor: /login_design: Invalid input: expected object, received null/,
  "mfaNames=old": /mfa_piv_key_requirements: not accepted|invalid mfa authenticator type/,
  "mfaNames=old_in_responses": /mfa_ssh_piv_key_requirements: unknown field/,
  dashboardSso: /auth_domain_cannot_be_updated_dash_sso/,
  "dohNull=rejected": /service_token_id: null is not accepted/,
  "dohActiveToken=protected": /another active service token is in use for DoH/,
  "revokeUserResult=false": /did not revoke the user's sessions/,
};

/** What steps say after the creation was rejected. */
const CONSEQUENCE = /does not exist yet|The state has no resource/;

const optionScenarios = optionValues.map((option): Scenario => ({
  name: option,
  options: emulatorOptions(option),
  steps: option.startsWith("statuses") ? rejectedWrites : everything,
  rejection: REJECTIONS[option] ?? REJECTIONS[option.replace(/=.*/, "")],
}));

function emulatorOptions(behavior: string): EmulatorOptions {
  const command = parseCommand(["--port=0", "--personality=explicit", `--behavior=${behavior}`]);
  return command.help ? {} : command.start;
}

/** All scenarios of the provider and the emulator. */
export const scenarios: readonly Scenario[] = [
  ...PERSONALITIES.flatMap((personality) => [
    { name: `all operations (${personality})`, options: { personality }, steps: everything },
    { name: `rejected writes (${personality})`, options: { personality }, steps: rejectedWrites },
    {
      name: `new fields and enum values (${personality})`,
      options: { personality },
      steps: newFields,
    },
    {
      name: `former names (${personality})`,
      options: { personality, behavior: { mfaNames: "old" as const } },
      steps: formerNames,
    },
  ]),
  { name: "invalid requests", steps: invalidRequests },
  { name: "the rate limit", options: { rateLimit: { limit: 1 } }, steps: rateLimit },
  ...optionScenarios,
];

/** The result of a scenario. */
export interface ScenarioRun {
  /** Every request with its response. */
  readonly exchanges: readonly Exchange[];
  /** The first step that failed otherwise than expected, and its error. */
  readonly error: string | undefined;
}

const runs = new Map<Scenario, Promise<ScenarioRun>>();

/** Runs a scenario once, and returns the same result afterwards. */
export function runOnce(scenario: Scenario): Promise<ScenarioRun> {
  const known = runs.get(scenario) ?? play(scenario);
  runs.set(scenario, known);
  return known;
}

/** Returns the requests and responses of all scenarios. */
export async function allExchanges(): Promise<readonly Exchange[]> {
  const exchanges: Exchange[] = [];
  // Scenarios share the provider, as in the engine, so they run one after another.
  for (const scenario of scenarios) exchanges.push(...(await runOnce(scenario)).exchanges);
  return exchanges;
}

async function play({ options, steps, rejection }: Scenario): Promise<ScenarioRun> {
  const fixture = await startProviderFixture(options);
  const errors: string[] = [];
  for (const [index, step] of steps(fixture).entries())
    try {
      await step();
    } catch (error) {
      errors.push(`step ${index + 1}: ${(error as Error).message}`);
    }
  await fixture.close();
  const rejected = errors.filter((error) => rejection?.test(error));
  const unexpected = errors
    .filter((error) => !rejected.includes(error))
    .find((error) => rejected.length === 0 || !CONSEQUENCE.test(error));
  const missing = rejection !== undefined && rejected.length === 0;
  return {
    exchanges: fixture.exchanges,
    error: unexpected ?? (missing ? "No step was rejected." : undefined),
  };
}
