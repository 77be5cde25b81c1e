import { startEmulator, type Emulator } from "../../emulator/index.js";
import { RateLimitedError, RateLimiter } from "../../provider/cloudflare/rate-limiter.js";
import { ACCOUNT } from "../ids.js";
import { errorOf, messageOf } from "./errors.js";
import { GET, intervalsBetween, logOf, PUT, until } from "./requests.js";
import { clientAfterResponse, retryingClient } from "./retrying-client.js";

let emulator: Emulator;
beforeEach(async () => {
  emulator = await startEmulator();
  emulator.seed("accounts", ACCOUNT);
});
afterEach(() => emulator.close());

describe("sendOnce", () => {
  it("waits for the rate limit if the wait is short", async () => {
    const { client } = await clientAfterResponse(emulator, { ratelimit: '"default";r=0;t=1' });
    await client.sendOnce(GET);
    expect(intervalsBetween(emulator)[0]).toBeGreaterThan(900);
  });

  it("fails at once if the wait is longer, also if other operations wait in the queue", async () => {
    const { client, abort } = await clientAfterResponse(emulator, {
      ratelimit: '"default";r=0;t=200',
    });
    const queued = [messageOf(client.send(GET)), messageOf(client.send(GET))];
    const startedAt = performance.now();
    const [first, second] = await Promise.all([
      errorOf(client.sendOnce(GET)),
      errorOf(client.sendOnce(GET)),
    ]);
    expect(performance.now() - startedAt).toBeLessThan(1000);
    expect(first).toBeInstanceOf(RateLimitedError);
    expect(second.message).toBe(first.message);
    expect(first.message.replace(/\b(?:199|200) s/, "<some> s")).toMatchInlineSnapshot(
      `"Cloudflare's rate limit is exhausted: the next request has to wait <some> s."`,
    );
    expect(emulator.requests).toHaveLength(1);
    abort.abort();
    await Promise.all(queued);
  });

  it("ends even if the remaining quota is unknown until a pending response arrives", async () => {
    const limiter = new RateLimiter(() => undefined, new AbortController().signal);
    await limiter.acquire(1);
    const error = await errorOf(limiter.acquire(1, 50));
    expect(error).toBeInstanceOf(RateLimitedError);
    expect(error.message).toMatchInlineSnapshot(
      `"Cloudflare has not responded to an earlier request yet, which tells how many requests the rate limit allows."`,
    );
  });

  it("is sent before queued operations that need more permits than there are", async () => {
    // A hundredth of 1,200 is the reserve, so that one permit is available, and not two.
    const { client, abort } = await clientAfterResponse(emulator, {
      ratelimit: '"default";r=13;t=200',
    });
    const queued = messageOf(client.sequence(2, (sender) => sender.send(PUT)));
    await client.sendOnce(GET);
    expect(logOf(emulator)).toEqual(["GET 200", "GET 200"]);
    abort.abort();
    await queued;
  });

  it("fails if the response for which it waits starts a long wait", async () => {
    const abort = new AbortController();
    const client = retryingClient(emulator, {}, { signal: abort.signal });
    emulator.fault({ status: 429, delayMs: 100, headers: { "retry-after": "200" } });
    const queued = [messageOf(client.send(GET)), messageOf(client.send(GET))];
    await until(() => emulator.requests.length === 1);
    expect(await messageOf(client.sendOnce(GET))).toMatch(/the next request has to wait \d+ s/);
    expect(emulator.requests).toHaveLength(1);
    abort.abort();
    await Promise.all(queued);
  });

  it.each([429, 503])("does not retry after a %i", async (status) => {
    emulator.fault({ status, headers: { "retry-after": "8" } });
    const startedAt = performance.now();
    const message = await messageOf(retryingClient(emulator).sendOnce(GET));
    expect(performance.now() - startedAt).toBeLessThan(4000);
    expect(emulator.requests).toHaveLength(1);
    expect(message).toMatch(`was rejected with ${status}\n`); // without a retry option as the reason
  });
});
