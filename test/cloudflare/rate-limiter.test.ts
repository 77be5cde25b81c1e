import { setTimeout as sleep } from "node:timers/promises";
import { EMULATOR_TOKEN, startEmulator, type Emulator } from "../../emulator/index.js";
import type { CloudflareClient } from "../../provider/cloudflare/client.js";
import { connect } from "../../provider/cloudflare/connect.js";
import { ACCOUNT } from "../ids.js";
import { messageOf } from "./errors.js";
import { GET, intervalsBetween, logOf, PATH, readAndWrite, until } from "./requests.js";
import { clientAfterResponse, retryingClient } from "./retrying-client.js";

let emulator: Emulator;
afterEach(() => emulator.close());

async function start(options: Parameters<typeof startEmulator>[0] = {}): Promise<void> {
  emulator = await startEmulator(options);
  emulator.seed("accounts", ACCOUNT);
}

/** Sends requests as an engine does: several at the same time. */
async function send(client: CloudflareClient, requests: number, parallel = 8): Promise<void> {
  let remaining = requests;
  const worker = async () => {
    while (remaining-- > 0) await client.send(GET);
  };
  await Promise.all(Array.from({ length: parallel }, worker));
}

/** A client after a response with these headers, and the lines that it logs. */
async function clientAfter(headers: Record<string, string>) {
  await start();
  return clientAfterResponse(emulator, headers);
}

const rejections = () => emulator.requests.filter(({ status }) => status === 429).length;

describe("The rate limiter, before the first response,", () => {
  const LATENCY_MS = 500;
  /** The server's clock may differ a little from the client's. */
  const WHOLE_LATENCY_MS = LATENCY_MS - 5;

  it("sends the first request alone to learn the remaining quota, and the others in parallel", async () => {
    await start({ latencyMs: LATENCY_MS });
    const client = retryingClient(emulator);
    await Promise.all(Array.from({ length: 5 }, () => client.send(GET)));
    const [afterFirst, ...afterOthers] = intervalsBetween(emulator);
    expect(afterFirst).toBeGreaterThanOrEqual(WHOLE_LATENCY_MS);
    expect(afterOthers).toHaveLength(3);
    expect(afterOthers.reduce((sum, interval) => sum + interval)).toBeLessThan(LATENCY_MS);
  });

  it("sends the first operation alone, with all its requests", async () => {
    await start({ latencyMs: 50 });
    const client = retryingClient(emulator);
    const write = client.sequence(2, readAndWrite);
    await Promise.all([write, client.send(GET), client.send(GET)]);
    expect(logOf(emulator)[0]).toBe("GET 200");
    expect(intervalsBetween(emulator)[0]).toBeGreaterThanOrEqual(45);
    expect(logOf(emulator).filter((line) => line === "PUT 200")).toHaveLength(1);
  });

  it("sends the first request alone for all clients of one credential", async () => {
    await start({ latencyMs: LATENCY_MS });
    const configs = ["0", "5"].map((retries): Record<string, string> => ({
      "zerotrust:apiToken": EMULATOR_TOKEN,
      "zerotrust:baseUrl": emulator.baseUrl,
      "zerotrust:retries": retries,
    }));
    const open = (config: Record<string, string>) =>
      connect(
        (key) => config[key],
        () => undefined,
      );
    const clients = await Promise.all(configs.map(open));
    expect(new Set(clients).size).toBe(2);
    await Promise.all(clients.map((client) => client.send(GET)));
    const [interval] = intervalsBetween(emulator);
    expect(interval).toBeGreaterThanOrEqual(WHOLE_LATENCY_MS);
  });

  it("sends the next request alone if the first one gets no response", async () => {
    await start({ latencyMs: 50 });
    emulator.fault({ reset: "before", times: 3 });
    await send(retryingClient(emulator), 4);
    expect(emulator.requests).toHaveLength(7);
    expect(Math.min(...intervalsBetween(emulator).slice(0, 3))).toBeGreaterThanOrEqual(45);
  });
});

describe("The rate limiter stays below the limit", () => {
  // 100 requests in 3 s, blocked for 3 s: Cloudflare's own times, 100 times as fast.
  const rateLimit = { limit: 100, timeScale: 100 };
  const WINDOW_MS = 3000;
  /** The header contains whole seconds only. */
  const ROUNDING_MS = 1000;

  it("and sends requests as fast as the limit allows", async () => {
    await start({ rateLimit });
    await send(retryingClient(emulator), 150);
    expect(rejections()).toBe(0);
    const sent = emulator.requests.map(({ startedAt }) => startedAt);
    // The last request is allowed when the one that was sent 100 requests before it leaves the window.
    const allowedFrom = (sent[49] ?? 0) + WINDOW_MS;
    expect(sent[149]).toBeGreaterThanOrEqual(allowedFrom);
    expect(sent[149]).toBeLessThan(allowedFrom + 0.15 * WINDOW_MS + ROUNDING_MS);
  });

  it("if other clients have used most of it before", async () => {
    await start({ rateLimit });
    await send(retryingClient(emulator), 90);
    const late = retryingClient(emulator);
    void send(late, 50);
    await sleep(WINDOW_MS / 3);
    expect(emulator.requests.length).toBeGreaterThan(90);
    expect(emulator.requests.length).toBeLessThanOrEqual(100);
    await until(() => emulator.requests.length === 140);
    expect(rejections()).toBe(0);
  });

  it("if another process uses it at the same time", async () => {
    await start({ rateLimit: { ...rateLimit, limit: 300 } });
    await Promise.all([send(retryingClient(emulator), 200), send(retryingClient(emulator), 200)]);
    expect(emulator.requests).toHaveLength(400);
    expect(rejections()).toBe(0);
  });

  it("with operations of several requests", async () => {
    await start({ rateLimit });
    const client = retryingClient(emulator);
    await Promise.all(Array.from({ length: 75 }, () => client.sequence(2, readAndWrite)));
    expect(emulator.requests).toHaveLength(150);
    expect(rejections()).toBe(0);
  });
});

