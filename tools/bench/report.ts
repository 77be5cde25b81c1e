import type { Sample } from "./measure.js";
import type { PluginLoading } from "./loading.js";
import { markdownTable } from "../markdown-table.js";
import { OPERATIONS, type Operation } from "./stack.js";

const NOOP = "no-op";
const OURS = "this package";

/** The largest ratio to the no-op resource that this package may reach, by the number of resources. */
const GOALS: Readonly<Record<number, Readonly<Record<string, number>>>> = {
  1: { up: 1.05, preview: 1.05, refresh: 1.1, destroy: 1.05 },
  200: { up: 0.9, preview: 1.05, refresh: 1.15, destroy: 1, state: 0.54 },
  1000: {
    up: 0.9,
    preview: 1.05,
    refresh: 1.2,
    destroy: 1,
    state: 0.54,
    "plugin's peak memory": 1.3,
  },
};
const GROWTH_GOAL = 1.1;
const FIRST_REQUEST_GOAL_MS = 80;

/** A row of a table, with how its value is taken from one subject's samples of one round. */
interface Row {
  readonly title: string;
  readonly valueOf: (samples: readonly Sample[]) => number | undefined;
  readonly format: (value: number) => string;
}

const time = (milliseconds: number) =>
  milliseconds >= 1000 ? `${(milliseconds / 1000).toFixed(2)} s` : `${milliseconds.toFixed(0)} ms`;
const megabytes = (kilobytes: number) => `${(kilobytes / 1024).toFixed(0)} MB`;
const kilobytes = (bytes: number) => `${(bytes / 1000).toFixed(0)} kB`;

const operations = Object.keys(OPERATIONS) as Operation[];

const TIME_ROWS = operations.map((operation): Row => ({
  title: operation,
  valueOf: (samples) => samples.find((sample) => sample.operation === operation)?.milliseconds,
  format: time,
}));

const memoryRow = (role: "plugin" | "program"): Row => ({
  title: `${role}'s peak memory`,
  valueOf: (samples) => {
    const peaks = samples.flatMap(({ peakMemory }) => peakMemory[role] ?? []);
    return peaks.length === 0 ? undefined : Math.max(...peaks);
  },
  format: megabytes,
});

const SIZE_ROWS: readonly Row[] = [
  memoryRow("plugin"),
  memoryRow("program"),
  {
    title: "state",
    valueOf: (samples) => samples.find(({ operation }) => operation !== "destroy")?.stateBytes,
    format: kilobytes,
  },
];

/** Tables in Markdown, and each goal that was missed as one line. */
export interface Report {
  readonly text: string;
  readonly missed: readonly string[];
}

