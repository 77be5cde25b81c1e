import { startEmulator, type Emulator, type Fault } from "../../emulator/index.js";
import type { ApiRequest } from "../../provider/cloudflare/client.js";
import { ACCOUNT } from "../ids.js";
import { hastenTries } from "./hastened.js";
import { gaps, GET, messageOf, PATH, POST, PUT, repeating, REVOKE } from "./repeating.js";

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

/** How often a request arrives that meets a fault once, and whether it succeeds. */
async function triesOf(request: ApiRequest, fault: Fault) {
  emulator.fault(fault);
  const message = await messageOf(repeating(emulator).send(request));
  return [emulator.requests.length, message === "nothing was thrown" ? "succeeds" : "fails"];
}

const PASSING: [string, Fault][] = [
  ...[408, 429, 500, 502, 503, 504, 520, 522, 524, 530].map((status): [string, Fault] => [
    `an answer of ${status}`,
    { status },
  ]),
  ["a 502 that is a page", { status: 502, body: "<html>Bad gateway</html>" }],
  ["a connection that is reset before", { reset: "before" }],
  ["a connection that is reset after the request took effect", { reset: "after" }],
  ["an answer that breaks off", { truncateAfter: 20 }],
];

const LASTING: [string, Fault][] = [
  ...[400, 401, 403, 404, 409, 422, 501, 505].map((status): [string, Fault] => [
    `an answer of ${status}`,
    { status },
  ]),
  ["a redirect", { status: 302, headers: { location: "/client/v4" } }],
  ["a page with the status of success", { body: "<html>Welcome</html>" }],
  ["an empty answer", { status: 200, body: "" }],
  ["an answer larger than any", { body: "x".repeat(9 * 1024 * 1024) }],
];

describe("reading, replacing and revoking are repeated", () => {
  it.each(PASSING)("after %s", async (_, fault) => {
    for (const request of [GET, PUT, REVOKE]) {
      emulator.clearRequests();
      expect(await triesOf(request, fault)).toEqual([2, "succeeds"]);
    }
  });

  it("after an answer that does not come in time", async () => {
    hastenTries();
    expect(await triesOf(PUT, { delayMs: 3000 })).toEqual([2, "succeeds"]);
    expect(await triesOf(POST, { delayMs: 3000 })).toEqual([3, "fails"]);
  });

  it("with the same body", async () => {
    await triesOf(PUT, { status: 503 });
    expect(emulator.requests.map(({ body }) => body)).toEqual([PUT.body, PUT.body]);
  });

  it.each(LASTING)("not after %s, which no repetition mends", async (_, fault) => {
    expect(await triesOf(GET, fault)).toEqual([1, "fails"]);
  });
});

describe("a POST is repeated only where it can't have arrived", () => {
  it.each(PASSING.filter(([, { status }]) => status !== 429))("not after %s", async (_, fault) => {
    emulator.remove("accounts", ACCOUNT);
    expect(await triesOf(POST, fault)).toEqual([1, "fails"]);
  });

  it("but after an answer of 429, which refuses before anything is done", async () => {
    emulator.remove("accounts", ACCOUNT);
    expect(await triesOf(POST, { status: 429 })).toEqual([2, "succeeds"]);
  });

  it("and where nobody listened", async () => {
    emulator.remove("accounts", ACCOUNT);
    await emulator.close();
    const posted = repeating(emulator, { minBackoff: 0.05, maxBackoff: 0.05 }).send(POST);
    const [before] = await Promise.all([restarted(), posted]);
    expect(before.requests).toEqual([]);
    expect(emulator.requests.map(({ method, status }) => `${method} ${status ?? ""}`)).toEqual([
      "POST 201",
    ]);
  });

  async function restarted(): Promise<Emulator> {
    const before = emulator;
    emulator = await startEmulator({ port: Number(new URL(before.baseUrl).port) });
    return before;
  }
});

