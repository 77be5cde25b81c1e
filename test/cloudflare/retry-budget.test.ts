import { startEmulator, type Emulator } from "../../emulator/index.js";
import { ACCOUNT } from "../ids.js";
import { withoutRayId } from "./connection-to.js";
import { messageOf } from "./errors.js";
import { GET } from "./requests.js";
import { retryingClient } from "./retrying-client.js";

let emulator: Emulator;
beforeEach(async () => {
  emulator = await startEmulator();
  emulator.seed("accounts", ACCOUNT);
});
afterEach(() => emulator.close());

describe("The last error is thrown", () => {
  it("after `retries` retries", async () => {
    emulator.fault({ status: 503, times: Infinity });
    const message = await messageOf(retryingClient(emulator, { retries: 2 }).send(GET));
    expect(emulator.requests).toHaveLength(3);
    expect(withoutRayId(message)).toMatchInlineSnapshot(`
      "GET /accounts/023e105f4ecef8ad9ca31a8372d0c353/access/organizations was rejected with 503 (3 attempts; retries is 2)
        1101: A fault of the emulator: 503
        (ray id <ray>)
      Cloudflare has an internal problem. Run again later."
    `);
  });

  it("if another attempt after network errors exceeds maxRetryTime", async () => {
    emulator.fault({ reset: "before", times: Infinity });
    const options = { retries: 1000, minBackoff: 0.05, maxBackoff: 0.05, maxRetryTime: 0.4 };
    const message = await messageOf(retryingClient(emulator, options).send(GET));
    expect(emulator.requests.length).toBeGreaterThan(3);
    expect(message.replace(/\d+ attempts/, "<several> attempts")).toMatchInlineSnapshot(
      `"GET /accounts/023e105f4ecef8ad9ca31a8372d0c353/access/organizations got no response: socket hang up (<several> attempts; another attempt exceeds maxRetryTime)"`,
    );
  });

  it("if the failed attempt alone took longer than maxRetryTime", async () => {
    emulator.fault({ status: 503, delayMs: 600 });
    const message = await messageOf(retryingClient(emulator, { maxRetryTime: 0.5 }).send(GET));
    expect(emulator.requests).toHaveLength(1);
    expect(message).toMatch("(another attempt exceeds maxRetryTime)");
  });

  it("if a 429 asks for a longer wait than maxRateLimitTime", async () => {
    emulator.fault({ status: 429, headers: { "retry-after": "60" }, times: Infinity });
    const message = await messageOf(retryingClient(emulator, { maxRateLimitTime: 59 }).send(GET));
    expect(emulator.requests).toHaveLength(1);
    expect(withoutRayId(message)).toMatchInlineSnapshot(`
      "GET /accounts/023e105f4ecef8ad9ca31a8372d0c353/access/organizations was rejected with 429 (a wait of 60 s more exceeds maxRateLimitTime)
        971: A fault of the emulator: 429
        (ray id <ray>)
      Cloudflare allows 1,200 requests in five minutes for each user or token, and then blocks all requests for five minutes. Run again in 60 s."
    `);
  });

  it.each([429, 503])(
    "if a %i asks for a longer wait than Cloudflare ever blocks",
    async (status) => {
      emulator.fault({ status, headers: { "retry-after": "301" } });
      const options = { maxRateLimitTime: 9999, maxRetryTime: 9999 };
      const message = await messageOf(retryingClient(emulator, options).send(GET));
      expect(emulator.requests).toHaveLength(1);
      expect(message).toMatch(`was rejected with ${status} (a wait of 301 s is too long)`);
    },
  );

  it.each([
    [429, 0],
    [503, 0],
    [503, 5],
  ])("after a %i without time for a retry, of %i retries", async (status, retries) => {
    emulator.fault({ status });
    const options = { retries, maxRetryTime: 0, maxRateLimitTime: 0 };
    const message = await messageOf(retryingClient(emulator, options).send(GET));
    expect(emulator.requests).toHaveLength(1);
    expect(message).toMatch(`was rejected with ${status}\n`); // no option is named as the reason
  });
});

it("A 429 may ask for exactly the wait that maxRateLimitTime allows", async () => {
  emulator.fault({ status: 429, headers: { "retry-after": "1" } });
  await retryingClient(emulator, { maxRateLimitTime: 1 }).send(GET);
  expect(emulator.requests).toHaveLength(2);
});

it("A backoff begins with minBackoff", async () => {
  jest.spyOn(Math, "random").mockReturnValue(1);
  emulator.fault({ status: 503 });
  const abort = new AbortController();
  const line = await new Promise((log) => {
    const options = { minBackoff: 10, maxBackoff: 40, maxRetryTime: 9999 };
    const client = retryingClient(emulator, options, { log, signal: abort.signal });
    void client.send(GET).catch(() => undefined);
  });
  abort.abort();
  jest.restoreAllMocks();
  expect(line).toBe("Cloudflare responded with 503. Retrying in 10 s.");
});
