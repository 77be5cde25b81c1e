import type { BenchOptions } from "./options.js";
import { OPERATIONS, isNeeded, type Operation } from "./operations.js";
import type { Group } from "./rounds.js";
import { comparison, latencies, limited, savedOnce, type Subject } from "./variants.js";

/** Everything that one run of the benchmark measures. */
export interface BenchPlan {
  /** For each number of resources, the variants side by side. */
  readonly comparisons: readonly Group[];
  /** What more resources cost this package alone; none where there are too few sizes to tell. */
  readonly growth: Group | undefined;
  readonly latencies: Group;
  /** None for a few resources: what is kept in reserve would be half of the limit. */
  readonly limit: Group | undefined;
}

/** Operations that make calls; the others wait for nobody. */
const CALLING: readonly Operation[] = ["up", "refresh", "up --refresh"];

/** Operations after each of whose steps the engine saves the whole state. */
const SAVING: readonly Operation[] = ["up", "destroy"];

const ENOUGH_FOR_LIMIT = 50;

export function planOf(options: BenchOptions): BenchPlan {
  const { sizes, only, roundsOf, against } = options;
  const comparisons = sizes.map((size, index): Group => {
    const subjects = comparison(size, index === 0, against);
    return { subjects, operations: only, rounds: roundsOf(size) };
  });
  // Where calls are looked at, few would show nothing, and many only take longer.
  const size = sizes.filter((one) => one <= 200).at(-1) ?? sizes[0] ?? 1;
  const operations = CALLING.filter((operation) => only.includes(operation));
  const rounds = Math.min(3, roundsOf(size));
  const limit = { subjects: [limited(size)], operations, rounds: 1 };
  return {
    comparisons,
    growth: growthOf(options),
    latencies: { subjects: latencies(size), operations, rounds },
    limit: size < ENOUGH_FOR_LIMIT ? undefined : limit,
  };
}

function growthOf({ sizes, only, roundsOf }: BenchOptions): Group | undefined {
  const [few, many] = [sizes.at(-2), sizes.at(-1)];
  const operations = SAVING.filter((operation) => only.includes(operation));
  if (sizes.length < 3 || few === undefined || many === undefined || operations.length === 0)
    return undefined;
  return { subjects: savedOnce([1, few, many]), operations, rounds: roundsOf(many) };
}

export function groupsOf({ comparisons, growth, latencies: slow, limit }: BenchPlan): Group[] {
  return [...comparisons, growth, slow, limit].filter((group) => group !== undefined);
}

/**
 * Which round of a group falls on a turn, if any: spread over all turns, so that many short rounds are
 * not kept waiting by a few long ones.
 */
export function roundAt(turn: number, turns: number, rounds: number): number | undefined {
  const roundBy = (by: number) => Math.floor((by * rounds) / turns);
  return turn === 0 || roundBy(turn) > roundBy(turn - 1) ? roundBy(turn) : undefined;
}

/** About how many seconds the plan takes on two idle cores. */
export function secondsOf(plan: BenchPlan): number {
  return groupsOf(plan)
    .map(({ subjects, operations, rounds }) => {
      const run = OPERATIONS.filter((one) => operations.includes(one) || isNeeded(one));
      const each = subjects.flatMap((subject) => run.map((one) => secondsFor(one, subject)));
      return rounds * each.reduce((sum, seconds) => sum + seconds, 0);
    })
    .reduce((sum, seconds) => sum + seconds, 0);
}

/** What an operation takes for each resource. */
const SECONDS_EACH: Readonly<Record<Operation, number>> = {
  up: 0.03,
  preview: 0.02,
  refresh: 0.005,
  "up --refresh": 0.025,
  destroy: 0.02,
};

const SECONDS_TO_START = 2;
/** The engine makes so many calls at a time, on two cores. */
const PARALLEL = 8;

function secondsFor(operation: Operation, { resources, api }: Subject): number {
  const waiting = ((api.latencyMs ?? 0) / 1000 / PARALLEL) * 2;
  const blocked = api.rateLimit === undefined ? 0 : 15;
  return SECONDS_TO_START + blocked + resources * (SECONDS_EACH[operation] + waiting);
}
