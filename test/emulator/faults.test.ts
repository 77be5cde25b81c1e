import { EMULATOR_TOKEN, startEmulator, type Emulator } from "../../emulator/index.js";
import { ACCOUNT, call, DOH, ORGANIZATION, refusal, TEAM } from "./calls.js";

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

describe("a fault meets", () => {
  it("the next request, once", async () => {
    emulator.fault({ status: 503 });
    expect((await get()).status).toBe(503);
    expect((await get()).status).toBe(200);
  });

  it("as many requests as it is told to, after those that it lets through", async () => {
    emulator.fault({ status: 503, skip: 1, times: 2 });
    const statuses = [];
    for (let n = 0; n < 4; n += 1) statuses.push((await get()).status);
    expect(statuses).toEqual([200, 503, 503, 200]);
  });

  it("only its method and path: a string equal to it, or a pattern in it", async () => {
    emulator.fault({ status: 500, method: "PUT", path: ORGANIZATION });
    emulator.fault({ status: 502, path: /\/doh$/g, times: 2 });
    expect((await get()).status).toBe(200);
    expect((await call(emulator, "GET", DOH)).status).toBe(502);
    expect((await call(emulator, "GET", DOH)).status).toBe(502);
    expect((await put("1h")).status).toBe(500);
  });

  it("requests in the order in which faults were added", async () => {
    emulator.fault({ status: 500 });
    emulator.fault({ status: 502 });
    expect((await get()).status).toBe(500);
    expect((await get()).status).toBe(502);
  });

  it("nothing once faults are cleared", async () => {
    emulator.fault({ status: 503, times: 9 });
    emulator.clearFaults();
    expect((await get()).status).toBe(200);
  });
});

describe("a fault answers", () => {
  it("a failure envelope by default", async () => {
    emulator.fault({ status: 503 });
    expect(refusal(await get())).toBe("503 1101 The emulator was told to answer 503");
  });

  it("an object as JSON, with 200 unless it says otherwise", async () => {
    const body = { success: false, errors: [{ code: 1234, message: "no" }] };
    emulator.fault({ body });
    expect(await get()).toMatchObject({ status: 200, envelope: body });
  });

  it("a string as it is, and headers", async () => {
    emulator.fault({ status: 502, body: "<h1>Bad gateway</h1>", headers: { "retry-after": "2" } });
    const response = await fetch(emulator.baseUrl + ORGANIZATION);
    expect(await response.text()).toBe("<h1>Bad gateway</h1>");
    expect(response.headers.get("content-type")).toBe("text/html; charset=UTF-8");
    expect(response.headers.get("retry-after")).toBe("2");
    expect(response.headers.get("cf-ray")).toMatch(/^[0-9a-f]{16}-AMS$/);
  });

  it("nothing at all", async () => {
    emulator.fault({ status: 520, body: "", contentType: "text/plain" });
    const response = await fetch(emulator.baseUrl + ORGANIZATION);
    expect([response.status, await response.text()]).toEqual([520, ""]);
    emulator.fault({ status: 204 });
    expect((await fetch(emulator.baseUrl + ORGANIZATION)).status).toBe(204);
  });

  it("the real answer with other headers", async () => {
    emulator.fault({ headers: { ratelimit: '"default";r=0;t=1' } });
    const answer = await get();
    expect(answer).toMatchObject({ status: 200, result: TEAM });
    expect(answer.headers.get("ratelimit")).toBe('"default";r=0;t=1');
  });

  it("late", async () => {
    emulator.fault({ delayMs: 60 });
    const start = performance.now();
    expect((await get()).status).toBe(200);
    expect(performance.now() - start).toBeGreaterThanOrEqual(55);
  });
});

describe("the request takes effect", () => {
  it("not when a status is answered instead", async () => {
    emulator.fault({ status: 503 });
    await put("1h");
    expect(stored()).toBeUndefined();
  });

  it("when the fault says so, whatever is answered", async () => {
    emulator.fault({ status: 503, takesEffect: true });
    expect((await put("1h")).status).toBe(503);
    expect(stored()).toBe("1h");
  });

  it("not when the connection is cut before", async () => {
    emulator.fault({ reset: "before" });
    await expect(put("1h")).rejects.toThrow();
    expect(stored()).toBeUndefined();
  });

  it("when the connection is cut after", async () => {
    emulator.fault({ reset: "after" });
    await expect(put("1h")).rejects.toThrow();
    expect(stored()).toBe("1h");
  });

  it("when only the answer is cut short", async () => {
    emulator.fault({ truncateAfter: 20 });
    await expect(put("1h")).rejects.toThrow();
    expect(stored()).toBe("1h");
  });

  it("before a delay: a client that gives up has changed something all the same", async () => {
    emulator.fault({ delayMs: 500 });
    const signal = AbortSignal.timeout(100);
    const given = fetch(emulator.baseUrl + ORGANIZATION, {
      method: "PUT",
      headers: { authorization: `Bearer ${EMULATOR_TOKEN}` },
      body: JSON.stringify({ ...TEAM, session_duration: "1h" }),
      signal,
    });
    await expect(given).rejects.toThrow();
    expect(stored()).toBe("1h");
  });
});

describe("an answer cut short", () => {
  it("announces its whole length, with every header of an answer", async () => {
    emulator.fault({ status: 200, body: "x".repeat(100), truncateAfter: 10 });
    const response = await fetch(emulator.baseUrl + ORGANIZATION);
    expect(response.headers.get("content-length")).toBe("100");
    expect(response.headers.get("cf-ray")).not.toBeNull();
    expect(response.headers.get("ratelimit")).not.toBeNull();
    await expect(response.text()).rejects.toThrow();
  });
});
