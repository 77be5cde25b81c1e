import { startEmulator, type Emulator, type Fault } from "../../emulator/index.js";
import { backoffMs } from "../../provider/cloudflare/retry.js";
import type { RetryOptions } from "../../provider/cloudflare/retry-options.js";
import { ACCOUNT } from "../ids.js";
import { messageOf, SUCCESS } from "./errors.js";
import { GET, intervalsBetween, PATH, PUT, REVOKE, until } from "./requests.js";
import { retryingClient } from "./retrying-client.js";

let emulator: Emulator;
beforeEach(async () => {
  emulator = await startEmulator();
  emulator.seed("accounts", ACCOUNT);
});
afterEach(async () => {
  jest.restoreAllMocks();
  await emulator.close();
});

describe("A request", () => {
  it.each([429, 503])("is retried with the same body after a %i", async (status) => {
    for (const request of [PUT, REVOKE]) {
      emulator.clearRequests();
      emulator.fault({ status });
      await retryingClient(emulator).send(request);
      expect(emulator.requests.map(({ body }) => body)).toEqual([request.body, request.body]);
    }
  });

  it.each([400, 501])("is not retried after a %i", async (status) => {
    emulator.fault({ status });
    expect(await messageOf(retryingClient(emulator).send(GET))).toMatch(`${status}\n`);
    expect(emulator.requests).toHaveLength(1);
  });
});

describe("The time before a retry", () => {
  it.each([429, 503])("is as long as the retry-after header of a %i", async (status) => {
    emulator.fault({ status, headers: { "retry-after": "1" } });
    await retryingClient(emulator, { minBackoff: 9, maxBackoff: 9 }).send(GET);
    const [interval = 0] = intervalsBetween(emulator);
    expect(interval).toBeGreaterThanOrEqual(995);
    expect(interval).toBeLessThan(4000);
  });

  it("ends at the time in the retry-after header, if it is a date", async () => {
    const inTwoSeconds = new Date(Date.now() + 2000);
    emulator.fault({ status: 503, headers: { "retry-after": inTwoSeconds.toUTCString() } });
    await retryingClient(emulator, { minBackoff: 9, maxBackoff: 9 }).send(GET);
    const wholeSecond = Math.floor(inTwoSeconds.getTime() / 1000) * 1000;
    expect(emulator.requests[1]?.startedAt).toBeGreaterThanOrEqual(wholeSecond - 5);
    expect(emulator.requests[1]?.startedAt).toBeLessThan(wholeSecond + 4000);
  });

  it.each([
    ["at least half of the backoff", 0, [20, 40, 80, 80]],
    ["at most the whole backoff", 1, [40, 80, 160, 160]],
  ])("is %s, which doubles up to maxBackoff", (_, random, expected) => {
    jest.spyOn(Math, "random").mockReturnValue(random);
    const options = { minBackoff: 0.04, maxBackoff: 0.16 };
    expect([1, 2, 3, 4].map((attempt) => backoffMs(attempt, options))).toEqual(expected);
  });

  it("is never longer than the wait that ends the retries", () => {
    jest.spyOn(Math, "random").mockReturnValue(1);
    expect(backoffMs(1, { minBackoff: 900, maxBackoff: 900 })).toBe(300_000);
  });

  it("does not hold back other requests after a 503", async () => {
    emulator.fault({ status: 503, path: PATH, headers: { "retry-after": "1" } });
    const client = retryingClient(emulator);
    const retried = client.send(GET);
    await client.send({ ...GET, path: `${PATH}/doh` });
    expect(emulator.requests.map(({ path }) => path)).toEqual([PATH, `${PATH}/doh`]);
    await retried;
  });
});

