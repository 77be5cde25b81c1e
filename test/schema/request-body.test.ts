import { dohSettings } from "../../provider/schema/doh-settings.js";
import { SERVICE_TOKEN } from "../ids.js";
import { bodyOf, planOf, TEAM } from "./request-body-for.js";

const inactivity = { action: "delete", enabled: true, inactivity_threshold_days: 60 };

describe("a plan", () => {
  it("has no body when the live object holds what is stated, in whatever spelling", () => {
    const live = { ...TEAM, session_duration: "24h", login_design: { header_text: "" } };
    const stated = { sessionDuration: "1440m", loginDesign: {}, denyUnmatchedRequests: false };
    expect(planOf(live, stated)).toEqual({ changes: [], body: undefined });
  });

  it("has no body when nothing is stated", () => {
    expect(bodyOf({ session_duration: "24h" }, {})).toBeUndefined();
  });

  it("sends the whole object, with what is stated laid over", () => {
    const live = { session_duration: "24h", allow_authenticate_via_warp: true };
    expect(bodyOf(live, { sessionDuration: "12h" })).toEqual({
      ...TEAM,
      session_duration: "12h",
      allow_authenticate_via_warp: true,
    });
  });

  it("names each change, from what to what, at the path of the argument", () => {
    const live = { ...TEAM, session_duration: "24h", login_design: { header_text: "Hi" } };
    const stated = { name: "Widget Corp", sessionDuration: "", loginDesign: { headerText: "Ho" } };
    expect(planOf(live, stated).changes).toEqual([
      { path: "loginDesign.headerText", from: "Hi", to: "Ho" },
      { path: "sessionDuration", from: "24h", to: "" },
    ]);
  });
});

describe("an object", () => {
  const login_design = { header_text: "Hi", footer_text: "Bye", background_color: "#112233" };

  it("keeps the members that are not stated", () => {
    expect(bodyOf({ login_design }, { loginDesign: { headerText: "Ho" } })).toMatchObject({
      login_design: { header_text: "Ho", footer_text: "Bye", background_color: "#112233" },
    });
  });

  it("keeps the members that nobody here knows", () => {
    const live = { login_design: { ...login_design, new_member: [1] } };
    expect(bodyOf(live, { loginDesign: { headerText: "Ho" } })).toMatchObject({
      login_design: { new_member: [1] },
    });
  });

  it("is cleared of a member by leaving it out", () => {
    expect(bodyOf({ login_design }, { loginDesign: { footerText: "" } })).toEqual({
      ...TEAM,
      login_design: { header_text: "Hi", background_color: "#112233" },
    });
  });

  it("is cleared by null when no member is left", () => {
    const live = { login_design: { header_text: "Hi", footer_text: "" } };
    expect(bodyOf(live, { loginDesign: { headerText: "" } })).toEqual({
      ...TEAM,
      login_design: null,
    });
  });

  it("is cleared by null when it is stated empty", () => {
    expect(bodyOf({ login_design }, { loginDesign: {} })).toEqual({ ...TEAM, login_design: null });
  });

  it("keeps a member that is switched off, as an explicit false", () => {
    const live = { mfa_piv_key_requirements: { require_fips_device: true, pin_policy: "once" } };
    expect(bodyOf(live, { mfaPivKeyRequirements: { requireFipsDevice: false } })).toMatchObject({
      mfa_piv_key_requirements: { require_fips_device: false, pin_policy: "once" },
    });
  });
});

