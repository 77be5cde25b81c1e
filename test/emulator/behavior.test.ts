import { startEmulator, type BehaviorOptions, type Emulator } from "../../emulator/index.js";
import {
  ACCOUNT,
  call,
  ORGANIZATION,
  rejectionOf,
  type ApiResponse,
  TEAM,
  ZONE,
  ZONE_ORGANIZATION,
} from "./calls.js";

let emulator: Emulator;
afterEach(() => emulator.close());

async function start(behavior: BehaviorOptions) {
  emulator = await startEmulator({ behavior });
  emulator.seed("accounts", ACCOUNT, { ...TEAM, session_duration: "24h" });
}

const ZONE_TEAM = { ...TEAM, auth_domain: "zone.cloudflareaccess.com" };

const get = () => call(emulator, "GET", ORGANIZATION);
const put = (settings: object = {}) =>
  call(emulator, "PUT", ORGANIZATION, { ...TEAM, ...settings });

describe("the behavior options of PUT", () => {
  it("putMerges: PUT keeps omitted settings, and still clears with null", async () => {
    await start({ putMerges: true });
    expect((await put({ is_ui_read_only: true })).result).toMatchObject({
      session_duration: "24h",
    });
    expect((await put({ session_duration: null })).result).toMatchObject({ is_ui_read_only: true });
    expect((await get()).result).not.toHaveProperty("session_duration");
  });

  it("emptyValuesRejected: PUT rejects empty values at any depth", async () => {
    await start({ emptyValuesRejected: true });
    const rejected = await put({
      login_design: { header_text: "" },
      mfa_config: {},
      deny_unmatched_requests_exempted_zone_names: [],
    });
    expect(rejected.errors[0]?.error_chain?.map(({ message }) => message)).toEqual([
      "login_design: is empty",
      "mfa_config: is empty",
      "deny_unmatched_requests_exempted_zone_names: is empty",
    ]);
    expect((await put({ session_duration: null })).status).toBe(200);
  });

  it("dashboardSso: PUT still accepts changes other than another domain", async () => {
    await start({ dashboardSso: [ACCOUNT] });
    expect((await put({ name: "Gadget Corp" })).status).toBe(200);
  });

  it("strictServiceTokenAuthOff rejected: PUT rejects false", async () => {
    await start({ strictServiceTokenAuthOff: "rejected" });
    expect(rejectionOf(await put({ strict_service_token_auth: false }))).toMatch(
      /^400 12062 .* \| strict_service_token_auth: /,
    );
  });

  it("emptyDuration unset: PUT with an empty duration unsets the setting", async () => {
    await start({ emptyDuration: "unset" });
    const empty = { session_duration: "", mfa_config: { session_duration: "" } };
    const { status, result } = await put(empty);
    expect(status).toBe(200);
    expect(result).not.toHaveProperty("session_duration");
  });

  it("zonePutResetsDenyUnmatched: the PUT of a zone turns it off", async () => {
    await start({ zonePutResetsDenyUnmatched: true });
    const exempted = { deny_unmatched_requests_exempted_zone_names: ["example.com"] };
    emulator.seed("zones", ZONE, { ...ZONE_TEAM, deny_unmatched_requests: true, ...exempted });
    const { result } = await call(emulator, "PUT", ZONE_ORGANIZATION, ZONE_TEAM);
    expect(result).toMatchObject({ deny_unmatched_requests: false });
    expect(result).not.toHaveProperty("deny_unmatched_requests_exempted_zone_names");
  });
});

describe("writeResponseOmits", () => {
  it("get_only_fields: responses of PUT and POST lack two fields that GET returns", async () => {
    await start({});
    const ofGet = (response: ApiResponse) =>
      ["cache_device_posture", "trusted_accounts"].filter((field) => field in response.result);
    expect(ofGet(await get())).toEqual(["cache_device_posture", "trusted_accounts"]);
    expect(ofGet(await put())).toEqual([]);
    emulator.remove("accounts", ACCOUNT);
    expect(ofGet(await call(emulator, "POST", ORGANIZATION, TEAM))).toEqual([]);
  });
});

describe("zoneAccountFields", () => {
  async function putAccountFields(zoneAccountFields: "ignored" | "rejected") {
    await start({ zoneAccountFields });
    emulator.seed("zones", ZONE, ZONE_TEAM);
    const settings = { ...ZONE_TEAM, session_duration: "24h", custom_pages: {} };
    return call(emulator, "PUT", ZONE_ORGANIZATION, settings);
  }

  it("ignored: a zone ignores fields that only accounts have", async () => {
    expect((await putAccountFields("ignored")).status).toBe(200);
    expect(emulator.organization("zones", ZONE)).not.toHaveProperty("session_duration");
  });

  it("rejected: a zone rejects fields that only accounts have with 12062", async () => {
    expect(rejectionOf(await putAccountFields("rejected"))).toMatch(
      /^400 12062 .*session_duration: not accepted by this scope and method .*custom_pages: /,
    );
  });
});

