import { setTimeout as sleep } from "node:timers/promises";
import { startEmulator } from "../../emulator/index.js";
import {
  RateLimiter,
  RateLimitedError,
  type RateLimitResponse,
} from "../../provider/cloudflare/rate-limiter.js";
import { ACCOUNT } from "../ids.js";
import { errorOf, messageOf } from "./errors.js";
import { GET, until } from "./requests.js";
import { retryingClient } from "./retrying-client.js";

/** How many operations the rate limiter admits before the first long wait. */
async function admittedBeforeWait(
  operations: number,
  responseTo: (request: number) => RateLimitResponse,
  { permits = 1, unused = 0 } = {},
) {
  const { rateLimiter, lines, abort } = loggingRateLimiter();
  let admitted = 0;
  let sent = 0;
  const operation = async () => {
    const acquired = await rateLimiter.acquire(permits);
    admitted += 1;
    for (let request = 0; request < permits - unused; request += 1) {
      await acquired.use();
      sent += 1;
      acquired.observe(responseTo(sent));
    }
    acquired.release();
  };
  const all = messageOf(Promise.all(Array.from({ length: operations }, operation)));
  await until(() => lines.length > 0 || admitted === operations);
  abort.abort();
  await all;
  return { admitted, lines };
}

function loggingRateLimiter() {
  const lines: string[] = [];
  const abort = new AbortController();
  return { rateLimiter: new RateLimiter((line) => lines.push(line), abort.signal), lines, abort };
}

const WITHOUT_HEADERS: RateLimitResponse = { status: 200, headers: {}, retryAfterMs: 0 };

const withPolicy = (quota: number): RateLimitResponse => ({
  ...WITHOUT_HEADERS,
  headers: { "ratelimit-policy": `"default";q=${quota};w=300` },
});

describe("The rate limiter, if responses have no rate limit headers,", () => {
  it("counts requests, and leaves a hundredth of the documented limit to other clients", async () => {
    const { admitted, lines } = await admittedBeforeWait(1300, () => WITHOUT_HEADERS);
    expect(admitted).toBe(1188);
    expect(lines[0]).toMatch(
      /^Cloudflare allows 1200 requests in 300 s\. Waiting \d+ s for the next one\.$/,
    );
  });

  it("counts by the policy that a response names", async () => {
    const emulator = await startEmulator({ behavior: { rateLimitHeaders: false } });
    emulator.seed("accounts", ACCOUNT);
    emulator.fault({ headers: { "ratelimit-policy": '"default";q=20;w=2' }, times: Infinity });
    const client = retryingClient(emulator);
    await Promise.all(Array.from({ length: 25 }, () => client.send(GET)));
    const at = emulator.requests.map(({ startedAt }) => startedAt);
    await emulator.close();
    expect(at).toHaveLength(25);
    expect((at[20] ?? 0) - (at[0] ?? 0)).toBeGreaterThan(1900);
  });

  it("admits an operation only if all its requests are below the limit", async () => {
    const { admitted } = await admittedBeforeWait(20, () => withPolicy(20), { permits: 2 });
    expect(admitted).toBe(9); // 18 of 19 requests
  });

  it("does not count a permit that is given back", async () => {
    const { admitted } = await admittedBeforeWait(30, () => withPolicy(20), {
      permits: 2,
      unused: 1,
    });
    expect(admitted).toBe(18); // the next operation might send the 19th and the 20th request
  });

  it("counts down from the last response that has them", async () => {
    const headers = { ratelimit: '"default";r=14;t=300' };
    const { admitted } = await admittedBeforeWait(50, (request) =>
      request === 1 ? { ...WITHOUT_HEADERS, headers } : WITHOUT_HEADERS,
    );
    expect(admitted).toBe(3); // 12 of 1,200 are left to other clients
  });

  describe("logs how long an operation waits", () => {
    const START = new Date("2026-11-30T12:00:00Z").getTime();
    beforeEach(() => jest.useFakeTimers({ now: START, doNotFake: ["setTimeout", "performance"] }));
    afterEach(() => jest.useRealTimers());

    it("until enough requests are older than the window", async () => {
      const { rateLimiter, lines, abort } = loggingRateLimiter();
      // 19 of 20 requests are allowed, so that two more must wait for the two oldest.
      for (const [seconds, requests] of [
        [0, 1],
        [30, 1],
        [60, 17],
      ] as const) {
        jest.setSystemTime(START + seconds * 1000);
        const permits = await rateLimiter.acquire(requests);
        for (let request = 0; request < requests; request += 1) {
          await permits.use();
          permits.observe(withPolicy(20));
        }
      }
      const waiting = errorOf(rateLimiter.acquire(2));
      await until(() => lines.length > 0);
      abort.abort();
      await waiting;
      expect(lines).toEqual([
        "Cloudflare allows 20 requests in 300 s. Waiting 270 s for the next one.",
      ]);
    });

    it("after a 429 response, once, although another response follows", async () => {
      const { rateLimiter, lines, abort } = loggingRateLimiter();
      const permits = await rateLimiter.acquire(2);
      permits.observe({ status: 429, headers: {}, retryAfterMs: 200_000 });
      const waiting = errorOf(rateLimiter.acquire(1));
      await until(() => lines.length > 0);
      permits.observe(WITHOUT_HEADERS);
      await sleep(20);
      abort.abort();
      await waiting;
      expect(lines).toEqual([
        "Cloudflare allows 1200 requests in 300 s. Waiting 200 s for the next one.",
      ]);
    });
  });

  it("adds up the parts of a bounded wait that another 429 response extends", async () => {
    const rateLimiter = new RateLimiter(() => undefined, new AbortController().signal);
    const rejection: RateLimitResponse = { status: 429, headers: {}, retryAfterMs: 2000 };
    const permits = await rateLimiter.acquire(2);
    await permits.use();
    permits.observe(rejection);
    const bounded = errorOf(rateLimiter.acquire(1, 2500));
    await sleep(700);
    await permits.use();
    permits.observe(rejection); // 700 + 2,000 ms in total
    expect(await bounded).toBeInstanceOf(RateLimitedError);
  });
});
