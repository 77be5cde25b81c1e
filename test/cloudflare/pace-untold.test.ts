import { startEmulator } from "../../emulator/index.js";
import { RateLimiter, type RateLimitResponse } from "../../provider/cloudflare/rate-limiter.js";
import { ACCOUNT } from "../ids.js";
import { GET, messageOf, repeating } from "./repeating.js";

/** What comes of so many calls at once, until it is told to wait or all that may go have gone. */
async function callsThatGo(wanted: number, heard: (call: number) => RateLimitResponse) {
  const told: string[] = [];
  const stop = new AbortController();
  const pace = new RateLimiter((line) => told.push(line), stop.signal);
  let calls = 0;
  const call = () =>
    pace.run(
      () => Promise.resolve((calls += 1)),
      () => heard(calls),
    );
  const all = messageOf(Promise.all(Array.from({ length: wanted }, call)));
  while (told.length === 0 && calls < wanted) await new Promise((done) => setTimeout(done, 5));
  stop.abort();
  expect(await all).toMatch("told to stop");
  return { calls, told };
}

const SILENT: RateLimitResponse = { status: 200, headers: {}, retryAfterMs: 0 };

describe("without the headers", () => {
  it("calls are counted: a hundredth of the documented limit is left to others", async () => {
    const { calls, told } = await callsThatGo(1300, () => SILENT);
    expect(calls).toBe(1188);
    expect(told[0]).toMatch(/^Cloudflare takes 1200 calls in 300 s: waiting \d+ s for the next.$/);
  });

  it("calls are counted by the policy that was told", async () => {
    const emulator = await startEmulator({ behavior: { rateLimitHeaders: false } });
    emulator.seed("accounts", ACCOUNT);
    emulator.fault({ headers: { "ratelimit-policy": '"default";q=20;w=2' }, times: Infinity });
    const client = repeating(emulator);
    await Promise.all(Array.from({ length: 25 }, () => client.send(GET)));
    const at = emulator.requests.map(({ startedAt }) => startedAt);
    await emulator.close();
    expect(at).toHaveLength(25);
    expect((at[20] ?? 0) - (at[0] ?? 0)).toBeGreaterThan(1900);
  });
});

it("an answer without the headers leaves what others told in force, less one", async () => {
  const headers = { ratelimit: '"default";r=14;t=300' };
  const { calls } = await callsThatGo(50, (call) => (call === 1 ? { ...SILENT, headers } : SILENT));
  expect(calls).toBe(3); // 12 of 1,200 are left to others
});