describe("without an organization", () => {
  async function startWithout(behavior: BehaviorOptions) {
    await start(behavior);
    emulator.remove("accounts", ACCOUNT);
  }

  it.each([
    ["not_enabled", 403, /^403 9999 /],
    ["sparse", 200, /^403 9999 /],
    ["not_found", 404, /^404 12130 /],
  ] as const)(
    "neverEnabled %s: GET responds with %d without auth_domain, and PUT is rejected",
    async (neverEnabled, status, rejection) => {
      await startWithout({ neverEnabled });
      const read = await get();
      expect(read.status).toBe(status);
      expect(read.envelope).not.toHaveProperty("result.auth_domain");
      expect(rejectionOf(await put())).toMatch(rejection);
    },
  );

  it("putWithoutOrganization creates: a PUT creates the organization if it names one", async () => {
    await startWithout({ putWithoutOrganization: "creates" });
    const { auth_domain } = TEAM;
    expect(rejectionOf(await call(emulator, "PUT", ORGANIZATION, { auth_domain }))).toMatch(
      /^400 12062 .*name: is required/,
    );
    expect((await put({ session_duration: "1h" })).status).toBe(200);
    expect((await get()).result).toMatchObject({ ...TEAM, session_duration: "1h" });
  });

  it("postStatus: POST responds with 200 instead of 201", async () => {
    await startWithout({ postStatus: 200 });
    expect((await call(emulator, "POST", ORGANIZATION, TEAM)).status).toBe(200);
  });
});

describe("mfaNames", () => {
  const settings = {
    mfa_config: { allowed_authenticators: ["totp", "piv_key"] },
    mfa_piv_key_requirements: { pin_policy: "once" },
  };
  const oldSettings = {
    mfa_config: { allowed_authenticators: ["totp", "ssh_piv_key"] },
    mfa_ssh_piv_key_requirements: { pin_policy: "once" },
  };

  it("old: the API has only the names until mid-2026", async () => {
    await start({ mfaNames: "old" });
    const response = await put(oldSettings);
    expect(response.result).toMatchObject(oldSettings);
    expect(response.result).not.toHaveProperty("mfa_piv_key_requirements");
    expect(emulator.organization("accounts", ACCOUNT)).toMatchObject(settings);
    expect((await put(settings)).status).toBe(400);
  });

  it("old_in_responses: responses have the former names, and requests accept only the current ones", async () => {
    await start({ mfaNames: "old_in_responses" });
    expect((await put(settings)).result).toMatchObject(oldSettings);
    expect(rejectionOf(await put(oldSettings))).toMatch(
      /invalid mfa authenticator type \| mfa_ssh_piv_key_requirements: unknown field$/,
    );
  });

  it("a seed may have the former names", async () => {
    await start({});
    emulator.seed("accounts", ACCOUNT, { ...TEAM, ...oldSettings });
    expect(emulator.organization("accounts", ACCOUNT)).toMatchObject(settings);
  });
});

describe("the behavior options of responses", () => {
  it("durationsRewritten: responses spell durations as Go does, also nested ones, and keep other texts", async () => {
    await start({ durationsRewritten: true });
    const { result } = await put({
      name: "24h",
      session_duration: "24h",
      user_seat_expiration_inactive_time: "1460h",
      mfa_config: { session_duration: "90m" },
    });
    expect(result).toMatchObject({
      name: "24h",
      session_duration: "24h0m0s",
      user_seat_expiration_inactive_time: "1460h0m0s",
      mfa_config: { session_duration: "1h30m0s" },
    });
  });

  it("statuses: rejections have these HTTP statuses", async () => {
    await start({ statuses: { conflict: 400, authDomainTaken: 409, invalidAuthDomain: 422 } });
    expect((await call(emulator, "POST", ORGANIZATION, TEAM)).status).toBe(400);
    expect((await put({ auth_domain: "" })).status).toBe(422);
    emulator.seed("zones", ZONE, { auth_domain: "taken.cloudflareaccess.com" });
    expect((await put({ auth_domain: "taken.cloudflareaccess.com" })).status).toBe(409);
  });
});

describe("staleReadsAfterWrite", () => {
  it("ms: reads return the object before the write for this time", async () => {
    await start({ staleReadsAfterWrite: { ms: 2_000 } });
    await put({ session_duration: "1h" });
    await put({ session_duration: "2h" });
    expect((await get()).result).toMatchObject({ session_duration: "24h" });
    await new Promise((resolve) => setTimeout(resolve, 2_100));
    expect((await get()).result).toMatchObject({ session_duration: "2h" });
  });

  it("hides a new organization, too, but not an edit in the dashboard", async () => {
    await start({ staleReadsAfterWrite: { gets: 1 } });
    emulator.remove("accounts", ACCOUNT);
    await call(emulator, "POST", ORGANIZATION, TEAM);
    expect((await get()).status).toBe(403);
    expect((await get()).status).toBe(200);
    emulator.edit("accounts", ACCOUNT, { session_duration: "3h" });
    expect((await get()).result).toMatchObject({ session_duration: "3h" });
  });
});
