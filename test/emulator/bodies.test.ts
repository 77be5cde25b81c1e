import { ACCOUNT_PUT_FIELDS } from "../../emulator/fields.js";
import { startEmulator, type Emulator } from "../../emulator/index.js";
import { ACCOUNT, call, ORGANIZATION, rejectionOf, TEAM } from "./calls.js";

let emulator: Emulator;
beforeEach(async () => {
  emulator = await startEmulator();
  emulator.seed("accounts", ACCOUNT, TEAM);
});
afterEach(() => emulator.close());

const put = (settings: object) => call(emulator, "PUT", ORGANIZATION, { ...TEAM, ...settings });

/*
 * Types, enums, required members and bounds of the contract are in test/contract/emulator-fields.test.ts.
 * Here are rules that the contract does not have, and the form of a rejection.
 */

describe("the emulator accepts a PUT body", () => {
  it.each<[string, object]>([
    ["the smallest seat expiration", { user_seat_expiration_inactive_time: "730h" }],
    ["the largest seat expiration", { user_seat_expiration_inactive_time: "8760h" }],
    ["an MFA session of 0m", { mfa_config: { session_duration: "0m" } }],
    ["an empty text", { ui_read_only_toggle_reason: "", login_design: { header_text: "" } }],
  ])("with %s", async (_, settings) => {
    expect((await put(settings)).errors).toEqual([]);
  });

  it("with null for every field that can be unset", async () => {
    const neverNull = ["auth_domain", "name", "service_token_inactivity"];
    const fields = ACCOUNT_PUT_FIELDS.filter((field) => !neverNull.includes(field));
    const settings = Object.fromEntries(fields.map((field) => [field, null]));
    expect((await put(settings)).errors).toEqual([]);
  });
});

describe("the emulator rejects a PUT body with 400, 12062 and a chain that begins with", () => {
  it.each<[string, object]>([
    ["login_design.header_text: ", { login_design: { header_text: null } }],
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
      "user_seat_expiration_inactive_time: must be",
      { user_seat_expiration_inactive_time: "8761h" },
    ],
    ["mfa_config.session_duration: must be", { mfa_config: { session_duration: "721h" } }],
    [
      "mfa_config.amr_matching_session_duration: accepts only",
      { mfa_config: { amr_matching_session_duration: "1h1s" } },
    ],
    [
      "mfa_piv_key_requirements.ssh_key_size: does not match ssh_key_type",
      { mfa_piv_key_requirements: { ssh_key_type: ["ed25519"], ssh_key_size: [256] } },
    ],
    ["service_token_inactivity: ", { service_token_inactivity: null }],
  ])("%s", async (chain, settings) => {
    const rejected = rejectionOf(await put(settings));
    expect(rejected).toContain(`400 12062 access.api.error.invalid_org_config | ${chain}`);
  });
});

describe("a body that is not a JSON object", () => {
  it("is rejected", async () => {
    expect(rejectionOf(await call(emulator, "PUT", ORGANIZATION, "{"))).toMatch(/^400 12130 /);
    expect(rejectionOf(await call(emulator, "PUT", ORGANIZATION, "[]"))).toMatch(/^400 12062 /);
  });
});

describe("a field that the contract does not know", () => {
  it("is accepted in requests once a live organization has it, and removed if a PUT omits it", async () => {
    emulator.edit("accounts", ACCOUNT, { new_field: { deep: "" } });
    const { result } = await put({ new_field: { deep: [1] } });
    expect(result).toMatchObject({ new_field: { deep: [1] } });
    expect((await put({})).result).not.toHaveProperty("new_field");
  });

  it("is accepted in requests if newApiFields names it", async () => {
    const newer = await startEmulator({ newApiFields: ["new_field"] });
    newer.seed("accounts", ACCOUNT);
    const { result } = await call(newer, "PUT", ORGANIZATION, { ...TEAM, new_field: true });
    expect(result).toMatchObject({ new_field: true });
    await newer.close();
  });
});
