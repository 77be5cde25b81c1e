import { startEmulator, type Emulator } from "../../emulator/index.js";
import {
  ACCOUNT,
  call,
  ORGANIZATION,
  rejectionOf,
  TEAM,
  ZONE,
  ZONE_ORGANIZATION,
} from "./calls.js";

let emulator: Emulator;
beforeEach(async () => {
  emulator = await startEmulator();
});
afterEach(() => emulator.close());

const stored = () => emulator.organization("accounts", ACCOUNT);
const put = (body: unknown) => call(emulator, "PUT", ORGANIZATION, body);

describe("POST", () => {
  const post = (body: unknown) => call(emulator, "POST", ORGANIZATION, body);

  it("creates an organization and returns it with 201", async () => {
    const made = await post({ ...TEAM, session_duration: "24h" });
    expect(made.status).toBe(201);
    expect(made.envelope).toMatchObject({ success: true, errors: [], messages: [] });
    expect(made.result).toMatchObject({ ...TEAM, session_duration: "24h" });
    // Only GET returns the other output-only fields.
    expect((await call(emulator, "GET", ORGANIZATION)).result).toMatchObject(made.result);
  });

  it.each([
    ["custom_pages: not accepted by this scope and method", { custom_pages: {} }],
    ["session_duration: ", { session_duration: null }],
  ])("rejects what only PUT accepts: %s", async (reason, settings) => {
    expect(rejectionOf(await post({ ...TEAM, ...settings }))).toContain(
      `400 12062 access.api.error.invalid_org_config | ${reason}`,
    );
  });

  it("rejects the domain of another account or zone, in upper or lower case", async () => {
    emulator.seed("zones", ZONE, TEAM);
    const upperCase = { ...TEAM, auth_domain: TEAM.auth_domain.toUpperCase() };
    expect(rejectionOf(await post(upperCase))).toMatch(/^400 11003 /);
  });
});

describe("PUT", () => {
  beforeEach(() => {
    emulator.seed("accounts", ACCOUNT, { ...TEAM, session_duration: "24h" });
  });

  it("replaces the whole object and unsets omitted settings", async () => {
    const response = await put({ ...TEAM, warp_auth_session_duration: "12h" });
    expect(response.status).toBe(200);
    expect(response.result).toMatchObject({ ...TEAM, warp_auth_session_duration: "12h" });
    expect(response.result).not.toHaveProperty("session_duration");
  });

  it("increases updated_at and keeps created_at", async () => {
    const before = stored();
    await put(TEAM);
    expect(stored()?.created_at).toBe(before?.created_at);
    const times = [stored(), before].map((one) => Date.parse(String(one?.updated_at)));
    expect(times[0]).toBeGreaterThan(times[1] ?? NaN);
  });

  it("requires the domain", async () => {
    for (const body of [{ name: "Widget Corp" }, { ...TEAM, auth_domain: null }, {}]) {
      expect(rejectionOf(await put(body))).toBe("400 11004 access.api.error.invalid_auth_domain");
    }
    expect(stored()).toMatchObject({ ...TEAM, session_duration: "24h" });
  });

  it("keeps an omitted name, and rejects an empty one", async () => {
    expect((await put({ auth_domain: TEAM.auth_domain })).result).toMatchObject(TEAM);
    for (const name of [null, ""]) {
      expect(rejectionOf(await put({ ...TEAM, name }))).toMatch(/^400 12062 .* \| name: /);
    }
  });

  it("keeps a disabled inactivity policy that it omits, and forgets it if it contains one", async () => {
    const policy = { action: "", enabled: false, inactivity_threshold_days: 0 };
    emulator.seed("accounts", ACCOUNT, { ...TEAM, service_token_inactivity: policy });
    expect((await put(TEAM)).result).toMatchObject({ service_token_inactivity: policy });
    const valid = { action: "disable", enabled: false, inactivity_threshold_days: 90 };
    const { result } = await put({ ...TEAM, service_token_inactivity: valid });
    expect(result).not.toHaveProperty("service_token_inactivity");
  });

  it("requires authenticators and a session duration in the result if MFA is required", async () => {
    const required = { ...TEAM, mfa_required_for_all_apps: true };
    expect(rejectionOf(await put(required))).toMatch(/12062 .*allowed_authenticators/);
    const without = { ...required, mfa_config: { allowed_authenticators: ["totp"] } };
    expect(rejectionOf(await put(without))).toMatch(/12062 .*mfa_config\.session_duration/);
    const mfa_config = { allowed_authenticators: ["totp"], session_duration: "24h" };
    expect((await put({ ...required, mfa_config })).status).toBe(200);
  });
});

describe("a request that the API has no route for", () => {
  it.each([
    ["DELETE", ORGANIZATION],
    ["GET", `${ZONE_ORGANIZATION}/doh`],
  ])("is rejected with 404 and 7000: %s %s", async (method, path) => {
    expect(rejectionOf(await call(emulator, method, path))).toBe("404 7000 No route for that URI");
  });

  it("is rejected with 404 and 7003 if the id is invalid", async () => {
    const path = "/accounts/not-an-id/access/organizations";
    expect(rejectionOf(await call(emulator, "GET", path))).toBe(
      `404 7003 Could not route to /client/v4${path}, perhaps your object identifier is invalid?`,
    );
  });
});
