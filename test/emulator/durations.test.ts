import { durationHours, hasOnlyMinutesAndHours, toGoFormat } from "../../emulator/durations.js";

describe("a Go duration", () => {
  it.each([
    ["1h30m", 1.5],
    ["1.5h", 1.5],
    ["0m", 0],
  ])("%s has %d hours", (text, hours) => {
    expect(durationHours(text)).toBeCloseTo(hours);
  });

  it.each(["", "24", "h", "1d", "-1h", "1 h", "1h 30m", "forever"])(
    "%j is not a duration",
    (text) => {
      expect(durationHours(text)).toBeUndefined();
    },
  );

  it("is recognized if it has only minutes and hours", () => {
    expect(["24h", "1h30m", "0m"].every(hasOnlyMinutesAndHours)).toBe(true);
    expect(["90s", "1h1s", "1ms"].some(hasOnlyMinutesAndHours)).toBe(false);
  });

  it.each([
    ["24h", "24h0m0s"],
    ["1440m", "24h0m0s"],
    ["90s", "1m30s"],
    ["1.5s", "1.5s"],
    ["1500ms", "1.5s"],
    ["300ms", "300ms"],
    ["5us", "5µs"],
    ["7ns", "7ns"],
    ["0h", "0s"],
    ["forever", "forever"],
  ])("%s is formatted as %s", (text, spelled) => {
    expect(toGoFormat(text)).toBe(spelled);
  });
});
