import { EMULATOR_TOKEN, startEmulator, type Emulator } from "../../emulator/index.js";
import { ACCOUNT, call, ORGANIZATION, refusal, TEAM } from "./calls.js";

let emulator: Emulator;
beforeEach(async () => {
  emulator = await startEmulator();
});
afterEach(() => emulator.close());

describe("the log of requests", () => {
  it("tells what came in and what was answered", async () => {
    const before = Date.now();
    await call(emulator, "POST", `${ORGANIZATION}/revoke_user?devices=true`, { email: "a" });
    expect(emulator.requests).toEqual([
      {
        method: "POST",
        path: `${ORGANIZATION}/revoke_user`,
        query: { devices: "true" },
        headers: expect.objectContaining({ authorization: `Bearer ${EMULATOR_TOKEN}` }) as unknown,
        body: { email: "a" },
        status: 403,
        startedAt: expect.any(Number) as unknown,
      },
    ]);
    expect(emulator.requests[0]?.startedAt).toBeGreaterThanOrEqual(before);
  });

  it("keeps a body that is not JSON as text, and none as undefined", async () => {
    await call(emulator, "PUT", ORGANIZATION, "{");
    await call(emulator, "GET", ORGANIZATION);
    expect(emulator.requests.map(({ body }) => body)).toEqual(["{", undefined]);
  });

  it("has no status for a connection that was cut", async () => {
    emulator.fault({ reset: "before" });
    await expect(call(emulator, "GET", ORGANIZATION)).rejects.toThrow();
    expect(emulator.requests).toMatchObject([{ method: "GET", status: undefined }]);
  });

  it("holds what missed the base path too, and starts anew when cleared", async () => {
    const { origin } = new URL(emulator.baseUrl);
    expect((await fetch(`${origin}/v4/accounts`)).status).toBe(404);
    expect(emulator.requests).toMatchObject([{ path: "/v4/accounts", status: 404 }]);
    emulator.clearRequests();
    expect(emulator.requests).toEqual([]);
  });

  it("is told to whoever listens", async () => {
    const heard: string[] = [];
    const listened = await startEmulator({
      onRequest: ({ method, status }) => heard.push(`${method} ${status ?? ""}`),
    });
    await call(listened, "GET", ORGANIZATION);
    await listened.close();
    expect(heard).toEqual(["GET 403"]);
  });
});

describe("an emulator", () => {
  it("listens on 127.0.0.1 and stops when closed", async () => {
    const short = await startEmulator({ port: 0 });
    expect(short.baseUrl).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/client\/v4$/);
    await short.close();
    await expect(call(short, "GET", ORGANIZATION)).rejects.toThrow("fetch failed");
  });

  it("refuses a port that is in use", async () => {
    const port = Number(new URL(emulator.baseUrl).port);
    await expect(startEmulator({ port })).rejects.toThrow(/EADDRINUSE/);
  });

  it("takes its time when told to", async () => {
    const slow = await startEmulator({ latencyMs: 40 });
    const start = performance.now();
    await call(slow, "GET", ORGANIZATION);
    expect(performance.now() - start).toBeGreaterThanOrEqual(35);
    await slow.close();
  });

  it("fills in what a seed leaves out", () => {
    emulator.seed("accounts", ACCOUNT);
    expect(emulator.organization("accounts", ACCOUNT)).toMatchObject({
      auth_domain: `team-${ACCOUNT}.cloudflareaccess.com`,
      name: "Organization 023e105f",
      trusted_accounts: [],
      created_at: expect.any(String) as unknown,
    });
  });

  it("stores what is unset as absent, whoever says so", () => {
    emulator.seed("accounts", ACCOUNT, { session_duration: "", login_design: {}, new_field: "" });
    expect(emulator.organization("accounts", ACCOUNT)).not.toHaveProperty("session_duration");
    expect(emulator.organization("accounts", ACCOUNT)).not.toHaveProperty("login_design");
    expect(emulator.organization("accounts", ACCOUNT)).toHaveProperty("new_field", "");
  });

  it("hands out copies", () => {
    emulator.seed("accounts", ACCOUNT, { login_design: { header_text: "Hello" } });
    const copy = emulator.organization("accounts", ACCOUNT);
    (copy?.login_design as Record<string, string>).header_text = "changed";
    expect(emulator.organization("accounts", ACCOUNT)).toMatchObject({
      login_design: { header_text: "Hello" },
    });
  });

  it("lets someone in the dashboard change and clear settings, which moves updated_at", () => {
    emulator.seed("accounts", ACCOUNT, { ...TEAM, session_duration: "24h" });
    const before = emulator.organization("accounts", ACCOUNT);
    emulator.edit("accounts", ACCOUNT, { session_duration: null, is_ui_read_only: true });
    const after = emulator.organization("accounts", ACCOUNT);
    expect(after).toMatchObject({ ...TEAM, is_ui_read_only: true });
    expect(after).not.toHaveProperty("session_duration");
    expect(after?.updated_at).not.toBe(before?.updated_at);
    expect(after?.created_at).toBe(before?.created_at);
  });

  it("removes an organization", async () => {
    emulator.seed("accounts", ACCOUNT);
    emulator.remove("accounts", ACCOUNT);
    expect(emulator.organization("accounts", ACCOUNT)).toBeUndefined();
    expect(refusal(await call(emulator, "GET", ORGANIZATION))).toMatch(/^403 9999 /);
  });

  it("refuses seeds and edits that could not be", () => {
    emulator.seed("accounts", ACCOUNT, TEAM);
    expect(() => emulator.seed("zones", ACCOUNT, TEAM)).toThrow(/is taken/);
    expect(() => emulator.seed("accounts", "my-account")).toThrow(/32 hexadecimal digits/);
    expect(() => emulator.edit("zones", ACCOUNT, {})).toThrow(/no organization/);
  });

  it("refuses behavior that it does not have", async () => {
    const behavior = { putMergers: true } as object;
    await expect(startEmulator({ behavior })).rejects.toThrow(/putMergers/);
  });
});