describe("the wait before the next try", () => {
  it.each([429, 503])("is what a %i asks for, exactly", async (status) => {
    emulator.fault({ status, headers: { "retry-after": "1" } });
    await repeating(emulator, { minBackoff: 9, maxBackoff: 9 }).send(GET);
    const [gap = 0] = gaps(emulator);
    expect(gap).toBeGreaterThanOrEqual(995);
    expect(gap).toBeLessThan(1800);
  });

  it("is until the time that an answer names", async () => {
    const inTwoSeconds = new Date(Date.now() + 2000);
    emulator.fault({ status: 503, headers: { "retry-after": inTwoSeconds.toUTCString() } });
    await repeating(emulator, { minBackoff: 9, maxBackoff: 9 }).send(GET);
    const wholeSecond = Math.floor(inTwoSeconds.getTime() / 1000) * 1000;
    expect(emulator.requests[1]?.startedAt).toBeGreaterThanOrEqual(wholeSecond - 5);
    expect(emulator.requests[1]?.startedAt).toBeLessThan(wholeSecond + 1500);
  });

  it.each([
    ["half of it fixed", 0, [20, 40, 80, 80]],
    ["half of it at random", 0.999, [39, 79, 159, 159]],
  ])("doubles up to a limit where nothing is asked for, %s", async (_, random, least) => {
    jest.spyOn(Math, "random").mockReturnValue(random);
    emulator.fault({ status: 503, times: 4 });
    await repeating(emulator, { minBackoff: 0.04, maxBackoff: 0.16 }).send(GET);
    const waited = gaps(emulator);
    expect(waited).toHaveLength(4);
    waited.forEach((gap, index) => {
      expect(gap).toBeGreaterThanOrEqual((least[index] ?? 0) - 2);
      expect(gap).toBeLessThan((least[index] ?? 0) + 400);
    });
  });

  it("holds up nobody else where the server is in trouble", async () => {
    emulator.fault({ status: 503, path: PATH, headers: { "retry-after": "1" } });
    const client = repeating(emulator);
    const held = client.send(GET);
    await client.send({ ...GET, path: `${PATH}/doh` });
    expect(emulator.requests.map(({ path }) => path)).toEqual([PATH, `${PATH}/doh`]);
    await held;
  });
});

describe("a wait that a person would notice", () => {
  /** What is told of a wait that is ended as soon as it is known. */
  async function toldOf(fault: Fault): Promise<string[]> {
    const told: string[] = [];
    const stop = new AbortController();
    emulator.clearFaults();
    emulator.clearRequests();
    emulator.fault({ ...fault, times: Infinity });
    const sent = repeating(emulator, {}, { log: (line) => told.push(line), signal: stop.signal });
    const message = messageOf(sent.send(GET));
    while (emulator.requests.length === 0) await new Promise((done) => setTimeout(done, 5));
    setTimeout(() => stop.abort(), 100);
    expect(await message).toMatch("told to stop");
    return told;
  }

  it("is told in one line", async () => {
    expect(await toldOf({ status: 429, headers: { "retry-after": "300" } })).toEqual([
      "Cloudflare answered 429: trying again in 300 s.",
    ]);
    expect(await toldOf({ status: 503, headers: { "retry-after": "30" } })).toEqual([
      "Cloudflare answered 503: trying again in 30 s.",
    ]);
  });

  it("is longer than a few seconds", async () => {
    expect(await toldOf({ status: 429, headers: { "retry-after": "4" } })).toEqual([]);
  });
});

describe("a wait is ended at once where the client is told to stop", () => {
  it.each([429, 503])("after a %i", async (status) => {
    const stop = new AbortController();
    emulator.fault({ status, headers: { "retry-after": "30" }, times: Infinity });
    const sent = messageOf(repeating(emulator, {}, { signal: stop.signal }).send(GET));
    while (emulator.requests.length === 0) await new Promise((done) => setTimeout(done, 5));
    await new Promise((done) => setTimeout(done, 50));
    const stoppedAt = performance.now();
    stop.abort();
    expect(await sent).toMatch(`was refused with ${status} (told to stop)`);
    expect(performance.now() - stoppedAt).toBeLessThan(500);
    expect(emulator.requests).toHaveLength(1);
  });

  it("whereas what is under way is finished, and what need not wait is sent", async () => {
    const stop = new AbortController();
    const client = repeating(emulator, {}, { signal: stop.signal });
    emulator.fault({ delayMs: 100 });
    const underWay = client.send(PUT);
    stop.abort();
    await underWay;
    await client.send(PUT);
    expect(emulator.requests.map(({ status }) => status)).toEqual([200, 200]);
  });
});
