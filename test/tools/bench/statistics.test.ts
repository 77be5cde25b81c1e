import type { Sample } from "../../../tools/bench/rounds.js";
import { compare, median, peakMemory, wallTime } from "../../../tools/bench/statistics.js";
import { fc } from "../../property.js";

function sample(title: string, round: number, milliseconds: number, plugin?: number): Sample {
  return {
    subject: { title, program: "noop", resources: 1, api: {} },
    round,
    operation: "up",
    milliseconds,
    memory: plugin === undefined ? {} : { plugin },
    calls: 0,
    underWayMs: 0,
    stateBytes: 0,
  };
}

describe("the median", () => {
  it.each([
    [[3, 1, 2], 2],
    [[4, 1, 2, 3], 2.5],
    [[7], 7],
  ])("of %j is %d", (numbers, expected) => {
    expect(median(numbers)).toBe(expected);
  });

  it("has as many below as above it", () => {
    fc.assert(
      fc.property(fc.array(fc.integer(), { minLength: 1 }), (numbers) => {
        const middle = median(numbers);
        const below = numbers.filter((number) => number < middle).length;
        const above = numbers.filter((number) => number > middle).length;
        return Math.max(below, above) <= numbers.length / 2;
      }),
    );
  });
});

describe("a comparison", () => {
  it("is the median of the rounds' ratios, so that a slow round counts on both sides", () => {
    const samples = [
      ...[sample("no-op", 0, 100), sample("ours", 0, 90)],
      ...[sample("no-op", 1, 1000), sample("ours", 1, 900)],
      ...[sample("no-op", 2, 100), sample("ours", 2, 95)],
    ];
    expect(compare(samples, "ours", wallTime("up"))).toEqual({ ratio: 0.9, absolute: 95 });
  });

  it("is none without a figure", () => {
    const samples = [sample("no-op", 0, 100), sample("ours", 0, 90)];
    expect(compare(samples, "ours", wallTime("refresh"))).toBeUndefined();
    expect(compare(samples, "ours", peakMemory("plugin"))).toBeUndefined();
  });

  it("takes the highest peak of all operations", () => {
    const samples = [
      ...[sample("no-op", 0, 1, 50), sample("no-op", 0, 1, 100)],
      ...[sample("ours", 0, 1, 120), sample("ours", 0, 1, 70)],
    ];
    expect(compare(samples, "ours", peakMemory("plugin"))).toEqual({ ratio: 1.2, absolute: 120 });
  });
});
