import { startEmulator, type Emulator, type Fault } from "../../emulator/index.js";
import type { ApiRequest } from "../../provider/cloudflare/client.js";
import { RetryableError } from "../../provider/cloudflare/error.js";
import { ACCOUNT } from "../ids.js";
import { messageOf, SUCCESS } from "./errors.js";
import { GET, intervalsBetween, PATH, PUT, REVOKE, until } from "./requests.js";
import { retryingClient } from "./retrying-client.js";
import { shortenAttemptTimeout } from "./shorten-attempt-timeout.js";

jest.setTimeout(30_000);

let emulator: Emulator;
beforeEach(async () => {
  emulator = await startEmulator();
  emulator.seed("accounts", ACCOUNT);
});
afterEach(async () => {
  jest.restoreAllMocks();
  await emulator.close();
});

/** The number of attempts of a request whose first attempt fails, and its outcome. */
async function attemptsOf(request: ApiRequest, fault: Fault) {
  emulator.clearRequests();
  emulator.fault(fault);
  const message = await messageOf(retryingClient(emulator).send(request));
  return [emulator.requests.length, message === SUCCESS ? "succeeds" : "fails"];
}

describe("A request is retried", () => {
  it.each<[string, Fault]>([
    ...[408, 429, 500, 502, 503, 504, 520, 522, 524, 530].map((status): [string, Fault] => [
      `a ${status}`,
      { status },
    ]),
    ["a 502 with an HTML page", { status: 502, body: "<html>Bad gateway</html>" }],
    ["a connection that is reset before the request", { reset: "before" }],
    ["a connection that is reset after the request", { reset: "after" }],
    ["a response that breaks off", { truncateAfter: 20 }],
  ])("after %s", async (_, fault) => {
    for (const request of [GET, PUT, REVOKE])
      expect(await attemptsOf(request, fault)).toEqual([2, "succeeds"]);
  });

  it("after a response that takes too long", async () => {
    shortenAttemptTimeout();
    for (const request of [GET, PUT, REVOKE])
      expect(await attemptsOf(request, { delayMs: 3000 })).toEqual([2, "succeeds"]);
  });

  it("after a refused connection", async () => {
    const { port } = new URL(emulator.baseUrl);
    await emulator.close();
    const sent = retryingClient(emulator, { minBackoff: 0.05, maxBackoff: 0.05 }).send(PUT);
    await new Promise((resolve) => setTimeout(resolve, 100));
    emulator = await startEmulator({ port: Number(port) });
    emulator.seed("accounts", ACCOUNT);
    await sent;
    expect(emulator.requests).toHaveLength(1);
  });

  it("with the same body", async () => {
    await attemptsOf(PUT, { status: 503 });
    expect(emulator.requests.map(({ body }) => body)).toEqual([PUT.body, PUT.body]);
  });
});

it.each<[string, Fault]>([
  ...[400, 401, 403, 404, 409, 422, 501, 505].map((status): [string, Fault] => [
    `a ${status}`,
    { status },
  ]),
  ["a redirect", { status: 302, headers: { location: "/client/v4" } }],
  ["a 200 with an HTML page", { body: "<html>Welcome</html>" }],
  ["an empty response", { status: 200, body: "" }],
  ["a response that is too large", { body: "x".repeat(9 * 1024 * 1024) }],
])("A request is not retried after %s", async (_, fault) => {
  expect(await attemptsOf(GET, fault)).toEqual([1, "fails"]);
});

describe("The time before a retry", () => {
  it.each([429, 503])("is as long as the retry-after header of a %i", async (status) => {
    emulator.fault({ status, headers: { "retry-after": "1" } });
    await retryingClient(emulator, { minBackoff: 9, maxBackoff: 9 }).send(GET);
    const [interval = 0] = intervalsBetween(emulator);
    expect(interval).toBeGreaterThanOrEqual(995);
    expect(interval).toBeLessThan(1800);
  });

  it("ends at the time in the retry-after header, if it is a date", async () => {
    const inTwoSeconds = new Date(Date.now() + 2000);
    emulator.fault({ status: 503, headers: { "retry-after": inTwoSeconds.toUTCString() } });
    await retryingClient(emulator, { minBackoff: 9, maxBackoff: 9 }).send(GET);
    const wholeSecond = Math.floor(inTwoSeconds.getTime() / 1000) * 1000;
    expect(emulator.requests[1]?.startedAt).toBeGreaterThanOrEqual(wholeSecond - 5);
    expect(emulator.requests[1]?.startedAt).toBeLessThan(wholeSecond + 1500);
  });

  it.each([
    ["at least half of the backoff", 0, [20, 40, 80, 80]],
    ["at most the whole backoff", 0.999, [39, 79, 159, 159]],
  ])("is %s, which doubles up to maxBackoff", async (_, random, expected) => {
    jest.spyOn(Math, "random").mockReturnValue(random);
    emulator.fault({ status: 503, times: 4 });
    await retryingClient(emulator, { minBackoff: 0.04, maxBackoff: 0.16 }).send(GET);
    const intervals = intervalsBetween(emulator);
    expect(intervals).toHaveLength(4);
    intervals.forEach((interval, index) => {
      expect(interval).toBeGreaterThanOrEqual((expected[index] ?? 0) - 2);
      expect(interval).toBeLessThan((expected[index] ?? 0) + 400);
    });
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
  async function logged(fault: Fault, isStale = false): Promise<string[]> {
    const lines: string[] = [];
    const abort = new AbortController();
    emulator.fault(fault);
    const client = retryingClient(
      emulator,
      { minBackoff: 12, maxBackoff: 12 },
      {
        log: (line) => lines.push(line.replace(/\b(?:[6-9]|1[0-2]) s/, "<backoff>")),
        signal: abort.signal,
      },
    );
    const sent = client.sequence(1, async (sender) => {
      await sender.send(GET);
      if (isStale) throw new RetryableError("Nothing was written. Run again in a moment.");
    });
    const ended = messageOf(sent);
    await until(() => emulator.requests.length > 0);
    setTimeout(() => abort.abort(), 200);
    expect(await ended).not.toBe(SUCCESS);
    return lines;
  }

  it.each<[string, Fault, string]>([
    [
      "the time that a 429 asks for",
      { status: 429, headers: { "retry-after": "300" } },
      "Cloudflare responded with 429. Retrying in 300 s.",
    ],
    [
      "the time that a 503 asks for",
      { status: 503, headers: { "retry-after": "30" } },
      "Cloudflare responded with 503. Retrying in 30 s.",
    ],
    ["a 503", { status: 503 }, "Cloudflare responded with 503. Retrying in <backoff>."],
    ["a network error", { reset: "before" }, "Cloudflare did not respond. Retrying in <backoff>."],
  ])("is logged in one line, with its reason and its length: %s", async (_, fault, line) => {
    expect(await logged(fault)).toEqual([line]);
  });

  it("is logged as the consequence of an outdated response", async () => {
    expect(await logged({ headers: {} }, true)).toEqual([
      "Cloudflare's response is out of date. Retrying in <backoff>.",
    ]);
  });

  it("is not logged if it is shorter than a few seconds", async () => {
    expect(await logged({ status: 429, headers: { "retry-after": "4" } })).toEqual([]);
  });
});
