import { startEmulator, type Emulator } from "../../emulator/index.js";
import {
  ACCOUNT,
  call,
  ORGANIZATION,
  OTHER_ACCOUNT,
  refusal,
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
  it("answers 403 with 9999 to GET and PUT", async () => {
    const read = await call(emulator, "GET", ORGANIZATION);
    expect(read).toMatchObject({ status: 403, errors: [{ code: 9999 }] });
    expect(read.errors[0]?.message).toMatch(/^access\.api\.error\.not_enabled: /);
    expect(await put(TEAM)).toMatchObject({ status: 403, errors: [{ code: 9999 }] });
  });

  it("wraps refusals in the failure envelope", async () => {
    const { envelope } = await call(emulator, "GET", ORGANIZATION);
    expect(envelope).toMatchObject({ success: false, result: null, messages: [] });
  });
});

describe("POST", () => {
  const post = (body: unknown, path = ORGANIZATION) => call(emulator, "POST", path, body);

  it("makes an organization and answers 201 with it", async () => {
    const made = await post({ ...TEAM, session_duration: "24h" });
    expect(made.status).toBe(201);
    expect(made.envelope).toMatchObject({ success: true, errors: [], messages: [] });
    expect(made.result).toMatchObject({ ...TEAM, session_duration: "24h" });
    expect((await call(emulator, "GET", ORGANIZATION)).result).toEqual(made.result);
  });

  it("asks for a name and for the full host of the domain", async () => {
    expect(refusal(await post({ name: "Widget Corp" }))).toMatch(/^400 11004 /);
    expect(refusal(await post({ ...TEAM, auth_domain: "team" }))).toBe(
      "400 11004 access.api.error.invalid_auth_domain",
    );
    expect(refusal(await post({ auth_domain: TEAM.auth_domain }))).toMatch(
      /^400 12062 access\.api\.error\.invalid_org_config \| name: /,
    );
  });

  it("takes no custom pages: they need a PUT", async () => {
    const custom_pages = { forbidden: "699d98642c564d2e855e9661899b7252" };
    expect(refusal(await post({ ...TEAM, custom_pages }))).toBe(
      "400 12062 access.api.error.invalid_org_config | custom_pages: not accepted by this level and method",
    );
  });

  it("takes no null", async () => {
    expect(refusal(await post({ ...TEAM, session_duration: null }))).toMatch(/session_duration/);
  });

  it("conflicts where an organization exists", async () => {
    emulator.seed("accounts", ACCOUNT);
    expect(refusal(await post(TEAM))).toMatch(/^409 12130 access\.api\.error\.conflict: /);
  });

  it("refuses a domain that another account or zone holds, in any case of its letters", async () => {
    emulator.seed("zones", ZONE, TEAM);
    const taken = "400 11003 access.api.error.auth_domain_not_available";
    expect(refusal(await post(TEAM))).toBe(taken);
    const shouted = { ...TEAM, auth_domain: TEAM.auth_domain.toUpperCase() };
    expect(refusal(await post(shouted))).toBe(taken);
  });
});

