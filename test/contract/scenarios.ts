import type { EmulatorOptions, Personality, Behavior } from "../../emulator/index.js";
import { ACCOUNT, ZONE } from "../ids.js";
import { startBench } from "./bench.js";
import {
  accountOrganization,
  dohSettings,
  everything,
  formerNames,
  newcomers,
  revocations,
  zoneOrganization,
  type Steps,
} from "./lives.js";
import type { Exchange } from "./recorder.js";
import { mishaps, rateLimit, refusedWrites } from "./refusals.js";

interface Scenario {
  readonly name: string;
  readonly options?: EmulatorOptions;
  readonly steps: Steps;
  /** Under some answers to the open questions a step is refused; what it sent counts all the same. */
  readonly mayFail?: true;
}

/** The options of the audit log, which the provider does not read, have a test of their own. */
type OptionName = Exclude<keyof Behavior, `auditLog${string}` | "dashboardRequest">;

type Positions = {
  readonly [Name in OptionName]: {
    readonly positions: readonly Behavior[Name][];
    readonly steps: Steps;
  };
};

/**
 * Every answer to an open question but the default one, and what hears it. A new switch of the
 * emulator has to be named here, or the types say so.
 */
const POSITIONS: Positions = {
  putMerges: { positions: [true], steps: accountOrganization },
  neverEnabled: { positions: ["sparse", "not_found"], steps: everything },
  putWithoutOrganization: { positions: ["creates"], steps: everything },
  writeResponseOmits: {
    positions: ["get_only_fields", "get_only_fields_and_timestamps"],
    steps: everything,
  },
  zoneAccountFields: { positions: ["rejected"], steps: zoneOrganization },
  emptyDuration: { positions: ["unset"], steps: everything },
  postRejected: { positions: [true], steps: everything },
  postStatus: { positions: [200], steps: everything },
  strictServiceTokenAuthOff: { positions: ["rejected", "ignored"], steps: everything },
  durationsRewritten: { positions: [true], steps: everything },
  staleReadsAfterWrite: { positions: [{ gets: 1, ms: 0 }], steps: everything },
  nullRejectedFor: {
    positions: [["login_design", "session_duration"]],
    steps: accountOrganization,
  },
  emptyValuesRejected: { positions: [true], steps: everything },
  zonePutResetsDenyUnmatched: { positions: [true], steps: zoneOrganization },
  zoneRejectsTokens: { positions: [true], steps: zoneOrganization },
  putClearsTrustedAccounts: { positions: [true], steps: accountOrganization },
  mfaNames: { positions: ["old", "old_in_responses"], steps: accountOrganization },
  dashboardSso: { positions: [[ACCOUNT, ZONE]], steps: everything },
  dohUnset: {
    positions: ["empty", "default_duration", "not_found", "not_enabled"],
    steps: dohSettings,
  },
  dohResponse: { positions: ["duration_only", "token_only"], steps: dohSettings },
  dohPutStatus: { positions: [200], steps: dohSettings },
  dohPutMerges: { positions: [true], steps: dohSettings },
  dohNull: { positions: ["rejected"], steps: dohSettings },
  dohActiveToken: { positions: ["protected"], steps: dohSettings },
  revokeUserResult: { positions: [false], steps: revocations },
  revokeUserFullEnvelope: { positions: [true], steps: revocations },
  revokeUserDevices: { positions: ["query", "body"], steps: revocations },
  writeMessages: {
    positions: [[{ code: 1001, message: "Changes take up to a minute to reach the edge." }]],
    steps: everything,
  },
  rateLimitHeaders: { positions: [false], steps: revocations },
  statuses: {
    positions: [
      {
        invalidAuthDomain: 422,
        authDomainTaken: 409,
        dashboardSso: 403,
        conflict: 400,
        serviceTokenNotFound: 400,
      },
    ],
    steps: refusedWrites,
  },
};

const switchScenarios = Object.entries(POSITIONS).flatMap(([name, { positions, steps }]) =>
  positions.map((position): Scenario => ({
    name: `${name}: ${JSON.stringify(position)}`,
    options: { behavior: { [name]: position }, personality: "explicit" },
    steps,
    mayFail: true,
  })),
);

const PERSONALITIES: readonly Personality[] = ["typical", "sparse", "explicit"];

/** All that the provider and the emulator can say to each other. */
export const scenarios: readonly Scenario[] = [
  ...PERSONALITIES.flatMap((personality) => [
    { name: `all operations (${personality})`, options: { personality }, steps: everything },
    { name: `refused writes (${personality})`, options: { personality }, steps: refusedWrites },
    { name: `newcomers (${personality})`, options: { personality }, steps: newcomers },
    {
      name: `former names (${personality})`,
      options: { personality, behavior: { mfaNames: "old" as const } },
      steps: formerNames,
    },
  ]),
  { name: "mishaps", steps: mishaps },
  { name: "the rate limit", options: { rateLimit: { limit: 1 } }, steps: rateLimit },
  ...switchScenarios,
];

/** What came of a scenario. */
export interface Play {
  /** All that went over the wire. */
  readonly exchanges: readonly Exchange[];
  /** The step that went wrong, and how. */
  readonly trouble: string | undefined;
}

const plays = new Map<Scenario, Promise<Play>>();

/** Plays a scenario, once. */
export function played(scenario: Scenario): Promise<Play> {
  const known = plays.get(scenario) ?? play(scenario);
  plays.set(scenario, known);
  return known;
}

/** What went over the wire in all scenarios. */
export async function allExchanges(): Promise<readonly Exchange[]> {
  const exchanges: Exchange[] = [];
  // One after another: as in the engine, there is one provider of a kind.
  for (const scenario of scenarios) exchanges.push(...(await played(scenario)).exchanges);
  return exchanges;
}

async function play({ options, steps, mayFail }: Scenario): Promise<Play> {
  const bench = await startBench(options);
  const troubles: string[] = [];
  for (const [index, step] of steps(bench).entries())
    try {
      await step();
    } catch (error) {
      troubles.push(`step ${index + 1}: ${(error as Error).message}`);
    }
  await bench.close();
  return { exchanges: bench.exchanges, trouble: mayFail ? undefined : troubles[0] };
}
