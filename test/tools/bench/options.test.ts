import { parseOptions } from "../../../tools/bench/options.js";
import { planOf, secondsOf } from "../../../tools/bench/plan.js";

function parse(line: string) {
  const options = parseOptions(line.split(" ").filter(Boolean));
  if (options === "help") throw new Error("That asks for help.");
  return options;
}

describe("the benchmark's command line", () => {
  it("has defaults that end in less than an hour on idle cores", () => {
    const options = parse("");
    expect(options.sizes).toEqual([1, 200, 1000]);
    expect([1, 200, 1000].map(options.roundsOf)).toEqual([9, 5, 3]);
    expect(options.minutes).toBe(60);
    expect(secondsOf(planOf(options))).toBeLessThan(3600);
  });

  it("takes numbers of resources in any order, rounds and operations", () => {
    const options = parse("--n 50,1 --runs 2 --only up,destroy");
    expect(options.sizes).toEqual([1, 50]);
    expect(options.roundsOf(50)).toBe(2);
    expect(options.only).toEqual(["up", "destroy"]);
  });

  it.each([
    ["--n 0", '--n takes whole numbers from 1 to 99999, not "0".'],
    ["--runs many", "--runs takes whole numbers"],
    ["--only deploy", '--only takes up, preview, refresh, up --refresh, destroy, not "deploy".'],
    ["--fast", "--fast"],
  ])("refuses %s", (line, reason) => {
    expect(() => parse(line)).toThrow(reason);
  });
});

describe("the benchmark's plan", () => {
  it("has an empty program once, and another build where one is given", () => {
    const { comparisons } = planOf(parse("--n 1,200 --against /elsewhere"));
    expect(comparisons.map(({ subjects }) => subjects.map(({ title }) => title))).toEqual([
      ["no-op", "this package", "plain way", "empty program", "other build"],
      ["no-op", "this package", "plain way", "other build"],
    ]);
  });

  it("looks at calls among as many as 200, and at the limit where it means something", () => {
    const { latencies, limit } = planOf(parse(""));
    expect(latencies.subjects.map(({ resources }) => resources)).toEqual([200, 200, 200, 200]);
    expect(limit?.subjects).toHaveLength(1);
    expect(planOf(parse("--n 1")).limit).toBeUndefined();
  });
});
