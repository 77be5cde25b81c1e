import { formatElapsed, showProgress } from "../../../tools/engine/progress.js";

beforeEach(() => void jest.useFakeTimers());
afterEach(() => void jest.useRealTimers());

/** Shows 65 seconds of a task and returns what was written. */
function watch(isTTY: boolean): string[] {
  const written: string[] = [];
  const progress = showProgress({ isTTY, write: (text) => written.push(text) }, "pulumi");
  jest.advanceTimersByTime(1_000);
  progress.detail("1 of 9 packages");
  jest.advanceTimersByTime(64_000);
  progress.detail("9 of 9 packages");
  progress.end();
  jest.advanceTimersByTime(60_000);
  return written;
}

describe("showProgress", () => {
  it("writes a line every 30 seconds to a log", () => {
    expect(watch(false)).toEqual([
      "  pulumi: 30s, 1 of 9 packages\n",
      "  pulumi: 1m 00s, 1 of 9 packages\n",
      "  pulumi: 1m 05s, 9 of 9 packages\n",
    ]);
  });

  it("updates one line each second on a terminal", () => {
    const written = watch(true);
    expect(written).toHaveLength(67);
    expect(written[0]).toBe("\r\u001B[2K  pulumi: 0s");
    expect(written[65]).toBe("\r\u001B[2K  pulumi: 1m 05s, 1 of 9 packages");
    expect(written[66]).toBe("\r\u001B[2K  pulumi: 1m 05s, 9 of 9 packages\n");
  });

  it.each([
    [0, "0s"],
    [59_999, "59s"],
    [60_000, "1m 00s"],
    [3_605_000, "60m 05s"],
  ])("formats %i ms as %s", (milliseconds, text) => {
    expect(formatElapsed(milliseconds)).toBe(text);
  });
});
