import { groupsOf, scheduleRounds } from "../../tools/bench/groups.js";
import type { Sample } from "../../tools/bench/measure.js";
import { compare, growthOf, median, report } from "../../tools/bench/report.js";

const COLUMNS = { "no-op": "noop", "this package": "ours" } as const;

function sample(
  title: keyof typeof COLUMNS,
  milliseconds: number,
  changes?: Partial<Sample>,
): Sample {
  return {
    group: "1 resource",
    subject: { title, program: COLUMNS[title], resources: 1 },
    round: 0,
    operation: "up",
    milliseconds,
    peakMemory: {},
    stateBytes: title === "no-op" ? 7000 : 3500,
    ...changes,
  };
}

describe("groupsOf", () => {
  const options = { roundsOf: () => 1, against: false } as const;

  it("compares the empty program once and another build in each group", () => {
    const groups = groupsOf({ ...options, sizes: [1, 200], against: true });
    expect(groups.map(({ subjects }) => subjects.map(({ title }) => title))).toEqual([
      ["no-op", "this package", "other build", "plain way", "empty program"],
      ["no-op", "this package", "other build", "plain way"],
      ["no-op", "0 ms", "50 ms", "150 ms"],
    ]);
  });

  it("measures the latency of the API with at most 200 resources and only where requests are made", () => {
    const latency = groupsOf({ ...options, sizes: [1, 50, 1000] }).at(-1);
    expect(latency?.subjects.map(({ resources }) => resources)).toEqual([50, 50, 50, 50]);
    expect(latency?.operations).toEqual(["up", "refresh", "up --refresh"]);
  });
});

describe("scheduleRounds", () => {
  it("spreads the rounds of each group over all turns", () => {
    const group = (title: string, rounds: number) =>
      ({ title, rounds, subjects: [], operations: [] }) as const;
    const schedule = scheduleRounds([group("a", 4), group("b", 2)]);
    const turns = schedule.map(([{ title }, round]) => `${title}${round}`);
    expect(turns.join(" ")).toBe("a0 b0 a1 a2 b1 a3");
  });
});

describe("median", () => {
  it.each([
    [[3, 1, 2], 2],
    [[4, 1, 2, 3], 2.5],
    [[7], 7],
  ])("of %j is %d", (numbers, expected) => {
    expect(median(numbers)).toBe(expected);
  });
});

describe("compare", () => {
  const time = (samples: readonly Sample[]) => samples[0]?.milliseconds;

  it("takes the median of the rounds' ratios, so that a slow round changes both sides", () => {
    const samples = [
      ...[sample("no-op", 100), sample("this package", 90)],
      ...[sample("no-op", 1000, { round: 1 }), sample("this package", 900, { round: 1 })],
      ...[sample("no-op", 100, { round: 2 }), sample("this package", 95, { round: 2 })],
    ];
    expect(compare(samples, "this package", time)).toEqual({ ratio: 0.9, value: 95 });
  });

  it("returns NaN if the no-op resource was not measured", () => {
    expect(compare([sample("this package", 90)], "this package", time).ratio).toBeNaN();
  });
});

describe("growthOf", () => {
  const ups = (title: keyof typeof COLUMNS, costs: readonly number[]) =>
    [1, 200, 1000].map((resources, index) =>
      sample(title, 1000 + (resources - 1) * (costs[index] ?? 0), {
        subject: { title, program: COLUMNS[title], resources },
      }),
    );

  it("divides the growth of a resource's cost by the growth of the no-op resource's cost", () => {
    const samples = [...ups("this package", [0, 10, 30]), ...ups("no-op", [0, 20, 80])];
    expect(growthOf(samples, [1, 200, 1000])).toEqual([{ operation: "up", ratio: 0.75 }]);
  });

  it("returns nothing for fewer than three sizes", () => {
    expect(growthOf(ups("this package", [0, 10]), [1, 200])).toEqual([]);
  });
});

describe("report", () => {
  const samples = [
    ...[sample("no-op", 2000), sample("this package", 1960)],
    sample("no-op", 1000, { operation: "refresh", peakMemory: { plugin: 102_400 } }),
    sample("this package", 1200, { operation: "refresh", peakMemory: { plugin: 112_640 } }),
  ];
  const loadings = new Map([["this package", [{ firstRequestMs: 20, entry: [], modules: [] }]]]);

  it("prints ratios, goals and absolute values", () => {
    expect(report(samples, [1], loadings).text).toMatchInlineSnapshot(`
      "**1 resource, 1 round**

      |  | goal ≤ | no-op | this package |
      | --- | --- | --- | --- |
      | up | 1.05 | 1.00 (2.00 s) | 0.98 ✓ (1.96 s) |
      | refresh | 1.10 | 1.00 (1.00 s) | 1.20 ✗ (1.20 s) |
      | plugin's peak memory |  | 1.00 (100 MB) | 1.10 (110 MB) |
      | state |  | 1.00 (7 kB) | 0.50 (4 kB) |

      **Refresh of one organization**

      |  | goal ≤ | this package |
      | --- | --- | --- |
      | from loading the provider to the first request | 80 ms | ✓ 20 ms |"
    `);
  });

  it("names each missed goal", () => {
    expect(report(samples, [1], loadings).missed).toEqual([
      "1 resource: refresh: 1.20, and the goal is 1.1",
    ]);
  });
});
