import { startEmulator, type Emulator } from "../../emulator/index.js";
import {
  ACCOUNT,
  call,
  ORGANIZATION,
  OTHER_ACCOUNT,
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

describe("an account without an organization", () => {
  it("rejects GET and PUT with 403 and 9999", async () => {
    const read = await call(emulator, "GET", ORGANIZATION);
    expect(read).toMatchObject({ status: 403, errors: [{ code: 9999 }] });
    expect(read.errors[0]?.message).toMatch(/^access\.api\.error\.not_enabled: /);
    expect(await put(TEAM)).toMatchObject({ status: 403, errors: [{ code: 9999 }] });
  });

  it("rejects requests with the failure envelope", async () => {
    const { envelope } = await call(emulator, "GET", ORGANIZATION);
    expect(envelope).toMatchObject({ success: false, result: null, messages: [] });
  });
});

describe("POST", () => {
  const post = (body: unknown, path = ORGANIZATION) => call(emulator, "POST", path, body);

  it("creates an organization and returns it with 201", async () => {
    const made = await post({ ...TEAM, session_duration: "24h" });
    expect(made.status).toBe(201);
    expect(made.envelope).toMatchObject({ success: true, errors: [], messages: [] });
    expect(made.result).toMatchObject({ ...TEAM, session_duration: "24h" });
    // Only GET returns the other output-only fields.
    expect((await call(emulator, "GET", ORGANIZATION)).result).toMatchObject(made.result);
  });

  it("requires a name and the full host of the domain", async () => {
    expect(rejectionOf(await post({ name: "Widget Corp" }))).toMatch(/^400 11004 /);
    expect(rejectionOf(await post({ ...TEAM, auth_domain: "team" }))).toBe(
      "400 11004 access.api.error.invalid_auth_domain",
    );
    expect(rejectionOf(await post({ auth_domain: TEAM.auth_domain }))).toMatch(
      /^400 12062 access\.api\.error\.invalid_org_config \| name: /,
    );
  });

  it("rejects custom pages, which only PUT accepts", async () => {
    const custom_pages = { forbidden: "699d98642c564d2e855e9661899b7252" };
    expect(rejectionOf(await post({ ...TEAM, custom_pages }))).toBe(
      "400 12062 access.api.error.invalid_org_config | custom_pages: not accepted by this scope and method",
    );
  });

  it("rejects null", async () => {
    expect(rejectionOf(await post({ ...TEAM, session_duration: null }))).toMatch(
      /session_duration/,
    );
  });

  it("is rejected with a conflict if an organization exists", async () => {
    emulator.seed("accounts", ACCOUNT);
    expect(rejectionOf(await post(TEAM))).toMatch(/^409 12130 access\.api\.error\.conflict: /);
  });

  it("rejects the domain of another account or zone, in upper or lower case", async () => {
    emulator.seed("zones", ZONE, TEAM);
    const taken = "400 11003 access.api.error.auth_domain_not_available";
    expect(rejectionOf(await post(TEAM))).toBe(taken);
    const upperCase = { ...TEAM, auth_domain: TEAM.auth_domain.toUpperCase() };
    expect(rejectionOf(await post(upperCase))).toBe(taken);
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

  it("clears a setting with null", async () => {
    const { result } = await put({ ...TEAM, session_duration: null, login_design: null });
    expect(result).not.toHaveProperty("session_duration");
    expect(stored()).not.toHaveProperty("login_design");
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

  it("changes the domain, but not to that of another organization", async () => {
    emulator.seed("accounts", OTHER_ACCOUNT, { auth_domain: "other.cloudflareaccess.com" });
    const response = await put({ ...TEAM, auth_domain: "renamed.cloudflareaccess.com" });
    expect(response.result).toMatchObject({ auth_domain: "renamed.cloudflareaccess.com" });
    expect(rejectionOf(await put({ ...TEAM, auth_domain: "other.cloudflareaccess.com" }))).toMatch(
      /^400 11003 /,
    );
  });

  it("increases updated_at and keeps created_at", async () => {
    const before = stored();
    await put(TEAM);
    expect(stored()?.created_at).toBe(before?.created_at);
    expect(Date.parse(String(stored()?.updated_at))).toBeGreaterThan(
      Date.parse(String(before?.updated_at)),
    );
  });

  it("keeps output-only fields", async () => {
    emulator.edit("accounts", ACCOUNT, { trusted_accounts: [OTHER_ACCOUNT] });
    expect((await put(TEAM)).status).toBe(200);
    expect((await call(emulator, "GET", ORGANIZATION)).result).toMatchObject({
      trusted_accounts: [OTHER_ACCOUNT],
    });
  });

  it("requires authenticators and a session duration in the result if MFA is required", async () => {
    const required = { ...TEAM, mfa_required_for_all_apps: true };
    expect(rejectionOf(await put(required))).toMatch(/12062 .*allowed_authenticators/);
    const without = { ...required, mfa_config: { allowed_authenticators: ["totp"] } };
    expect(rejectionOf(await put(without))).toMatch(/12062 .*mfa_config\.session_duration/);
    const mfa_config = { allowed_authenticators: ["totp"], session_duration: "24h" };
    expect((await put({ ...required, mfa_config })).status).toBe(200);
  });

  it("changes nothing if it is rejected", async () => {
    const before = stored();
    await put({ ...TEAM, session_duration: "" });
    expect(stored()).toEqual(before);
  });
});

describe("a zone's organization", () => {
  const zonePut = (body: unknown) => call(emulator, "PUT", ZONE_ORGANIZATION, body);

  beforeEach(() => {
    emulator.seed("zones", ZONE, { ...TEAM, deny_unmatched_requests: true });
  });

  it("accepts its six fields", async () => {
    const body = {
      ...TEAM,
      is_ui_read_only: true,
      ui_read_only_toggle_reason: "maintenance",
      login_design: { header_text: "Widget Corp" },
      user_seat_expiration_inactive_time: "1460h",
    };
    const response = await zonePut(body);
    expect(response.status).toBe(200);
    expect(response.result).toMatchObject(body);
  });

  it.each([
    ["session_duration", "24h"],
    ["allow_authenticate_via_warp", true],
    ["custom_pages", {}],
    ["deny_unmatched_requests", true],
    ["deny_unmatched_requests_exempted_zone_names", ["example.com"]],
    ["mfa_config", {}],
    ["service_token_inactivity", null],
  ])("rejects the account-only field %s if zoneAccountFields is rejected", async (field, value) => {
    emulator.behavior.zoneAccountFields = "rejected";
    expect(rejectionOf(await zonePut({ ...TEAM, [field]: value }))).toBe(
      `400 12062 access.api.error.invalid_org_config | ${field}: not accepted by this scope and method`,
    );
  });

  it("returns deny_unmatched_requests, and keeps it after a PUT, which cannot carry it", async () => {
    expect((await zonePut(TEAM)).result).toMatchObject({ deny_unmatched_requests: true });
  });

  it("is created with POST like that of an account", async () => {
    emulator.remove("zones", ZONE);
    const made = await call(emulator, "POST", ZONE_ORGANIZATION, TEAM);
    expect(made).toMatchObject({ status: 201, result: TEAM });
  });
});

describe("a request that the API has no route for", () => {
  it.each([
    ["DELETE", ORGANIZATION],
    ["PATCH", ORGANIZATION],
    ["GET", `${ZONE_ORGANIZATION}/doh`],
    ["GET", `${ORGANIZATION}/body`],
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
