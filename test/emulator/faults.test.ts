import { EMULATOR_TOKEN, startEmulator, type Emulator, type Fault } from "../../emulator/index.js";
import { ACCOUNT, call, DOH, ORGANIZATION, rejectionOf, TEAM } from "./calls.js";
import { until } from "../cloudflare/requests.js";

let emulator: Emulator;
beforeEach(async () => {
  emulator = await startEmulator();
  emulator.seed("accounts", ACCOUNT, TEAM);
});
afterEach(() => emulator.close());

const get = () => call(emulator, "GET", ORGANIZATION);
const put = (session_duration: string) =>
  call(emulator, "PUT", ORGANIZATION, { ...TEAM, session_duration });
const stored = () => emulator.organization("accounts", ACCOUNT)?.session_duration;

describe("a fault applies to", () => {
  it("as many requests as times says, after as many as skip says", async () => {
    emulator.fault({ status: 503, skip: 1, times: 2 });
    const statuses = [];
    for (let n = 0; n < 4; n += 1) statuses.push((await get()).status);
    expect(statuses).toEqual([200, 503, 503, 200]);
  });

  it("only requests with its method and path, which may be a pattern", async () => {
    emulator.fault({ status: 500, method: "PUT", path: ORGANIZATION });
    emulator.fault({ status: 502, path: /\/doh$/g, times: 2 });
    expect((await get()).status).toBe(200);
    expect((await call(emulator, "GET", DOH)).status).toBe(502);
    expect((await call(emulator, "GET", DOH)).status).toBe(502);
    expect((await put("1h")).status).toBe(500);
  });
});

describe("a fault responds with", () => {
  it("a failure envelope by default", async () => {
    emulator.fault({ status: 503 });
    expect(rejectionOf(await get())).toBe("503 1101 A fault of the emulator: 503");
  });

  it("a string unchanged, and with its headers", async () => {
    emulator.fault({ status: 502, body: "<h1>Bad gateway</h1>", headers: { "retry-after": "2" } });
    const response = await fetch(emulator.baseUrl + ORGANIZATION);
    expect(await response.text()).toBe("<h1>Bad gateway</h1>");
    expect(response.headers.get("content-type")).toBe("text/html; charset=UTF-8");
    expect(response.headers.get("retry-after")).toBe("2");
    expect(response.headers.get("cf-ray")).toMatch(/^[0-9a-f]{16}-AMS$/);
  });
});

describe("a request with a fault", () => {
  it.each<[string, Fault, string | undefined]>([
    ["does not take effect if the fault has a status", { status: 503 }, undefined],
    ["takes effect if takesEffect is true", { status: 503, takesEffect: true }, "1h"],
    ["does not take effect if the connection is closed before", { reset: "before" }, undefined],
    ["takes effect if the connection is closed after", { reset: "after" }, "1h"],
    ["takes effect if the response is truncated", { truncateAfter: 20 }, "1h"],
  ])("%s", async (_, fault, expected) => {
    emulator.fault(fault);
    const status = await put("1h").then(
      (response) => response.status,
      () => undefined, // no complete response
    );
    expect(status).toBe(fault.status);
    expect(emulator.requests).toMatchObject([{ status }]);
    expect(stored()).toBe(expected);
  });

  it("takes effect before the delay, so that a client that times out has changed something", async () => {
    emulator.fault({ delayMs: 10_000 });
    const abort = new AbortController();
    const given = fetch(emulator.baseUrl + ORGANIZATION, {
      method: "PUT",
      headers: { authorization: `Bearer ${EMULATOR_TOKEN}` },
      body: JSON.stringify({ ...TEAM, session_duration: "1h" }),
      signal: abort.signal,
    });
    await until(() => stored() === "1h");
    abort.abort();
    await expect(given).rejects.toThrow();
  });
});

describe("a truncated response", () => {
  it("has the headers of every response", async () => {
    emulator.fault({ status: 200, body: "x".repeat(100), truncateAfter: 10 });
    const response = await fetch(emulator.baseUrl + ORGANIZATION);
    expect(response.headers.get("cf-ray")).not.toBeNull();
    expect(response.headers.get("ratelimit")).not.toBeNull();
    await expect(response.text()).rejects.toThrow();
  });
});