export function report(
  samples: readonly Sample[],
  sizes: readonly number[],
  loadings: ReadonlyMap<string, readonly PluginLoading[]>,
): Report {
  const missed: string[] = [];
  const judge = (what: string, value: number, goal: number | undefined) => {
    if (goal === undefined) return "";
    if (value <= goal) return "✓ ";
    missed.push(`${what}: ${value.toFixed(2)}, and the goal is ${goal}`);
    return "✗ ";
  };

  const groups = [...new Set(samples.map(({ group }) => group))];
  const comparisons = groups.map((group) => {
    const own = samples.filter((sample) => sample.group === group);
    const titles = [...new Set(own.map(({ subject }) => subject.title))];
    const resources = own[0]?.subject.resources ?? 0;
    const goals = titles.includes(OURS) ? GOALS[resources] : undefined;
    const rows = [...TIME_ROWS, ...(titles.includes(OURS) ? SIZE_ROWS : [])].flatMap((row) => {
      const goal = goals?.[row.title];
      const cells = titles.map((title) => {
        const { ratio, value } = compare(own, title, row.valueOf);
        if (Number.isNaN(ratio)) return "";
        const mark = title === OURS ? judge(`${group}: ${row.title}`, ratio, goal) : "";
        return `${ratio.toFixed(2)} ${mark}(${row.format(value)})`;
      });
      return cells.every((cell) => cell === "") ? [] : [[row.title, goal?.toFixed(2), ...cells]];
    });
    const rounds = new Set(own.map(({ round }) => round)).size;
    return section(
      `${group}, ${rounds} ${rounds === 1 ? "round" : "rounds"}`,
      ["goal ≤", ...titles],
      rows,
    );
  });

  const growth = growthOf(samples, sizes);
  const growthRows = growth.map(({ operation, ratio }) => [
    operation,
    GROWTH_GOAL.toFixed(2),
    `${judge(`growth: ${operation}`, ratio, GROWTH_GOAL)}${ratio.toFixed(2)}`,
  ]);
  const [few, many] = sizes.slice(-2);
  const firstRequestCells = [...loadings].map(([title, own]) => {
    const value = median(own.map(({ firstRequestMs }) => firstRequestMs ?? NaN));
    const mark = title === OURS ? judge("first request", value, FIRST_REQUEST_GOAL_MS) : "";
    return `${mark}${time(value)}`;
  });
  const text = [
    ...comparisons,
    ...(growthRows.length === 0
      ? []
      : [
          section(
            `One more resource among ${many ?? 0} compared with one among ${few ?? 0}`,
            ["goal ≤", "this package, as a ratio to no-op"],
            growthRows,
          ),
        ]),
    section(
      "Refresh of one organization",
      ["goal ≤", ...loadings.keys()],
      [
        [
          "from loading the provider to the first request",
          time(FIRST_REQUEST_GOAL_MS),
          ...firstRequestCells,
        ],
      ],
    ),
  ].join("\n\n");
  return { text, missed };
}

function section(
  title: string,
  head: readonly string[],
  rows: readonly (readonly (string | undefined)[])[],
): string {
  return `**${title}**\n\n${markdownTable(["", ...head], rows)}`;
}

export function median(numbers: readonly number[]): number {
  const sorted = [...numbers].sort((a, b) => a - b);
  const middle = (sorted.length - 1) / 2;
  return ((sorted[Math.floor(middle)] ?? NaN) + (sorted[Math.ceil(middle)] ?? NaN)) / 2;
}

/**
 * The median of the rounds' ratios to the no-op resource, and the median of the values. Both sides of a ratio
 * were measured one right after the other, so a busy round changes both.
 */
export function compare(
  samples: readonly Sample[],
  title: string,
  valueOf: Row["valueOf"],
): { readonly ratio: number; readonly value: number } {
  const valueIn = (round: number, column: string) =>
    valueOf(
      samples.filter((sample) => sample.round === round && sample.subject.title === column),
    ) ?? NaN;
  const rounds = [...new Set(samples.map(({ round }) => round))];
  const values = rounds.map((round) => valueIn(round, title));
  return {
    ratio: median(rounds.map((round) => valueIn(round, title) / valueIn(round, NOOP))),
    value: median(values),
  };
}

/** How much more one resource costs among many than among few, divided by the same figure of the no-op resource. */
export function growthOf(
  samples: readonly Sample[],
  sizes: readonly number[],
): { readonly operation: Operation; readonly ratio: number }[] {
  const [few, many] = sizes.slice(-2);
  if (sizes.length < 3 || sizes[0] !== 1 || few === undefined || many === undefined) return [];
  const timeOf = (title: string, operation: Operation, resources: number) =>
    median(
      samples
        .filter(
          ({ subject, ...sample }) =>
            subject.title === title &&
            subject.resources === resources &&
            sample.operation === operation,
        )
        .map(({ milliseconds }) => milliseconds),
    );
  return operations.flatMap((operation) => {
    const growth = (title: string) => {
      const costAmong = (size: number) =>
        (timeOf(title, operation, size) - timeOf(title, operation, 1)) / (size - 1);
      return costAmong(many) / costAmong(few);
    };
    const ratio = growth(OURS) / growth(NOOP);
    return Number.isNaN(ratio) ? [] : [{ operation, ratio }];
  });
}
