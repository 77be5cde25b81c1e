import { EMULATOR_TOKEN, startEmulator, type Emulator } from "../../emulator/index.js";
import type { CloudflareClient } from "../../provider/cloudflare/client.js";
import { connect } from "../../provider/cloudflare/connect.js";
import { ACCOUNT } from "../ids.js";
import { gaps, GET, messageOf, PUT, repeating } from "./repeating.js";

jest.setTimeout(60_000);

let emulator: Emulator;
afterEach(() => emulator.close());

async function start(options: Parameters<typeof startEmulator>[0] = {}): Promise<void> {
  emulator = await startEmulator(options);
  emulator.seed("accounts", ACCOUNT);
}

/** Sends calls as an engine does: so many at a time. */
async function send(client: CloudflareClient, calls: number, atATime = 8): Promise<void> {
  let left = calls;
  const worker = async () => {
    while (left-- > 0) await client.send(GET);
  };
  await Promise.all(Array.from({ length: atATime }, worker));
}

async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((done) => setTimeout(done, 5));
}

const refused = () => emulator.requests.filter(({ status }) => status === 429).length;

describe("the first call", () => {
  const LATENCY_MS = 500;
  /** Timers may fire a little early by another clock. */
  const WHOLE_LATENCY_MS = LATENCY_MS - 5;

  it("goes alone and tells what is left; then calls go side by side", async () => {
    await start({ latencyMs: LATENCY_MS });
    const client = repeating(emulator);
    await Promise.all(Array.from({ length: 5 }, () => client.send(GET)));
    const [afterFirst, ...afterOthers] = gaps(emulator);
    expect(afterFirst).toBeGreaterThanOrEqual(WHOLE_LATENCY_MS);
    expect(afterOthers).toHaveLength(3);
    expect(afterOthers.reduce((sum, gap) => sum + gap)).toBeLessThan(LATENCY_MS);
  });

  it("goes alone for all connections with one credential, whatever else they differ in", async () => {
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
    const [gap] = gaps(emulator);
    expect(gap).toBeGreaterThanOrEqual(WHOLE_LATENCY_MS);
  });
});

describe("a call that must not grow old", () => {
  it("goes before all others that wait", async () => {
    await start({ latencyMs: 20 });
    const client = repeating(emulator);
    const looks = Array.from({ length: 5 }, () => client.send(GET));
    await Promise.all([...looks, client.send({ ...PUT, freshForMs: 10_000 })]);
    const methods = emulator.requests.map(({ method }) => method);
    expect(methods.indexOf("PUT")).toBeLessThan(3); // one had its turn already, one was at the gate
    expect(methods).toHaveLength(6);
  });
});

describe("calls stay below the limit", () => {
  // 100 calls in 5 s, blocked for 5 s: Cloudflare's own times, 60 times as fast.
  const rateLimit = { limit: 100, timeScale: 60 };
  const WINDOW_MS = 5000;
  /** The header tells whole seconds only. */
  const ROUNDING_MS = 1000;

  it("and are as fast as it allows", async () => {
    await start({ rateLimit });
    await send(repeating(emulator), 150);
    expect(refused()).toBe(0);
    const sent = emulator.requests.map(({ startedAt }) => startedAt);
    // The last call may leave once the window has forgotten the one that came 100 before it.
    const allowedFrom = (sent[49] ?? 0) + WINDOW_MS;
    expect(sent[149]).toBeGreaterThanOrEqual(allowedFrom);
    expect(sent[149]).toBeLessThan(allowedFrom + 0.15 * WINDOW_MS + ROUNDING_MS);
  });

  it("also where others have spent most of it before", async () => {
    await start({ rateLimit });
    await send(repeating(emulator), 90);
    const late = repeating(emulator);
    void send(late, 50);
    await new Promise((done) => setTimeout(done, 1500));
    expect(emulator.requests.length).toBeGreaterThan(90);
    expect(emulator.requests.length).toBeLessThanOrEqual(100);
    await until(() => emulator.requests.length === 140);
    expect(refused()).toBe(0);
  });

  it("also where another process takes from it at the same time", async () => {
    await start({ rateLimit: { limit: 300, timeScale: 100 } });
    await Promise.all([send(repeating(emulator), 200), send(repeating(emulator), 200)]);
    expect(emulator.requests).toHaveLength(400);
    expect(refused()).toBe(0);
  });
});