describe("The log line before a retry", () => {
  /** What is logged before the first wait, which is then cancelled. */
  async function logged(fault: Fault): Promise<string[]> {
    jest.spyOn(Math, "random").mockReturnValue(1);
    const lines: string[] = [];
    const abort = new AbortController();
    const log = (line: string) => lines.push(line);
    emulator.fault(fault);
    const options = { minBackoff: 9.5, maxBackoff: 38 };
    const client = retryingClient(emulator, options, { log, signal: abort.signal });
    const ended = messageOf(client.send(GET));
    await until(() => emulator.requests.length > 0);
    setTimeout(() => abort.abort(), 200);
    expect(await ended).not.toBe(SUCCESS);
    return lines;
  }

  it.each<[string, Fault, string]>([
    [
      "the time that a 429 asks for",
      { status: 429, headers: { "retry-after": "5" } },
      "Cloudflare responded with 429. Retrying in 5 s.",
    ],
    [
      "Cloudflare's longest block",
      { status: 429, headers: { "retry-after": "300" } },
      "Cloudflare responded with 429. Retrying in 300 s.",
    ],
    ["minBackoff after a 503", { status: 503 }, "Cloudflare responded with 503. Retrying in 10 s."],
    [
      "minBackoff after a network error",
      { reset: "before" },
      "Cloudflare did not respond. Retrying in 10 s.",
    ],
  ])("gives the reason and the length of the wait: %s", async (_, fault, line) => {
    expect(await logged(fault)).toEqual([line]);
  });

  it("is not logged if it is shorter than a few seconds", async () => {
    expect(await logged({ status: 429, headers: { "retry-after": "4" } })).toEqual([]);
  });
});

describe("The last error is thrown", () => {
  const noTime = { maxRetryTime: 0, maxRateLimitTime: 0 };
  const muchTime = { maxRetryTime: 9999, maxRateLimitTime: 9999 };
  const asking = (status: number, seconds: string): Fault => ({
    status,
    headers: { "retry-after": seconds },
  });

  it.each<[string, Fault, Partial<RetryOptions>, number, string]>([
    ["after `retries` retries", { status: 503 }, { retries: 2 }, 3, " (3 attempts; retries is 2)"],
    [
      "if the failed attempt alone took longer than maxRetryTime",
      { status: 503, delayMs: 600 },
      { maxRetryTime: 0.5 },
      1,
      " (another attempt exceeds maxRetryTime)",
    ],
    [
      "if a 429 asks for a longer wait than maxRateLimitTime",
      asking(429, "60"),
      { maxRateLimitTime: 59 },
      1,
      " (a wait of 60 s more exceeds maxRateLimitTime)",
    ],
    [
      "if a 429 asks for a longer wait than Cloudflare ever blocks",
      asking(429, "301"),
      muchTime,
      1,
      " (a wait of 301 s is too long)",
    ],
    [
      "if a 503 asks for a longer wait than Cloudflare ever blocks",
      asking(503, "301"),
      muchTime,
      1,
      " (a wait of 301 s is too long)",
    ],
    [
      "without a reason, if a 429 has no retries",
      { status: 429 },
      { ...noTime, retries: 0 },
      1,
      "",
    ],
    [
      "without a reason, if a 503 has no retries",
      { status: 503 },
      { ...noTime, retries: 0 },
      1,
      "",
    ],
    ["without a reason, if a 503 has no time for a retry", { status: 503 }, noTime, 1, ""],
  ])("%s", async (_, fault, options, attempts, reason) => {
    emulator.fault({ ...fault, times: Infinity });
    const message = await messageOf(retryingClient(emulator, options).send(GET));
    expect(emulator.requests).toHaveLength(attempts);
    expect(message.split("\n")[0]).toBe(`GET ${PATH} was rejected with ${fault.status}${reason}`);
  });

  it("if another attempt after network errors exceeds maxRetryTime", async () => {
    emulator.fault({ reset: "before", times: Infinity });
    const options = { retries: 1000, minBackoff: 0.05, maxBackoff: 0.05, maxRetryTime: 0.4 };
    const message = await messageOf(retryingClient(emulator, options).send(GET));
    expect(emulator.requests.length).toBeGreaterThan(3);
    expect(message.replace(/\d+ attempts/, "<several> attempts")).toBe(
      `GET ${PATH} got no response: socket hang up (<several> attempts; another attempt exceeds maxRetryTime)`,
    );
  });
});

it("A 429 may ask for exactly the wait that maxRateLimitTime allows", async () => {
  emulator.fault({ status: 429, headers: { "retry-after": "1" } });
  await retryingClient(emulator, { maxRateLimitTime: 1 }).send(GET);
  expect(emulator.requests).toHaveLength(2);
});