describe("clearing", () => {
  it.each([
    ["sessionDuration", "session_duration", "24h", ""],
    ["userSeatExpirationInactiveTime", "user_seat_expiration_inactive_time", "730h", ""],
    ["warpAuthSessionDuration", "warp_auth_session_duration", "36h", ""],
    [
      "denyUnmatchedRequestsExemptedZoneNames",
      "deny_unmatched_requests_exempted_zone_names",
      ["example.com"],
      [],
    ],
    ["mfaConfig", "mfa_config", { session_duration: "24h" }, {}],
    ["mfaPivKeyRequirements", "mfa_piv_key_requirements", { pin_policy: "once" }, {}],
    ["customPages", "custom_pages", { forbidden: "uid" }, {}],
  ])("%s, stated empty, is done by null", (argument, wire, live, empty) => {
    expect(bodyOf({ [wire]: live }, { [argument]: empty })).toEqual({ ...TEAM, [wire]: null });
  });

  it.each([null, "", [], {}])("an additional setting, stated as %j, is done by null", (empty) => {
    expect(bodyOf({ new_setting: "on" }, { additionalSettings: { new_setting: empty } })).toEqual({
      ...TEAM,
      new_setting: null,
    });
  });

  it.each([
    ["allowAuthenticateViaWarp", "allow_authenticate_via_warp"],
    ["denyUnmatchedRequests", "deny_unmatched_requests"],
    ["isUiReadOnly", "is_ui_read_only"],
    ["mfaRequiredForAllApps", "mfa_required_for_all_apps"],
    ["strictServiceTokenAuth", "strict_service_token_auth"],
  ])("%s is an explicit false", (argument, wire) => {
    expect(bodyOf({ [wire]: true }, { [argument]: false })).toEqual({ ...TEAM, [wire]: false });
  });

  it("an additional boolean is an explicit false", () => {
    const stated = { additionalSettings: { new_switch: false } };
    expect(bodyOf({ new_switch: true }, stated)).toEqual({ ...TEAM, new_switch: false });
  });

  it("serviceTokenInactivity is the complete object, switched off: the API refuses null", () => {
    const live = { service_token_inactivity: inactivity };
    expect(bodyOf(live, { serviceTokenInactivity: {} })).toEqual({
      ...TEAM,
      service_token_inactivity: { ...inactivity, enabled: false },
    });
  });

  it.each([
    ["changed", { action: "disable", enabled: true, inactivityThresholdDays: 90 }],
    ["cleared", {}],
  ])("serviceTokenInactivity keeps members that nobody here knows when it is %s", (_, stated) => {
    const live = { service_token_inactivity: { ...inactivity, notify: "ops", quiet: false } };
    expect(bodyOf(live, { serviceTokenInactivity: stated })).toMatchObject({
      service_token_inactivity: { notify: "ops", quiet: false },
    });
  });

  it("serviceTokenInactivity completes what the live object lacks", () => {
    const live = { service_token_inactivity: { enabled: true } };
    expect(bodyOf(live, { serviceTokenInactivity: {} })).toMatchObject({
      service_token_inactivity: {
        action: "disable",
        enabled: false,
        inactivity_threshold_days: 90,
      },
    });
  });

  it("leaves authDomain and name as they are", () => {
    const everythingEmpty = {
      customPages: {},
      loginDesign: {},
      mfaConfig: {},
      sessionDuration: "",
      additionalSettings: { new_setting: null },
    };
    const live = { login_design: { header_text: "Hi" }, new_setting: 1, session_duration: "24h" };
    expect(bodyOf(live, everythingEmpty)).toMatchObject(TEAM);
  });
});

describe("a service token rule", () => {
  it("is sent as a whole, in the program's words", () => {
    const stated = { action: "disable", enabled: true, inactivityThresholdDays: 365 };
    const live = { service_token_inactivity: inactivity };
    expect(bodyOf(live, { serviceTokenInactivity: stated })).toMatchObject({
      service_token_inactivity: {
        action: "disable",
        enabled: true,
        inactivity_threshold_days: 365,
      },
    });
  });
});

describe("the reason for locking the dashboard", () => {
  const stated = { uiReadOnlyToggleReason: "maintenance" };

  it("is no change while the organization is not read-only: the API would not show it", () => {
    expect(bodyOf({}, stated)).toBeUndefined();
    expect(bodyOf({ is_ui_read_only: false }, { ...stated, isUiReadOnly: false })).toBeUndefined();
  });

  it("is sent with the lock", () => {
    expect(bodyOf({}, { ...stated, isUiReadOnly: true })).toMatchObject({
      is_ui_read_only: true,
      ui_read_only_toggle_reason: "maintenance",
    });
  });

  it("is a change while the organization is read-only, whoever made it so", () => {
    const live = { is_ui_read_only: true, ui_read_only_toggle_reason: "holidays" };
    expect(bodyOf(live, stated)).toMatchObject({ ui_read_only_toggle_reason: "maintenance" });
  });
});

describe("the former wire name of the PIV key requirements", () => {
  const requirements = { pin_policy: "once", touch_policy: "never" };

  it("is used while the live object answers under it", () => {
    const live = { mfa_ssh_piv_key_requirements: requirements };
    expect(bodyOf(live, { mfaPivKeyRequirements: { pinPolicy: "always" } })).toEqual({
      ...TEAM,
      mfa_ssh_piv_key_requirements: { pin_policy: "always", touch_policy: "never" },
    });
    expect(bodyOf(live, { sessionDuration: "12h" })).toEqual({
      ...TEAM,
      mfa_ssh_piv_key_requirements: requirements,
      session_duration: "12h",
    });
  });

  it("is not used otherwise", () => {
    const stated = { mfaPivKeyRequirements: { pinPolicy: "always" } };
    expect(bodyOf({}, stated)).toEqual({
      ...TEAM,
      mfa_piv_key_requirements: { pin_policy: "always" },
    });
  });
});

describe("DoH settings", () => {
  const answer = { id: SERVICE_TOKEN, client_id: "id.access", name: "CI", doh_jwt_duration: "24h" };
  const planned = (live: object, stated: object) =>
    planOf(live as Record<string, unknown>, stated as Record<string, unknown>, {
      definition: dohSettings,
    }).body;

  it("are sent both, and nothing of the service token's own", () => {
    expect(planned(answer, { dohJwtDuration: "12h" })).toEqual({
      service_token_id: SERVICE_TOKEN,
      doh_jwt_duration: "12h",
    });
  });

  it("find the service token's id under id", () => {
    expect(planned(answer, { serviceTokenId: SERVICE_TOKEN })).toBeUndefined();
    expect(planned({}, { serviceTokenId: SERVICE_TOKEN })).toEqual({
      service_token_id: SERVICE_TOKEN,
    });
  });

  it("are cleared by null", () => {
    expect(planned(answer, { serviceTokenId: "" })).toEqual({
      service_token_id: null,
      doh_jwt_duration: "24h",
    });
  });
});