describe("PUT", () => {
  beforeEach(() => {
    emulator.seed("accounts", ACCOUNT, { ...TEAM, session_duration: "24h" });
  });

  it("replaces the whole: what is left out is unset", async () => {
    const answer = await put({ ...TEAM, warp_auth_session_duration: "12h" });
    expect(answer.status).toBe(200);
    expect(answer.result).toMatchObject({ ...TEAM, warp_auth_session_duration: "12h" });
    expect(answer.result).not.toHaveProperty("session_duration");
  });

  it("clears with null", async () => {
    const { result } = await put({ ...TEAM, session_duration: null, login_design: null });
    expect(result).not.toHaveProperty("session_duration");
    expect(stored()).not.toHaveProperty("login_design");
  });

  it("needs the domain every time", async () => {
    for (const body of [{ name: "Widget Corp" }, { ...TEAM, auth_domain: null }, {}]) {
      expect(refusal(await put(body))).toBe("400 11004 access.api.error.invalid_auth_domain");
    }
    expect(stored()).toMatchObject({ ...TEAM, session_duration: "24h" });
  });

  it("keeps the name when it is left out and never clears it", async () => {
    expect((await put({ auth_domain: TEAM.auth_domain })).result).toMatchObject(TEAM);
    for (const name of [null, ""]) {
      expect(refusal(await put({ ...TEAM, name }))).toMatch(/^400 12062 .* \| name: /);
    }
  });

  it("changes the domain, but not to one that is taken", async () => {
    emulator.seed("accounts", OTHER_ACCOUNT, { auth_domain: "other.cloudflareaccess.com" });
    const answer = await put({ ...TEAM, auth_domain: "renamed.cloudflareaccess.com" });
    expect(answer.result).toMatchObject({ auth_domain: "renamed.cloudflareaccess.com" });
    expect(refusal(await put({ ...TEAM, auth_domain: "other.cloudflareaccess.com" }))).toMatch(
      /^400 11003 /,
    );
  });

  it("moves updated_at and leaves created_at", async () => {
    const before = stored();
    await put(TEAM);
    expect(stored()?.created_at).toBe(before?.created_at);
    expect(Date.parse(String(stored()?.updated_at))).toBeGreaterThan(
      Date.parse(String(before?.updated_at)),
    );
  });

  it("keeps the keys that no request carries", async () => {
    emulator.edit("accounts", ACCOUNT, { trusted_accounts: [OTHER_ACCOUNT] });
    expect((await put(TEAM)).result).toMatchObject({ trusted_accounts: [OTHER_ACCOUNT] });
  });

  it("asks for authenticators and a session once MFA is required, looking at the result", async () => {
    const required = { ...TEAM, mfa_required_for_all_apps: true };
    expect(refusal(await put(required))).toMatch(/12062 .*allowed_authenticators/);
    const without = { ...required, mfa_config: { allowed_authenticators: ["totp"] } };
    expect(refusal(await put(without))).toMatch(/12062 .*mfa_config\.session_duration/);
    const mfa_config = { allowed_authenticators: ["totp"], session_duration: "24h" };
    expect((await put({ ...required, mfa_config })).status).toBe(200);
  });

  it("changes nothing when it refuses", async () => {
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

  it("takes its six fields", async () => {
    const body = {
      ...TEAM,
      is_ui_read_only: true,
      ui_read_only_toggle_reason: "maintenance",
      login_design: { header_text: "Widget Corp" },
      user_seat_expiration_inactive_time: "1460h",
    };
    const answer = await zonePut(body);
    expect(answer.status).toBe(200);
    expect(answer.result).toMatchObject(body);
  });

  it.each([
    ["session_duration", "24h"],
    ["allow_authenticate_via_warp", true],
    ["custom_pages", {}],
    ["deny_unmatched_requests", true],
    ["deny_unmatched_requests_exempted_zone_names", ["example.com"]],
    ["mfa_config", {}],
    ["service_token_inactivity", null],
  ])("rejects %s, an account's field, if zoneAccountFields is rejected", async (field, value) => {
    emulator.behavior.zoneAccountFields = "rejected";
    expect(refusal(await zonePut({ ...TEAM, [field]: value }))).toBe(
      `400 12062 access.api.error.invalid_org_config | ${field}: not accepted by this level and method`,
    );
  });

  it("answers deny_unmatched_requests and keeps it over a PUT that cannot carry it", async () => {
    expect((await zonePut(TEAM)).result).toMatchObject({ deny_unmatched_requests: true });
  });

  it("is made with POST as an account's is", async () => {
    emulator.remove("zones", ZONE);
    const made = await call(emulator, "POST", ZONE_ORGANIZATION, TEAM);
    expect(made).toMatchObject({ status: 201, result: TEAM });
  });
});

describe("routes that the API does not have", () => {
  it.each([
    ["DELETE", ORGANIZATION],
    ["PATCH", ORGANIZATION],
    ["GET", `${ZONE_ORGANIZATION}/doh`],
    ["GET", `${ORGANIZATION}/body`],
  ])("answers 404 with 7000 to %s %s", async (method, path) => {
    expect(refusal(await call(emulator, method, path))).toBe("404 7000 No route for that URI");
  });

  it("answers 404 with 7003 where the id is none", async () => {
    const path = "/accounts/not-an-id/access/organizations";
    expect(refusal(await call(emulator, "GET", path))).toBe(
      `404 7003 Could not route to /client/v4${path}, perhaps your object identifier is invalid?`,
    );
  });
});
