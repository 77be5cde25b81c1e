import { earliestEnd } from "./ideal.js";

const window = { limit: 2, windowMs: 100 };

describe("the earliest end of a run", () => {
  it("is when its calls ended, where the limit held nothing up", () => {
    expect(earliestEnd([0, 30], window)).toBe(30);
    expect(earliestEnd([0, 30, 200, 230], { limit: 4, windowMs: 100 })).toBe(230);
  });

  it("leaves out the time that calls waited for longer than the window asked", () => {
    expect(earliestEnd([0, 30, 170, 180], window)).toBe(130);
  });

  it("counts the calls before the run", () => {
    expect(earliestEnd([60, 240], window, [10, 20])).toBe(120);
  });

  it("keeps the time that calls took for themselves", () => {
    expect(earliestEnd([0, 40, 100, 140, 200, 240], { limit: 4, windowMs: 100 })).toBe(240);
  });
});
