import { dohSettings } from "../../provider/schema/doh-settings.js";
import { decodeLive } from "../../provider/schema/codec.js";
import { liveInputs, managedFields } from "../../provider/schema/managed-fields.js";
import { organization } from "../../provider/schema/organization.js";
import type { ApiObject, SettingValues } from "../../provider/schema/values.js";
import { missingFrom, notApplied, sideEffects } from "../../provider/schema/verify.js";
import { SERVICE_TOKEN } from "../ids.js";
import { TEAM } from "./request-body-for.js";

const live = (fields: ApiObject) => decodeLive(organization, { ...TEAM, ...fields });
const liveDoh = (response: ApiObject) => decodeLive(dohSettings, response);
const pathsOf = (declared: SettingValues) =>
  new Set(managedFields(organization, declared).map(({ path }) => path));

describe("notApplied", () => {
  const notAppliedOf = (declared: SettingValues, response: ApiObject) =>
    notApplied(organization, declared, pathsOf(declared), live(response));

  it("names a written setting that the response shows with another value", () => {
    const declared = { strictServiceTokenAuth: false, mfaConfig: { sessionDuration: "1h" } };
    const response = { strict_service_token_auth: true, mfa_config: { session_duration: "2h" } };
    expect(notAppliedOf(declared, response)).toEqual([
      "mfaConfig.sessionDuration",
      "strictServiceTokenAuth",
    ]);
  });

  it("names a written setting that the response does not show", () => {
    expect(notAppliedOf({ additionalSettings: { new_setting: 1 } }, {})).toEqual([
      "additionalSettings.new_setting",
    ]);
  });

  it("does not name a declared setting that the request did not write", () => {
    const declared = { strictServiceTokenAuth: false, sessionDuration: "1h" };
    const response = live({ strict_service_token_auth: true, session_duration: "2h" });
    const written = new Set(["sessionDuration"]);
    expect(notApplied(organization, declared, written, response)).toEqual(["sessionDuration"]);
  });

  it("does not name a setting that the response shows with an equivalent value", () => {
    const declared = { sessionDuration: "24h", denyUnmatchedRequests: false, loginDesign: {} };
    const response = { session_duration: "24h0m0s", login_design: { header_text: "" } };
    expect(notAppliedOf(declared, response)).toEqual([]);
  });

  it.each([{ session_duration: "0m" }, { session_duration: "0s" }, {}])(
    'accepts %j for an MFA session of "0m"',
    (mfa_config) => {
      expect(notAppliedOf({ mfaConfig: { sessionDuration: "0m" } }, { mfa_config })).toEqual([]);
    },
  );

  it("does not name uiReadOnlyToggleReason while isUiReadOnly is off", () => {
    expect(notAppliedOf({ uiReadOnlyToggleReason: "maintenance" }, {})).toEqual([]);
  });
});

