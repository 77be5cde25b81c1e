import { startEmulator } from "../../emulator/index.js";
import { RateLimiter } from "../../emulator/rate-limit.js";
import { call, ORGANIZATION, rejectionOf } from "./calls.js";

/** Creates a rate limiter with a clock that the test controls. */
function limiter(options: ConstructorParameters<typeof RateLimiter>[0], startedAt = 0) {
  let now = startedAt;
  const limited = new RateLimiter(options, () => now);
  return {
    admit: (client = "a") => limited.admit(client),
    pass: (milliseconds: number) => {
      now += milliseconds;
    },
  };
}

describe("RateLimiter", () => {
  it("counts requests in a sliding window", () => {
    const { admit, pass } = limiter({ limit: 2, windowMs: 10_000 });
    expect(admit().headers.ratelimit).toBe('"default";r=1;t=10');
    pass(4000);
    expect(admit().headers.ratelimit).toBe('"default";r=0;t=6');
    pass(6000);
    expect(admit().headers.ratelimit).toBe('"default";r=0;t=4');
    pass(3999);
    expect(admit().retryAfter).toBeDefined();
  });

  it("rejects every request for the block time after the limit is exceeded, and then starts again", () => {
    const { admit, pass } = limiter({ limit: 1, windowMs: 1000, blockMs: 5000 });
    admit();
    expect(admit()).toMatchObject({ retryAfter: 5, headers: { ratelimit: '"default";r=0;t=5' } });
    pass(4000);
    expect(admit().retryAfter).toBe(1);
    pass(1000);
    expect(admit().retryAfter).toBeUndefined();
  });

  it("announces the whole window to the first request, whatever the fraction of the clock", () => {
    const { admit } = limiter({}, 500_000.3); // with the window added, it is rounded up
    expect(admit().headers.ratelimit).toBe('"default";r=1199;t=300');
  });

  it("counts the requests of each credential separately", () => {
    const { admit } = limiter({ limit: 1 });
    admit("a");
    expect(admit("b").retryAfter).toBeUndefined();
    expect(admit("a").retryAfter).toBe(300);
  });

  it("allows 1,200 requests in 300 seconds by default", () => {
    const { admit } = limiter({});
    for (let n = 0; n < 1200; n += 1) expect(admit().retryAfter).toBeUndefined();
    expect(admit()).toEqual({
      retryAfter: 300,
      headers: { ratelimit: '"default";r=0;t=300', "ratelimit-policy": '"default";q=1200;w=300' },
    });
  });

  it("shortens window and block by the time scale, and announces the shortened times", () => {
    const { admit, pass } = limiter({ limit: 1, timeScale: 200 });
    expect(admit().headers).toEqual({
      ratelimit: '"default";r=0;t=2',
      "ratelimit-policy": '"default";q=1;w=2',
    });
    expect(admit().retryAfter).toBe(2);
    pass(1400);
    expect(admit().retryAfter).toBe(1);
    pass(100);
    expect(admit().retryAfter).toBeUndefined();
  });

  it("rejects no request without options, and still announces a limit", () => {
    const { admit } = limiter(undefined);
    for (let n = 0; n < 2000; n += 1) admit();
    expect(admit()).toEqual({
      headers: {
        ratelimit: '"default";r=1199;t=300',
        "ratelimit-policy": '"default";q=1200;w=300',
      },
    });
  });
});

describe("an emulator with a rate limit", () => {
  it("rejects with 429 and retry-after, and counts rejected requests, too", async () => {
    const emulator = await startEmulator({ rateLimit: { limit: 2 } });
    const first = await call(emulator, "GET", ORGANIZATION);
    expect(first.headers.get("ratelimit")).toBe('"default";r=1;t=300');
    expect(first.headers.get("retry-after")).toBeNull();
    await call(emulator, "GET", ORGANIZATION);
    const over = await call(emulator, "GET", ORGANIZATION);
    expect(rejectionOf(over)).toBe("429 971 Rate limited");
    expect(over.headers.get("retry-after")).toBe("300");
    expect(over.headers.get("ratelimit-policy")).toBe('"default";q=2;w=300');
    expect(emulator.requests.map(({ status }) => status)).toEqual([403, 403, 429]);
    await emulator.close();
  });

  it("applies pending faults only to requests within the limit", async () => {
    const emulator = await startEmulator({ rateLimit: { limit: 1 } });
    await call(emulator, "GET", ORGANIZATION);
    emulator.fault({ status: 503 });
    expect((await call(emulator, "GET", ORGANIZATION)).status).toBe(429);
    await emulator.close();
  });
});
