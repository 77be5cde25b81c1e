import { growthFigures } from "../../../tools/bench/comparison.js";
import type { Sample } from "../../../tools/bench/rounds.js";
import { VARIANTS } from "../../../tools/bench/variants.js";

const SIZES = [1, 200, 1000];

/** An `up` that takes a second, and for each further resource a while that depends on the size. */
function ups(program: "noop" | "ours", costs: Readonly<Record<number, number>>): Sample[] {
  return SIZES.map((resources) => ({
    subject: { title: VARIANTS[program], program, resources, api: {} },
    round: 0,
    operation: "up",
    milliseconds: 1000 + (resources - 1) * (costs[resources] ?? 0),
    memory: {},
    calls: 0,
    underWayMs: 0,
    stateBytes: 0,
  }));
}

describe("growthFigures", () => {
  it("says how much more a resource costs among many, alone and beside the no-op resource", () => {
    const samples = [...ups("ours", { 200: 10, 1000: 30 }), ...ups("noop", { 200: 20, 1000: 80 })];

    const figures = growthFigures(samples, SIZES);
    expect(figures.map(({ row, column, ratio }) => [row, column, ratio])).toEqual([
      ["up", "this package", 3],
      ["up", "beside no-op", 0.75],
      ["up", "no-op", 4],
    ]);
  });

  it("says nothing of fewer than three sizes", () => {
    expect(growthFigures(ups("ours", {}), [1, 200])).toEqual([]);
  });
});
