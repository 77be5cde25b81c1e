import { type Figure, isMissed } from "../../../tools/bench/figures.js";
import { renderTables } from "../../../tools/bench/tables.js";

const goal = { reach: 1.05, aim: 1 };

const FIGURES: readonly Figure[] = [
  { table: "1 resource", row: "up", column: "no-op", ratio: 1, absolute: 2570, unit: "ms" },
  { table: "1 resource", row: "up", column: "ours", ratio: 0.98, absolute: 2519, unit: "ms", goal },
  { table: "1 resource", row: "refresh", column: "no-op", ratio: 1, absolute: 990, unit: "ms" },
  {
    table: "1 resource",
    row: "refresh",
    column: "ours",
    ratio: 1.2,
    absolute: 1188,
    unit: "ms",
    goal,
  },
  { table: "1 resource", row: "state", column: "ours", ratio: 0.5, absolute: 3929, unit: "bytes" },
  { table: "Loading", row: "modules", column: "ours", absolute: 12, unit: "count" },
];

describe("the tables", () => {
  it("line up, and show what of the goals is reached", () => {
    expect(`\n${renderTables(FIGURES)}\n`).toMatchInlineSnapshot(`
      "
      1 resource

                goal (aim)           no-op             ours
      up        ≤1.05 (1.00)   1.00 2.57 s   0.98 ✓✓ 2.52 s
      refresh   ≤1.05 (1.00)   1.00 990 ms   1.20 ✗  1.19 s
      state                                  0.50      4 kB

      Loading

                ours
      modules     12
      "
    `);
  });

  it("hold a goal against the ratio, or against what is judged in its place", () => {
    const missed = FIGURES.filter(isMissed).map(({ row }) => row);
    expect(missed).toEqual(["refresh"]);
    const absolute = { table: "", row: "", column: "", unit: "ms", ratio: 9, goal } as const;
    expect(isMissed({ ...absolute, judged: 1 })).toBe(false);
  });
});
