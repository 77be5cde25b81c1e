import {
  readRateLimit,
  readRateLimitPolicy,
} from "../../provider/cloudflare/rate-limit-headers.js";
import { fc } from "../property.js";

const limit = (ratelimit: unknown) => readRateLimit({ ratelimit });
const policy = (value: unknown) => readRateLimitPolicy({ "ratelimit-policy": value });

describe("readRateLimit", () => {
  it.each([
    ['"default";r=50;t=30', { left: 50, resetSeconds: 30 }],
    ['"default"; r=0; t=1', { left: 0, resetSeconds: 1 }],
    ['"default";t=30;r=50', { left: 50, resetSeconds: 30 }],
    ["default;r=50;t=30", { left: 50, resetSeconds: 30 }],
    ['"default";pk="x";r=50;t=30', { left: 50, resetSeconds: 30 }],
  ])("reads the remaining quota and its reset from %s", (header, expected) => {
    expect(limit(header)).toEqual(expected);
  });

  it("returns the limit with the smallest remaining quota if there are several", () => {
    const header = '"default";r=900;t=200, "burst";r=3;t=1, "daily";r=40;t=9000';
    expect(limit(header)).toEqual({ left: 3, resetSeconds: 1 });
  });

  it.each([
    undefined,
    "",
    '"default"',
    '"default";r=50',
    '"default";t=30',
    '"default";r=many;t=30',
    '"default";r=-1;t=30',
    50,
    ['"default";r=50;t=30'],
  ])("returns undefined for %j", (header) => {
    expect(limit(header)).toBeUndefined();
  });
});

describe("readRateLimitPolicy", () => {
  it("reads the quota and the length of the window", () => {
    expect(policy('"default";q=1200;w=300')).toEqual({ quota: 1200, windowSeconds: 300 });
  });

  it("returns the policy with the lowest rate if there are several", () => {
    const header = '"default";q=1200;w=300, "burst";q=100;w=60';
    expect(policy(header)).toEqual({ quota: 100, windowSeconds: 60 });
  });

  it.each([undefined, "", '"default";q=1200', '"default";q=1200;w=0', '"default";w=300'])(
    "returns undefined for %j",
    (header) => {
      expect(policy(header)).toBeUndefined();
    },
  );
});

it("Rate limit headers with any content are read without an error, in linear time", () => {
  const parts = [
    ";r=",
    ";t=",
    ";q=",
    ";w=",
    ",",
    "0",
    "9".repeat(400),
    '"default"',
    "; ".repeat(500),
  ];
  const joined = fc.array(fc.oneof(fc.string(), fc.constantFrom(...parts)));
  const header = fc.oneof(
    joined.map((all) => all.join("")),
    fc.anything(),
  );
  fc.assert(
    fc.property(header, (value) => {
      const { left = 0, resetSeconds = 0 } = limit(value) ?? {};
      const { quota = 0, windowSeconds = 1 } = policy(value) ?? {};
      expect(Math.min(left, resetSeconds, quota)).toBeGreaterThanOrEqual(0);
      expect(windowSeconds).toBeGreaterThan(0);
    }),
  );
  const startedAt = performance.now();
  limit(`"default"${";r= ".repeat(16_000)}`);
  limit(`"default"${"; ".repeat(32_000)}`);
  limit(`"default"${" ".repeat(64_000)}`);
  expect(performance.now() - startedAt).toBeLessThan(1000);
});
