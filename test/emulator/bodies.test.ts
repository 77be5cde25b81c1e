import { startEmulator, type Emulator } from "../../emulator/index.js";
import { ACCOUNT, call, ORGANIZATION, rejectionOf, TEAM } from "./calls.js";

let emulator: Emulator;
beforeEach(async () => {
  emulator = await startEmulator();
  emulator.seed("accounts", ACCOUNT, TEAM);
});
afterEach(() => emulator.close());

const put = (settings: object) => call(emulator, "PUT", ORGANIZATION, { ...TEAM, ...settings });

const INACTIVITY = { action: "disable", enabled: true, inactivity_threshold_days: 30 };

/*
 * Types, enums, required members and bounds of the contract are in test/contract/emulator-fields.test.ts.
 * Here are rules that the contract does not have, and the form of a rejection.
 */

describe("the emulator accepts a PUT body", () => {
  it.each<[string, object]>([
    ["a Go duration", { session_duration: "1h30m" }],
    ["a fraction of an hour", { session_duration: "1.5h" }],
    ["the smallest seat expiration", { user_seat_expiration_inactive_time: "730h" }],
    ["the largest seat expiration", { user_seat_expiration_inactive_time: "8760h" }],
    ["90 days of WARP", { warp_auth_session_duration: "2160h" }],
    ["an MFA session of 0m", { mfa_config: { session_duration: "0m" } }],
    [
      "the id of a list of AAGUIDs",
      { mfa_config: { required_aaguids: "2fc0579f-8113-47ea-b116-bb5a8db9202a" } },
    ],
    [
      "a disabled inactivity policy",
      { service_token_inactivity: { ...INACTIVITY, enabled: false } },
    ],
    [
      "empty objects and lists",
      { login_design: {}, deny_unmatched_requests_exempted_zone_names: [] },
    ],
    ["an empty text", { ui_read_only_toggle_reason: "", login_design: { header_text: "" } }],
    [
      "key sizes that match the key types",
      { mfa_piv_key_requirements: { ssh_key_type: ["ecdsa", "rsa"], ssh_key_size: [256, 2048] } },
    ],
  ])("with %s", async (_, settings) => {
    expect((await put(settings)).errors).toEqual([]);
  });

  it.each([
    "allow_authenticate_via_warp",
    "auto_redirect_to_identity",
    "custom_pages",
    "deny_unmatched_requests",
    "deny_unmatched_requests_exempted_zone_names",
    "is_ui_read_only",
    "login_design",
    "mfa_config",
    "mfa_piv_key_requirements",
    "mfa_required_for_all_apps",
    "session_duration",
    "strict_service_token_auth",
    "ui_read_only_toggle_reason",
    "user_seat_expiration_inactive_time",
    "warp_auth_non_browser_401",
    "warp_auth_session_duration",
  ])("with null for %s", async (field) => {
    expect((await put({ [field]: null })).status).toBe(200);
  });
});

