import { earliestEnd } from "./earliest-end.js";

const window = { limit: 2, windowMs: 100 };

describe("earliestEnd", () => {
  it("returns the real end if the limit delayed no request", () => {
    expect(earliestEnd([0, 30], window)).toBe(30);
    expect(earliestEnd([0, 30, 200, 230], { limit: 4, windowMs: 100 })).toBe(230);
  });

  it("subtracts the time that requests waited longer than the window required", () => {
    expect(earliestEnd([0, 30, 170, 180], window)).toBe(130);
  });

  it("counts the requests before the run", () => {
    expect(earliestEnd([60, 240], window, [10, 20])).toBe(120);
  });

  it("keeps the pauses between requests that the limit did not delay", () => {
    expect(earliestEnd([0, 40, 100, 140, 200, 240], { limit: 4, windowMs: 100 })).toBe(240);
  });
});