describe("A wait for the rate limit", () => {
  it("is logged once if it is longer than a few seconds", async () => {
    const { client, lines, abort } = await clientAfter({
      ratelimit: '"default";r=0;t=200',
      "ratelimit-policy": '"default";q=600;w=300',
    });
    const sent = messageOf(client.send(GET));
    await until(() => lines.length > 0);
    expect(emulator.requests).toHaveLength(1);
    abort.abort();
    await sent;
    expect(lines).toEqual([
      "Cloudflare allows 600 requests in 300 s. Waiting 200 s for the next one.",
    ]);
  });

  it("is not logged if it is short, and does not use the retry budget", async () => {
    await start();
    const lines: string[] = [];
    const log = (line: string) => lines.push(line);
    const noRetries = { retries: 0, maxRetryTime: 0, maxRateLimitTime: 0 };
    const client = retryingClient(emulator, noRetries, { log });
    emulator.fault({ headers: { ratelimit: '"default";r=0;t=1' } });
    await client.send(GET);
    await client.send(GET);
    expect(intervalsBetween(emulator)[0]).toBeGreaterThan(900);
    expect(lines).toEqual([]);
  });

  it("is in the order of the operations, so that reads do not overtake a write", async () => {
    // A hundredth of 1,200 is the reserve, so that one permit is available, and not two.
    const { client } = await clientAfter({ ratelimit: '"default";r=13;t=1' });
    const write = client.sequence(2, readAndWrite);
    const later = client.send({ ...GET, path: `${PATH}/doh` });
    await Promise.all([write, later]);
    expect(emulator.requests.map(({ path }) => path)).toEqual([PATH, PATH, PATH, `${PATH}/doh`]);
  });

  it.each([
    ["limit", { ratelimit: '"daily";r=0;t=86400' }],
    ["policy", { ratelimit: '"daily";r=10', "ratelimit-policy": '"daily";q=1;w=86400' }],
    ["number", { ratelimit: `"default";r=0;t=${"9".repeat(300)}` }],
  ])("is not longer than Cloudflare ever blocks, whatever %s a header has", async (_, headers) => {
    const { client } = await clientAfter(headers);
    await client.send(GET);
    await client.send(GET);
    expect(emulator.requests).toHaveLength(3);
  });
});

describe("A 429 response", () => {
  it("holds back all requests until the time that it names", async () => {
    await start();
    const client = retryingClient(emulator);
    await client.send(GET);
    emulator.fault({ status: 429, headers: { "retry-after": "1" } });
    const first = client.send(GET);
    await until(() => rejections() === 1);
    await sleep(150);
    await Promise.all([first, client.send(GET), client.send(GET)]);
    const [, rejection, ...later] = emulator.requests.map(({ startedAt }) => startedAt);
    expect(later).toHaveLength(3);
    expect(Math.min(...later) - (rejection ?? 0)).toBeGreaterThanOrEqual(995);
  });

  it("does not hold back other requests if it names a longer time than Cloudflare ever blocks", async () => {
    await start();
    const client = retryingClient(emulator);
    emulator.fault({ status: 429, headers: { "retry-after": "86400" }, times: 2 });
    for (const request of [GET, GET])
      await expect(client.send(request)).rejects.toThrow("is too long");
    await client.send(GET);
  });
});

it("The rate limiter counts a request without a response, because the API may have counted it", async () => {
  await start();
  const lines: string[] = [];
  const abort = new AbortController();
  const options = { log: (line: string) => lines.push(line), signal: abort.signal };
  const client = retryingClient(emulator, { retries: 0 }, options);
  emulator.fault({ headers: { ratelimit: '"default";r=14;t=300' } });
  await client.send(GET);
  emulator.fault({ reset: "after", times: Infinity });
  for (const request of [GET, GET]) await messageOf(client.send(request));
  const third = messageOf(client.send(GET));
  await until(() => lines.length > 0);
  abort.abort();
  expect(await third).toMatch("Cancelled");
  expect(emulator.requests).toHaveLength(3);
});
