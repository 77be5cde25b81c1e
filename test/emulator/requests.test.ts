import { startEmulator, type Emulator } from "../../emulator/index.js";
import { ACCOUNT, call, ORGANIZATION, TEAM } from "./calls.js";

let emulator: Emulator;
beforeEach(async () => {
  emulator = await startEmulator();
});
afterEach(() => emulator.close());

describe("the log of requests", () => {
  it("records a body that is not JSON as text, and no body as undefined", async () => {
    await call(emulator, "PUT", ORGANIZATION, "{");
    await call(emulator, "GET", ORGANIZATION);
    expect(emulator.requests.map(({ body }) => body)).toEqual(["{", undefined]);
  });

  it("records requests outside of the base path, and is empty after it is cleared", async () => {
    const { origin } = new URL(emulator.baseUrl);
    expect((await fetch(`${origin}/v4/accounts`)).status).toBe(404);
    expect(emulator.requests).toMatchObject([{ path: "/v4/accounts", status: 404 }]);
    emulator.clearRequests();
    expect(emulator.requests).toEqual([]);
  });
});

describe("the emulator", () => {
  it("listens on 127.0.0.1 until it is closed", async () => {
    const short = await startEmulator({ port: 0 });
    expect(short.baseUrl).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/client\/v4$/);
    await short.close();
    await expect(call(short, "GET", ORGANIZATION)).rejects.toThrow("fetch failed");
  });

  it("delays each request by latencyMs", async () => {
    const slow = await startEmulator({ latencyMs: 40 });
    const start = performance.now();
    await call(slow, "GET", ORGANIZATION);
    expect(performance.now() - start).toBeGreaterThanOrEqual(35);
    await slow.close();
  });

  it("fills in a domain, a name and timestamps that a seed omits", () => {
    emulator.seed("accounts", ACCOUNT);
    expect(emulator.organization("accounts", ACCOUNT)).toMatchObject({
      auth_domain: `team-${ACCOUNT}.cloudflareaccess.com`,
      name: "Organization 023e105f",
      trusted_accounts: [],
      created_at: expect.any(String) as unknown,
    });
  });

  it("stores no unset settings of a seed, except fields that the contract does not know", () => {
    emulator.seed("accounts", ACCOUNT, { session_duration: "", login_design: {}, new_field: "" });
    expect(emulator.organization("accounts", ACCOUNT)).not.toHaveProperty("session_duration");
    expect(emulator.organization("accounts", ACCOUNT)).not.toHaveProperty("login_design");
    expect(emulator.organization("accounts", ACCOUNT)).toHaveProperty("new_field", "");
  });

  it("returns copies of the stored objects", () => {
    emulator.seed("accounts", ACCOUNT, { login_design: { header_text: "Hello" } });
    const copy = emulator.organization("accounts", ACCOUNT);
    (copy?.login_design as Record<string, string>).header_text = "changed";
    expect(emulator.organization("accounts", ACCOUNT)).toMatchObject({
      login_design: { header_text: "Hello" },
    });
  });

  it("changes and clears settings with an edit, and increases updated_at", () => {
    emulator.seed("accounts", ACCOUNT, { ...TEAM, session_duration: "24h" });
    const before = emulator.organization("accounts", ACCOUNT);
    emulator.edit("accounts", ACCOUNT, { session_duration: null, is_ui_read_only: true });
    const after = emulator.organization("accounts", ACCOUNT);
    expect(after).toMatchObject({ ...TEAM, is_ui_read_only: true });
    expect(after).not.toHaveProperty("session_duration");
    expect(after?.updated_at).not.toBe(before?.updated_at);
    expect(after?.created_at).toBe(before?.created_at);
  });

  it("rejects seeds with a used domain or an invalid id, and edits of nothing", () => {
    emulator.seed("accounts", ACCOUNT, TEAM);
    expect(() => emulator.seed("zones", ACCOUNT, TEAM)).toThrow(/belongs to another organization/);
    expect(() => emulator.seed("accounts", "my-account")).toThrow(
      /32 lower-case hexadecimal digits/,
    );
    expect(() => emulator.edit("zones", ACCOUNT, {})).toThrow(/Cannot edit the organization/);
  });
});
