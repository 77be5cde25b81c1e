import { startEmulator, type Emulator } from "../../emulator/index.js";
import { Effort } from "../../provider/cloudflare/effort.js";
import { Outdated } from "../../provider/cloudflare/error.js";
import { ACCOUNT } from "../ids.js";
import { withoutRayId } from "./connection-to.js";
import { GET, messageOf, PUT, repeating } from "./repeating.js";

jest.setTimeout(30_000);

let emulator: Emulator;
beforeEach(async () => {
  emulator = await startEmulator();
  emulator.seed("accounts", ACCOUNT);
});
afterEach(() => emulator.close());

describe("it is enough", () => {
  it("after so many repetitions", async () => {
    emulator.fault({ status: 503, times: Infinity });
    const message = await messageOf(repeating(emulator, { retries: 2 }).send(GET));
    expect(emulator.requests).toHaveLength(3);
    expect(withoutRayId(message)).toMatchInlineSnapshot(`
      "GET /accounts/023e105f4ecef8ad9ca31a8372d0c353/access/organizations was refused with 503 (tried 3 times; retries is 2)
        1101: A fault of the emulator answers 503
        (ray id <ray>)
      Cloudflare has an internal problem. Run again later."
    `);
  });

  it("after some time of trouble", async () => {
    emulator.fault({ reset: "before", times: Infinity });
    const startedAt = performance.now();
    const limits = { retries: 1000, minBackoff: 0.05, maxBackoff: 0.05, maxRetryTime: 0.4 };
    const message = await messageOf(repeating(emulator, limits).send(GET));
    expect(performance.now() - startedAt).toBeLessThan(1500);
    expect(emulator.requests.length).toBeGreaterThan(3);
    expect(message.replace(/\d+ times/, "<some> times")).toMatchInlineSnapshot(
      `"GET /accounts/023e105f4ecef8ad9ca31a8372d0c353/access/organizations got no answer: socket hang up (tried <some> times; more is beyond maxRetryTime)"`,
    );
  });

  it("where the rate limit asks for more time than there is", async () => {
    emulator.fault({ status: 429, headers: { "retry-after": "60" }, times: Infinity });
    const message = await messageOf(repeating(emulator, { maxRateLimitTime: 59 }).send(GET));
    expect(emulator.requests).toHaveLength(1);
    expect(withoutRayId(message)).toMatchInlineSnapshot(`
      "GET /accounts/023e105f4ecef8ad9ca31a8372d0c353/access/organizations was refused with 429 (to wait 60 s more is beyond maxRateLimitTime)
        971: A fault of the emulator answers 429
        (ray id <ray>)
      Cloudflare allows 1,200 requests in five minutes for each user or token, and then blocks all requests for five minutes. Run again in 60 s."
    `);
  });

  it("after so much time of waiting for the rate limit in all", async () => {
    emulator.fault({ status: 429, headers: { "retry-after": "1" }, times: Infinity });
    const message = await messageOf(repeating(emulator, { maxRateLimitTime: 1.5 }).send(GET));
    expect(emulator.requests).toHaveLength(2);
    expect(message).toMatch("(tried 2 times; to wait 1 s more is beyond maxRateLimitTime)");
  });

  it("where the answer asks for a wait longer than Cloudflare ever blocks", async () => {
    for (const status of [429, 503]) {
      emulator.clearRequests();
      emulator.fault({ status, headers: { "retry-after": "301" } });
      const limits = { maxRateLimitTime: 9999, maxRetryTime: 9999 };
      const message = await messageOf(repeating(emulator, limits).send(GET));
      expect(emulator.requests).toHaveLength(1);
      expect(message).toMatch(`was refused with ${status} (301 s is too long to wait)`);
    }
  });

  it("at once where an answer is only worth having at once", async () => {
    for (const status of [429, 503]) {
      emulator.clearRequests();
      emulator.fault({ status, headers: { "retry-after": "8" } });
      const startedAt = performance.now();
      const message = await messageOf(repeating(emulator).send({ ...GET, hurried: true }));
      expect(performance.now() - startedAt).toBeLessThan(4000);
      expect(emulator.requests).toHaveLength(1);
      expect(message).toMatch(`was refused with ${status}\n`); // no limit is blamed that nobody set
    }
  });

  it("never where nothing is wrong", async () => {
    await repeating(emulator, { retries: 0, maxRetryTime: 0, maxRateLimitTime: 0 }).send(GET);
    expect(emulator.requests).toHaveLength(1);
  });
});

describe("what a request says may become untrue while it waits", () => {
  it("so that it is not sent after a wait that is longer than it stays fresh", async () => {
    emulator.fault({ status: 429, headers: { "retry-after": "1" } });
    const sent = repeating(emulator).send({ ...PUT, freshForMs: 500 });
    await expect(sent).rejects.toBeInstanceOf(Outdated);
    expect(emulator.requests.map(({ status }) => status)).toEqual([429]);
  });

  it("nor again, whether or not the first may have arrived", async () => {
    const effort = new Effort();
    emulator.fault({ reset: "after" });
    const client = repeating(emulator, { minBackoff: 0.2, maxBackoff: 0.2 });
    const sent = client.send({ ...PUT, freshForMs: 50, effort });
    await expect(sent).rejects.toBeInstanceOf(Outdated);
    expect(emulator.requests).toHaveLength(1);
    expect(effort).toMatchObject({ tries: 1, mayHaveArrived: true });
  });

  it("and the one in its place goes on with its effort", async () => {
    emulator.fault({ status: 503, times: Infinity });
    const client = repeating(emulator, { retries: 2 });
    const effort = new Effort();
    effort.tries = 2;
    expect(await messageOf(client.send({ ...PUT, effort }))).toMatch(
      "(tried 3 times; retries is 2)",
    );
    expect(emulator.requests).toHaveLength(1);
    expect(effort.mayHaveArrived).toBe(true); // a last try may have, too
  });
});
