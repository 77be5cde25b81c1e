import { sideEffects, notApplied } from "../../provider/schema/verify.js";
import { dohSettings } from "../../provider/schema/doh-settings.js";
import { organization } from "../../provider/schema/organization.js";
import type { SettingValues, ApiObject } from "../../provider/schema/values.js";
import { TEAM } from "./request-body-for.js";

const unheededPaths = (stated: SettingValues, answer: ApiObject) =>
  notApplied(organization, stated, { ...TEAM, ...answer }).map(({ path }) => path);
const disturbedPaths = (stated: SettingValues, before: ApiObject, answer: ApiObject) =>
  sideEffects(organization, stated, { ...TEAM, ...before }, { ...TEAM, ...answer });

describe("a stated setting is unheeded", () => {
  it("when the answer shows another value", () => {
    const stated = { strictServiceTokenAuth: false, mfaConfig: { sessionDuration: "1h" } };
    const answer = { strict_service_token_auth: true, mfa_config: { session_duration: "2h" } };
    expect(unheededPaths(stated, answer)).toEqual([
      "mfaConfig.sessionDuration",
      "strictServiceTokenAuth",
    ]);
  });

  it("when the answer does not show it at all", () => {
    expect(unheededPaths({ additionalSettings: { new_setting: 1 } }, {})).toEqual([
      "additionalSettings.new_setting",
    ]);
  });

  it("not when the answer says the same in other words", () => {
    const stated = { sessionDuration: "24h", denyUnmatchedRequests: false, loginDesign: {} };
    const answer = { session_duration: "24h0m0s", login_design: { header_text: "" } };
    expect(unheededPaths(stated, answer)).toEqual([]);
  });

  it("not when it is the reason and the organization is not read-only", () => {
    expect(unheededPaths({ uiReadOnlyToggleReason: "maintenance" }, {})).toEqual([]);
  });
});

describe("a write disturbed", () => {
  const change = { sessionDuration: "12h" };

  it("a setting that nobody stated, when it is another one afterwards", () => {
    const before = { deny_unmatched_requests: true, login_design: { header_text: "Hi" } };
    expect(disturbedPaths(change, before, { login_design: { header_text: "Ho" } })).toEqual([
      "denyUnmatchedRequests",
      "loginDesign.headerText",
    ]);
  });

  it("a setting that appeared, and a key that nobody here knows", () => {
    const answer = { allow_authenticate_via_warp: true };
    expect(disturbedPaths(change, { new_setting: 1 }, answer)).toEqual([
      "additionalSettings.new_setting",
      "allowAuthenticateViaWarp",
    ]);
  });

  it("a key that only answers carry", () => {
    const before = { trusted_accounts: ["one"], cache_device_posture: true };
    const answer = { trusted_accounts: [], cache_device_posture: true };
    expect(disturbedPaths(change, before, answer)).toEqual(["trusted_accounts"]);
  });

  it.each<[string, ApiObject, ApiObject]>([
    ["what is stated", { session_duration: "24h" }, { session_duration: "12h" }],
    ["the timestamps", { updated_at: "before" }, { updated_at: "after" }],
    [
      "what is only spelled anew",
      { warp_auth_session_duration: "24h" },
      { warp_auth_session_duration: "24h0m0s" },
    ],
    [
      "what was unset",
      { login_design: {}, trusted_accounts: [] },
      { login_design: { logo_path: "" } },
    ],
    [
      "a list that is only in another order",
      { deny_unmatched_requests_exempted_zone_names: ["a", "b"] },
      { deny_unmatched_requests_exempted_zone_names: ["b", "a"] },
    ],
  ])("not %s", (_, before, answer) => {
    expect(disturbedPaths(change, before, answer)).toEqual([]);
  });

  it("a member that nobody here knows, of an object that is known", () => {
    const before = {
      service_token_inactivity: { action: "disable", enabled: true, notify: "ops" },
      mfa_config: { session_duration: "24h", grace: "1h" },
      mfa_ssh_piv_key_requirements: { pin_policy: "once", attest: true },
      login_design: { banner: "Hi" },
    };
    const answer = {
      service_token_inactivity: { action: "disable", enabled: true },
      mfa_config: { session_duration: "24h", grace: "9h" },
      mfa_piv_key_requirements: { pin_policy: "once", attest: true },
      login_design: { banner: "Hi", footnote: "" },
      custom_pages: { gone: "uid" },
    };
    expect(disturbedPaths({ serviceTokenInactivity: {} }, before, answer)).toEqual([
      "customPages.gone",
      "mfaConfig.grace",
      "serviceTokenInactivity.notify",
    ]);
  });

  it("not one of an object that is stated empty", () => {
    const before = { login_design: { header_text: "Hi", banner: "Hi" } };
    expect(disturbedPaths({ loginDesign: {} }, before, {})).toEqual([]);
    expect(disturbedPaths(change, before, {})).toEqual([
      "loginDesign.banner",
      "loginDesign.headerText",
    ]);
  });

  it("not the reason that disappears with the lock", () => {
    const before = { is_ui_read_only: true, ui_read_only_toggle_reason: "maintenance" };
    for (const gone of [{}, { ui_read_only_toggle_reason: "" }]) {
      const answer = { is_ui_read_only: false, ...gone };
      expect(disturbedPaths({ isUiReadOnly: false }, before, answer)).toEqual([]);
      expect(disturbedPaths({ isUiReadOnly: true }, answer, before)).toEqual([]);
    }
  });

  it("not the attributes of the service token, when another one is named", () => {
    const before = { id: "one", client_id: "one.access", name: "One" };
    const answer = { id: "other", client_id: "other.access", name: "Other" };
    expect(sideEffects(dohSettings, { serviceTokenId: "other" }, before, answer)).toEqual([]);
  });
});