describe("sideEffects", () => {
  const requested = new Set(["sessionDuration"]);
  const sideEffectsOf = (before: ApiObject, after: ApiObject, paths = requested) =>
    sideEffects(organization, paths, live(before), live(after));

  it.each<[string, ApiObject, ApiObject, string[]]>([
    [
      "a setting that the request did not change and that has another value",
      { deny_unmatched_requests: true, login_design: { header_text: "Hi" } },
      { login_design: { header_text: "Ho" } },
      ["denyUnmatchedRequests", "loginDesign.headerText"],
    ],
    [
      "a setting that appeared and an unknown field that disappeared",
      { new_setting: 1 },
      { allow_authenticate_via_warp: true },
      ["additionalSettings.new_setting", "allowAuthenticateViaWarp"],
    ],
    [
      "an output-only field that changed",
      { trusted_accounts: ["one"], cache_device_posture: true },
      { trusted_accounts: [], cache_device_posture: true },
      ["trusted_accounts"],
    ],
  ])("names %s", (_, before, after, names) => {
    expect(sideEffectsOf(before, after)).toEqual(names);
  });

  it.each<[string, ApiObject, ApiObject]>([
    ["the requested setting", { session_duration: "24h" }, { session_duration: "12h" }],
    ["the time of the last change", { updated_at: "before" }, { updated_at: "after" }],
    ["an output-only field that the response lacks", { trusted_accounts: ["one"] }, {}],
    [
      "a value in another spelling",
      { warp_auth_session_duration: "24h" },
      { warp_auth_session_duration: "24h0m0s" },
    ],
    [
      "an unset value in another spelling",
      { login_design: {}, trusted_accounts: [] },
      { login_design: { logo_path: "" } },
    ],
  ])("does not name %s", (_, before, after) => {
    expect(sideEffectsOf(before, after)).toEqual([]);
  });

  it("names a member of an object that this release does not know", () => {
    const before = {
      service_token_inactivity: { action: "disable", enabled: true, notify: "ops" },
      mfa_config: { session_duration: "24h", grace: "1h" },
      mfa_ssh_piv_key_requirements: { pin_policy: "once", attest: true },
      login_design: { banner: "Hi" },
    };
    const after = {
      service_token_inactivity: { action: "disable", enabled: true },
      mfa_config: { session_duration: "24h", grace: "9h" },
      mfa_piv_key_requirements: { pin_policy: "once", attest: true },
      login_design: { banner: "Hi", footnote: "" },
      custom_pages: { not_found: "uid" },
    };
    expect(sideEffectsOf(before, after)).toEqual([
      "customPages.not_found",
      "mfaConfig.grace",
      "serviceTokenInactivity.notify",
    ]);
  });

  it("does not name members of an object that the request changes as a whole", () => {
    const before = { login_design: { header_text: "Hi", banner: "Hi" } };
    expect(sideEffectsOf(before, {}, new Set(["loginDesign"]))).toEqual([]);
    expect(sideEffectsOf(before, {})).toEqual(["loginDesign.banner", "loginDesign.headerText"]);
  });

  it("does not name a member of an atomic object that the request changes", () => {
    const before = { service_token_inactivity: { action: "disable", enabled: true, notify: "a" } };
    const after = { service_token_inactivity: { action: "disable", enabled: true, notify: "b" } };
    const names = (...paths: string[]) => sideEffectsOf(before, after, new Set(paths));
    expect(names("serviceTokenInactivity", "serviceTokenInactivity.notify")).toEqual([]);
    expect(names("serviceTokenInactivity")).toEqual(["serviceTokenInactivity.notify"]);
  });

  it("does not name uiReadOnlyToggleReason if it disappears with isUiReadOnly", () => {
    const locked = { is_ui_read_only: true, ui_read_only_toggle_reason: "maintenance" };
    for (const reason of [{}, { ui_read_only_toggle_reason: "" }]) {
      const unlocked = { is_ui_read_only: false, ...reason };
      const paths = new Set(["isUiReadOnly"]);
      expect(sideEffectsOf(locked, unlocked, paths)).toEqual([]);
      expect(sideEffectsOf(unlocked, locked, paths)).toEqual([]);
    }
  });

  it("does not name a DoH setting that one of the responses lacks: nothing is known then", () => {
    const [both, one] = [liveDoh({ id: "one", doh_jwt_duration: "6h" }), liveDoh({ id: "one" })];
    expect(sideEffects(dohSettings, new Set(), both, one)).toEqual([]);
    expect(sideEffects(dohSettings, new Set(), one, both)).toEqual([]);
    const other = liveDoh({ id: "one", doh_jwt_duration: "12h" });
    expect(sideEffects(dohSettings, new Set(), both, other)).toEqual(["dohJwtDuration"]);
  });

  it("does not name the fields of a DoH service token if another one is requested", () => {
    const before = liveDoh({ id: "one", client_id: "one.access", name: "One" });
    const after = liveDoh({ id: "two", client_id: "two.access", name: "Two" });
    expect(sideEffects(dohSettings, new Set(["serviceTokenId"]), before, after)).toEqual([]);
  });
});

describe("missingFrom", () => {
  it("names the written fields that a response lacks", () => {
    const body = { ...TEAM, session_duration: "12h", login_design: null, new_setting: 1 };
    expect(missingFrom(organization, body, { ...TEAM })).toEqual(["session_duration"]);
    expect(missingFrom(organization, body, body)).toEqual([]);
  });

  it("knows a field by its former name, too", () => {
    const body = { mfa_piv_key_requirements: { pin_policy: "once" } };
    const response = { mfa_ssh_piv_key_requirements: { pin_policy: "once" } };
    expect(missingFrom(organization, body, response)).toEqual([]);
    expect(missingFrom(organization, response, body)).toEqual([]);
    expect(missingFrom(organization, response, {})).toEqual(Object.keys(response));
  });

  it("does not name fields that responses may lack although they are set", () => {
    const reason = { ui_read_only_toggle_reason: "maintenance" };
    expect(missingFrom(organization, reason, {})).toEqual([]);
    expect(missingFrom(dohSettings, { service_token_id: "one" }, {})).toEqual([]);
  });
});

describe("A DoH response with the default duration", () => {
  const response = { id: SERVICE_TOKEN, doh_jwt_duration: "24h0m0s" };
  const notAppliedOf = (declared: SettingValues, fields: ApiObject) =>
    notApplied(dohSettings, declared, new Set(["dohJwtDuration"]), liveDoh(fields));

  it("satisfies a duration that is declared empty, which keeps its spelling", () => {
    expect(notAppliedOf({ dohJwtDuration: "" }, response)).toEqual([]);
    expect(liveInputs(dohSettings, { dohJwtDuration: "" }, liveDoh(response).settings)).toEqual({
      dohJwtDuration: "",
    });
  });

  it("does not count as a side effect if the default appears or disappears", () => {
    const requested = new Set(["serviceTokenId"]);
    const effects = (before: ApiObject, after: ApiObject) =>
      sideEffects(dohSettings, requested, liveDoh(before), liveDoh(after));
    expect(effects({}, response)).toEqual([]);
    expect(effects(response, { id: SERVICE_TOKEN })).toEqual([]);
    expect(effects({ doh_jwt_duration: "12h" }, response)).toEqual(["dohJwtDuration"]);
  });

  it("is not reported as not applied if the response lacks a duration", () => {
    expect(notAppliedOf({ dohJwtDuration: "24h" }, { id: SERVICE_TOKEN })).toEqual([]);
    expect(notAppliedOf({ dohJwtDuration: "12h" }, response)).toEqual(["dohJwtDuration"]);
  });
});