describe("the emulator rejects a PUT body with 400, 12062 and a chain that begins with", () => {
  it.each<[string, object]>([
    ["created_at: set by the server", { created_at: "2026-01-01T00:00:00Z" }],
    ["updated_at: set by the server", { updated_at: "2026-01-01T00:00:00Z" }],
    ["cache_device_posture: set by the server", { cache_device_posture: false }],
    ["has_migrated_private_apps: set by the server", { has_migrated_private_apps: false }],
    ["trusted_accounts: set by the server", { trusted_accounts: [] }],
    ["mfa_configuration_allowed: set by the server", { mfa_configuration_allowed: true }],
    ["session_durations: unknown field", { session_durations: "24h" }],
    ["login_design.colour: unknown field", { login_design: { colour: "#112233" } }],
    ["login_design.header_text: ", { login_design: { header_text: null } }],
    ["session_duration: is not a duration", { session_duration: "" }],
    ["session_duration: is not a duration", { session_duration: "1 day" }],
    ["warp_auth_session_duration: accepts only", { warp_auth_session_duration: "90s" }],
    [
      "warp_auth_session_duration: must be from 0h to 2160h",
      { warp_auth_session_duration: "2161h" },
    ],
    [
      "user_seat_expiration_inactive_time: must be from 730h to 8760h",
      { user_seat_expiration_inactive_time: "729h59m" },
    ],
    [
      "user_seat_expiration_inactive_time: must be from 730h to 8760h",
      { user_seat_expiration_inactive_time: "8761h" },
    ],
    [
      "mfa_config.allowed_authenticators.1: invalid mfa authenticator type",
      { mfa_config: { allowed_authenticators: ["totp", "ssh_piv_key"] } },
    ],
    ["mfa_config.session_duration: must be", { mfa_config: { session_duration: "721h" } }],
    [
      "mfa_config.amr_matching_session_duration: accepts only",
      { mfa_config: { amr_matching_session_duration: "1h1s" } },
    ],
    ["mfa_config.required_aaguids: ", { mfa_config: { required_aaguids: "yubikey" } }],
    ["mfa_ssh_piv_key_requirements: unknown field", { mfa_ssh_piv_key_requirements: {} }],
    [
      "mfa_piv_key_requirements.ssh_key_size: does not match ssh_key_type",
      { mfa_piv_key_requirements: { ssh_key_type: ["ed25519"], ssh_key_size: [256] } },
    ],
    ["service_token_inactivity: ", { service_token_inactivity: null }],
    [
      "service_token_inactivity.action: ",
      { service_token_inactivity: { enabled: false, inactivity_threshold_days: 90 } },
    ],
  ])("%s", async (chain, settings) => {
    const rejected = rejectionOf(await put(settings));
    expect(rejected).toContain(`400 12062 access.api.error.invalid_org_config | ${chain}`);
  });

  it("the names of all invalid fields", async () => {
    const { errors } = await put({ session_duration: "", created_at: "", colour: 1 });
    const fields = errors[0]?.error_chain?.map(({ message }) => message.split(":")[0]);
    expect(fields).toEqual(["session_duration", "created_at", "colour"]);
  });
});

describe("a body that is not a JSON object", () => {
  it("is rejected", async () => {
    expect(rejectionOf(await call(emulator, "PUT", ORGANIZATION, "{"))).toMatch(/^400 12130 /);
    expect(rejectionOf(await call(emulator, "PUT", ORGANIZATION, "[]"))).toMatch(/^400 12062 /);
  });
});

describe("a field that the contract does not know", () => {
  it("is accepted in requests once a live organization has it", async () => {
    expect(rejectionOf(await put({ new_field: 1 }))).toMatch(/new_field: unknown field/);
    emulator.edit("accounts", ACCOUNT, { new_field: { deep: "" } });
    expect((await put({ new_field: { deep: [1] } })).result).toMatchObject({
      new_field: { deep: [1] },
    });
  });

  it("is removed by a PUT that omits it", async () => {
    emulator.seed("accounts", ACCOUNT, { ...TEAM, new_field: 1 });
    expect((await put({})).result).not.toHaveProperty("new_field");
  });

  it("is accepted or output-only as the options newApiFields and outputOnlyFields say", async () => {
    const declared = await startEmulator({
      newApiFields: ["new_field"],
      outputOnlyFields: ["new_output"],
    });
    declared.seed("accounts", ACCOUNT, { ...TEAM, new_output: 1 });
    const sent = { ...TEAM, new_field: true };
    const response = await call(declared, "PUT", ORGANIZATION, sent);
    expect(response.result).toMatchObject({ new_field: true, new_output: 1 });
    const echoed = await call(declared, "PUT", ORGANIZATION, { ...sent, new_output: 1 });
    expect(rejectionOf(echoed)).toMatch(/12062 .* \| new_output: unknown field$/);
    await declared.close();
  });

  it("is accepted as an authenticator once a live organization has it", async () => {
    const mfa_config = { allowed_authenticators: ["retina"] };
    expect(rejectionOf(await put({ mfa_config }))).toMatch(/invalid mfa authenticator type/);
    emulator.edit("accounts", ACCOUNT, { mfa_config });
    expect((await put({ mfa_config })).status).toBe(200);
  });
});
