import { PERSONALITIES, type Behavior, type EmulatorOptions } from "../../emulator/index.js";
import { ACCOUNT, ZONE } from "../ids.js";
import { startProviderFixture } from "./provider-fixture.js";
import {
  accountOrganization,
  dohSettings,
  everything,
  formerNames,
  newFields,
  revocations,
  zoneOrganization,
  type Steps,
} from "./lifecycles.js";
import type { Exchange } from "./recording-proxy.js";
import { invalidRequests, rateLimit, rejectedWrites } from "./rejections.js";

interface Scenario {
  readonly name: string;
  readonly options?: EmulatorOptions;
  readonly steps: Steps;
  /** Whether steps may fail, because some behavior options reject them. The requests still count. */
  readonly mayFail?: true;
}

/** Every behavior option except those of the audit log, which have their own test. */
type OptionName = Exclude<keyof Behavior, `auditLog${string}` | "dashboardRequest">;

type OptionValues = {
  readonly [Name in OptionName]: {
    readonly values: readonly Behavior[Name][];
    readonly steps: Steps;
  };
};

/**
 * The values of each behavior option other than the default, and the steps that depend on it. A new
 * option that is missing here causes a type error.
 */
const OPTION_VALUES: OptionValues = {
  putMerges: { values: [true], steps: accountOrganization },
  neverEnabled: { values: ["sparse", "not_found"], steps: everything },
  putWithoutOrganization: { values: ["creates"], steps: everything },
  writeResponseOmits: {
    values: ["get_only_fields_and_timestamps", "nothing"],
    steps: everything,
  },
  zoneAccountFields: { values: ["rejected"], steps: zoneOrganization },
  emptyDuration: { values: ["unset"], steps: everything },
  postRejected: { values: [true], steps: everything },
  postStatus: { values: [200], steps: everything },
  strictServiceTokenAuthOff: { values: ["rejected", "ignored"], steps: everything },
  durationsRewritten: { values: [true], steps: everything },
  staleReadsAfterWrite: { values: [{ gets: 1, ms: 0 }], steps: everything },
  nullRejectedFor: {
    values: [["login_design", "session_duration"]],
    steps: accountOrganization,
  },
  emptyValuesRejected: { values: [true], steps: everything },
  zonePutResetsDenyUnmatched: { values: [true], steps: zoneOrganization },
  zoneRejectsTokens: { values: [true], steps: zoneOrganization },
  putClearsTrustedAccounts: { values: [true], steps: accountOrganization },
  mfaNames: { values: ["old", "old_in_responses"], steps: accountOrganization },
  dashboardSso: { values: [[ACCOUNT, ZONE]], steps: everything },
  dohUnset: {
    values: ["empty", "default_duration", "not_found", "not_enabled"],
    steps: dohSettings,
  },
  dohResponse: { values: ["duration_only", "token_only"], steps: dohSettings },
  dohPutStatus: { values: [200], steps: dohSettings },
  dohPutMerges: { values: [true], steps: dohSettings },
  dohNull: { values: ["rejected"], steps: dohSettings },
  dohActiveToken: { values: ["protected"], steps: dohSettings },
  revokeUserResult: { values: [false], steps: revocations },
  revokeUserFullEnvelope: { values: [true], steps: revocations },
  revokeUserDevices: { values: ["query", "body"], steps: revocations },
  writeMessages: {
    values: [[{ code: 1001, message: "Changes take up to a minute to reach the edge." }]],
    steps: everything,
  },
  rateLimitHeaders: { values: [false], steps: revocations },
  statuses: {
    values: [
      {
        invalidAuthDomain: 422,
        authDomainTaken: 409,
        dashboardSso: 403,
        conflict: 400,
        serviceTokenNotFound: 400,
      },
    ],
    steps: rejectedWrites,
  },
};

const optionScenarios = Object.entries(OPTION_VALUES).flatMap(([name, { values, steps }]) =>
  values.map((position): Scenario => ({
    name: `${name}: ${JSON.stringify(position)}`,
    options: { behavior: { [name]: position }, personality: "explicit" },
    steps,
    mayFail: true,
  })),
);

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
  /** The first step that failed, and its error. */
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

async function play({ options, steps, mayFail }: Scenario): Promise<ScenarioRun> {
  const fixture = await startProviderFixture(options);
  const errors: string[] = [];
  for (const [index, step] of steps(fixture).entries())
    try {
      await step();
    } catch (error) {
      errors.push(`step ${index + 1}: ${(error as Error).message}`);
    }
  await fixture.close();
  return { exchanges: fixture.exchanges, error: mayFail ? undefined : errors[0] };
}