describe("a wait for the next call", () => {
  /** A client after an answer that told of a rate limit, and what it tells. */
  async function clientAfter(headers: Record<string, string>) {
    const told: string[] = [];
    const stop = new AbortController();
    await start();
    const client = repeating(emulator, {}, { log: (line) => told.push(line), signal: stop.signal });
    emulator.fault({ headers });
    await client.send(GET);
    return { client, told, stop };
  }

  it("is told where it is longer than a few seconds, and ends at once", async () => {
    const { client, told, stop } = await clientAfter({
      ratelimit: '"default";r=0;t=200',
      "ratelimit-policy": '"default";q=600;w=300',
    });
    const sent = Promise.all([messageOf(client.send(GET)), messageOf(client.send(GET))]);
    await until(() => told.length > 0);
    const stoppedAt = performance.now();
    stop.abort();
    expect((await sent)[0]).toMatchInlineSnapshot(
      `"GET /accounts/023e105f4ecef8ad9ca31a8372d0c353/access/organizations got no answer: told to stop while it waited for Cloudflare's rate limit"`,
    );
    expect(performance.now() - stoppedAt).toBeLessThan(500);
    expect(told).toEqual([
      "Cloudflare takes 600 calls in 300 s: waiting 200 s for the next.",
      ...told.slice(1, 2),
    ]);
    expect(emulator.requests).toHaveLength(1);
  });

  it("is not told where it is short, and is no part of any budget", async () => {
    const { client, told } = await clientAfter({ ratelimit: '"default";r=0;t=1' });
    const impatient = { ...GET, hurried: true };
    const startedAt = performance.now();
    await client.send(impatient);
    expect(performance.now() - startedAt).toBeGreaterThan(900);
    expect(told).toEqual([]);
  });

  it("of more than a few seconds is none for an answer that is only worth having at once", async () => {
    const { client, stop } = await clientAfter({ ratelimit: '"default";r=0;t=200' });
    const patient = messageOf(client.send(GET));
    const startedAt = performance.now();
    const hurried = { ...GET, hurried: true };
    const [one, other] = await Promise.all([
      messageOf(client.send(hurried)),
      messageOf(client.send(hurried)),
    ]);
    expect(performance.now() - startedAt).toBeLessThan(1000);
    expect(other).toBe(one);
    expect(one.replace(/\b(?:199|200) s/, "<some> s")).toMatchInlineSnapshot(
      `"GET /accounts/023e105f4ecef8ad9ca31a8372d0c353/access/organizations got no answer: the next call would wait <some> s for Cloudflare's rate limit"`,
    );
    expect(emulator.requests).toHaveLength(1);
    stop.abort();
    await patient;
  });

  it("that only another answer tells of is none for it either, whoever came first", async () => {
    await start({ latencyMs: 100 });
    const stop = new AbortController();
    const client = repeating(emulator, {}, { signal: stop.signal });
    emulator.fault({ status: 429, headers: { "retry-after": "200" } });
    const patient = [messageOf(client.send(GET)), messageOf(client.send(GET))];
    await until(() => emulator.requests.length === 1);
    expect(await messageOf(client.send({ ...GET, hurried: true }))).toMatch(
      /got no answer: the next call would wait \d+ s for Cloudflare's rate limit/,
    );
    expect(emulator.requests).toHaveLength(1);
    stop.abort();
    await Promise.all(patient);
  });

  it.each([
    ["a limit", { ratelimit: '"daily";r=0;t=86400' }],
    ["a policy", { ratelimit: '"daily";r=10', "ratelimit-policy": '"daily";q=1;w=86400' }],
    ["a number beyond any", { ratelimit: `"default";r=0;t=${"9".repeat(300)}` }],
  ])("is not longer than Cloudflare ever blocks, whatever is told of %s", async (_, headers) => {
    const { client } = await clientAfter(headers);
    await client.send(GET);
    await client.send(GET);
    expect(emulator.requests).toHaveLength(3);
  });
});

describe("after a 429", () => {
  it("nobody calls until the time that it names", async () => {
    await start();
    const client = repeating(emulator);
    await client.send(GET);
    emulator.fault({ status: 429, headers: { "retry-after": "1" } });
    const first = client.send(GET);
    await until(() => refused() === 1);
    await new Promise((done) => setTimeout(done, 150));
    await Promise.all([first, client.send(GET), client.send(GET)]);
    const [, refusal, ...later] = emulator.requests.map(({ startedAt }) => startedAt);
    expect(later).toHaveLength(3);
    expect(Math.min(...later) - (refusal ?? 0)).toBeGreaterThanOrEqual(995);
  });

  it("that asks for more than Cloudflare ever blocks, each call meets its own", async () => {
    await start();
    const client = repeating(emulator);
    emulator.fault({ status: 429, headers: { "retry-after": "86400" }, times: 2 });
    for (const call of [GET, GET]) await expect(client.send(call)).rejects.toThrow("too long");
    await client.send(GET);
  });
});

describe("a call that gets no answer", () => {
  it("lets the next one pass", async () => {
    await start();
    emulator.fault({ reset: "before", times: 3 });
    await send(repeating(emulator), 4);
    expect(emulator.requests).toHaveLength(7);
  });

  it("may have been counted all the same", async () => {
    await start();
    const told: string[] = [];
    const stop = new AbortController();
    const client = repeating(
      emulator,
      { retries: 0 },
      { log: (line) => told.push(line), signal: stop.signal },
    );
    emulator.fault({ headers: { ratelimit: '"default";r=14;t=300' } });
    await client.send(GET);
    emulator.fault({ reset: "after", times: Infinity });
    for (const call of [GET, GET]) await messageOf(client.send(call));
    const third = messageOf(client.send(GET));
    await until(() => told.length > 0);
    stop.abort();
    expect(await third).toMatch("told to stop");
    expect(emulator.requests).toHaveLength(3);
  });
});
