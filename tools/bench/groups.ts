import { OPERATIONS, type Operation } from "./stack.js";

/** One stack: a program of `programs` with so many resources, against an API with so much latency. */
export interface Subject {
  /** Its column in the table. */
  readonly title: string;
  readonly program: "noop" | "ours" | "plain" | "empty";
  readonly resources: number;
  readonly latencyMs?: number;
  /** Uses the other checkout of this package. */
  readonly other?: true;
}

/** The subjects of one table, which run the same command one right after the other. */
export interface Group {
  readonly title: string;
  readonly subjects: readonly Subject[];
  readonly operations: readonly Operation[];
  readonly rounds: number;
}

export interface GroupOptions {
  readonly sizes: readonly number[];
  readonly roundsOf: (resources: number) => number;
  readonly against: boolean;
}

/** The groups of subjects that are measured: one for each size, and one for the latency of the API. */
export function groupsOf({ sizes, roundsOf, against }: GroupOptions): Group[] {
  const comparisons = sizes.map((resources, index): Group => {
    const subject = (title: string, program: Subject["program"]) => ({ title, program, resources });
    const subjects: Subject[] = [
      subject("no-op", "noop"),
      subject("this package", "ours"),
      ...(against ? [{ ...subject("other build", "ours"), other: true as const }] : []),
      subject("plain way", "plain"),
      ...(index === 0 ? [subject("empty program", "empty")] : []),
    ];
    const title = `${resources} ${resources === 1 ? "resource" : "resources"}`;
    const operations = Object.keys(OPERATIONS) as Operation[];
    return { title, subjects, operations, rounds: roundsOf(resources) };
  });

  const resources = sizes.filter((size) => size <= 200).at(-1) ?? 1;
  const latency: Group = {
    title: `This package by the latency of the API, ${resources} ${resources === 1 ? "resource" : "resources"}`,
    subjects: [
      { title: "no-op", program: "noop", resources },
      ...[0, 50, 150].map((latencyMs): Subject => ({
        title: `${latencyMs} ms`,
        program: "ours",
        resources,
        latencyMs,
      })),
    ],
    // The others make no requests.
    operations: ["up", "refresh", "up --refresh"],
    rounds: Math.min(3, roundsOf(resources)),
  };
  return [...comparisons, latency];
}

/** Spreads the rounds of each group evenly over as many turns as the largest number of rounds. */
export function scheduleRounds(groups: readonly Group[]): [group: Group, round: number][] {
  const turns = Math.max(0, ...groups.map(({ rounds }) => rounds));
  return Array.from({ length: turns }, (_, turn) => turn).flatMap((turn) =>
    groups.flatMap((group): [Group, number][] => {
      const round = Math.floor((turn * group.rounds) / turns);
      const previous = Math.floor(((turn - 1) * group.rounds) / turns);
      return round === previous ? [] : [[group, round]];
    }),
  );
}
