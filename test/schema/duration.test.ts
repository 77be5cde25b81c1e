import { inUnits, parseDuration, unitsOf } from "../../provider/schema/duration.js";

const HOUR = 3_600_000_000_000n;

describe("parseDuration", () => {
  it.each([
    ["24h", 24n * HOUR],
    ["24h0m0s", 24n * HOUR],
    ["1h30m", (3n * HOUR) / 2n],
    ["1.5h", (3n * HOUR) / 2n],
    [".5h", HOUR / 2n],
    ["30m1h", (3n * HOUR) / 2n],
    ["1s", 1_000_000_000n],
    ["1ms", 1_000_000n],
    ["1us", 1_000n],
    ["1\u00b5s", 1_000n],
    ["1\u03bcs", 1_000n],
    ["1ns", 1n],
    ["0", 0n],
    ["0m", 0n],
    ["+2h", 2n * HOUR],
    ["-2h", -2n * HOUR],
  ])("returns the exact length of %s in nanoseconds", (text, length) => {
    expect(parseDuration(text)).toBe(length);
  });

  it.each([
    "",
    "24",
    "h",
    ".h",
    "24 h",
    " 24h",
    "24h ",
    "24h\n",
    "24H",
    "1d",
    "1e3h",
    "1,5h",
    "1h-5m",
    "--1h",
    "1..5h",
    "0x10h",
    "one hour",
    "24h0",
  ])("returns undefined for %j, which is not a Go duration", (text) => {
    expect(parseDuration(text)).toBeUndefined();
  });

  it("returns undefined for more than a hundred characters, so that hostile text takes no time", () => {
    expect(parseDuration(`${"1".repeat(100_000)}h`)).toBeUndefined();
    expect(parseDuration("1h".repeat(50_000))).toBeUndefined();
  });
});

describe("unitsOf", () => {
  it("returns the units of a duration", () => {
    expect(unitsOf("1h30m")).toEqual(["h", "m"]);
    expect(unitsOf("1.5h0s5ms")).toEqual(["h", "s", "ms"]);
    expect(unitsOf("0")).toEqual([]);
  });
});

describe("inUnits", () => {
  it.each([
    ["36h0m0s", "36h"],
    ["1h30m0s", "1h30m"],
    ["5400s", "1h30m"],
    ["0s", "0m"],
    ["1440m", "1440m"],
    ["90s", "90s"],
    ["1h0.5s", "1h0.5s"],
    ["forever", "forever"],
  ])("respells %s as %s if minutes and hours can express it", (text, respelled) => {
    expect(inUnits(text, ["m", "h"])).toBe(respelled);
  });
});
