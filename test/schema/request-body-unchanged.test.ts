import type { ApiObject } from "../../provider/schema/values.js";
import { REFERENCE_ZONE_SETTINGS } from "../contract/reference-settings.js";
import { bodyFor, requestFor, TEAM } from "./request-body-for.js";

/** A change, so that there is a body. */
const CHANGE = { name: "Gadget Corp" };
const CHANGED = { ...TEAM, name: "Gadget Corp" };
const OFF = { action: "delete", enabled: false, inactivity_threshold_days: 60 };

describe("A request body repeats from the live object", () => {
  it.each([
    ["a duration", { session_duration: "24h" }],
    ["an explicit false", { allow_authenticate_via_warp: false }],
    ["a list", { deny_unmatched_requests_exempted_zone_names: ["b.example.com", "a.example.com"] }],
    ["an object", { login_design: { header_text: "Hi", text_color: "#C5ed1B" } }],
    [
      "an explicit false in an object",
      { mfa_piv_key_requirements: { require_fips_device: false, pin_policy: "once" } },
    ],
    ["an atomic object that is off and valid", { service_token_inactivity: OFF }],
    ...[30, 365].map((days): [string, ApiObject] => [
      `an atomic object that is off, with a bound of ${days}`,
      { service_token_inactivity: { ...OFF, inactivity_threshold_days: days } },
    ]),
    [
      "an atomic object that is on, with a member out of bounds",
      { service_token_inactivity: { ...OFF, enabled: true, inactivity_threshold_days: 400 } },
    ],
    [
      "values of another type than their settings have",
      { login_design: "text", session_duration: { a: 1 }, mfa_config: ["text"] },
    ],
    [
      "members of objects that this release does not know",
      {
        login_design: { banner: "Hi" },
        service_token_inactivity: { ...OFF, enabled: true, notify: "ops" },
      },
    ],
    [
      "list items that this release does not know",
      { mfa_config: { allowed_authenticators: ["a_new_authenticator"] } },
    ],
    [
      "values outside the bounds of their input, in their own spelling",
      { user_seat_expiration_inactive_time: "720h", warp_auth_session_duration: "9000h" },
    ],
  ])("%s", (_, live) => {
    expect(bodyFor(live, CHANGE)).toEqual({ ...CHANGED, ...live });
  });

  it.each([true, false, null, "", "text", 0, [], {}, { a: { b: [1] } }])(
    "an unknown field with the value %j",
    (value) => {
      expect(bodyFor({ new_setting: value }, CHANGE)).toEqual({ ...CHANGED, new_setting: value });
    },
  );

  it("durations, respelled where the API rejects the unit that it returned", () => {
    const live = {
      warp_auth_session_duration: "36h0m0s",
      mfa_config: { session_duration: "1h30m0s", amr_matching_session_duration: "0s" },
      session_duration: "24h0m0s",
    };
    expect(bodyFor(live, CHANGE)).toEqual({
      ...CHANGED,
      warp_auth_session_duration: "36h",
      mfa_config: { session_duration: "1h30m", amr_matching_session_duration: "0m" },
      session_duration: "24h0m0s",
    });
  });

  it("only fields that zones accept, and unknown ones, if it is a zone's body", () => {
    const accepted = { ...REFERENCE_ZONE_SETTINGS, new_setting: [1] };
    const notAccepted = {
      deny_unmatched_requests: true,
      deny_unmatched_requests_exempted_zone_names: ["example.com"],
      session_duration: "24h",
      custom_pages: { forbidden: "uid" },
      created_at: "2026-01-01T00:00:00Z",
    };
    expect(bodyFor({ ...accepted, ...notAccepted }, CHANGE, { kind: "zones" })).toEqual({
      ...accepted,
      ...CHANGED,
    });
  });
});

describe("A request body never repeats from the live object", () => {
  it.each([
    ["created_at", "2026-01-01T00:00:00Z"],
    ["updated_at", "2026-01-01T00:00:00Z"],
    ["cache_device_posture", true],
    ["has_migrated_private_apps", false],
    ["trusted_accounts", ["one"]],
    ["mfa_configuration_allowed", true],
  ])("%s, which is output-only", (key, value) => {
    expect(bodyFor({ [key]: value }, CHANGE)).toEqual(CHANGED);
  });

  it.each([
    ["session_duration", ""],
    ["warp_auth_session_duration", null],
    ["deny_unmatched_requests_exempted_zone_names", []],
    ["login_design", {}],
    ["custom_pages", { forbidden: "", identity_denied: null }],
    ["mfa_config", { allowed_authenticators: [], session_duration: "", required_aaguids: "" }],
    ["service_token_inactivity", null],
    ["allow_authenticate_via_warp", null],
  ])("%s as %j, which the API rejects", (key, value) => {
    expect(bodyFor({ [key]: value }, CHANGE)).toStrictEqual(CHANGED);
  });

  it.each([
    { action: "", enabled: false, inactivity_threshold_days: 0 },
    { action: "disable", enabled: false },
    { enabled: false, notify: "ops" },
    { ...OFF, inactivity_threshold_days: 29 },
    { ...OFF, inactivity_threshold_days: 366 },
    { ...OFF, inactivity_threshold_days: "90" },
    { ...OFF, action: 5 },
    { ...OFF, enabled: "no" },
  ])("%j, an atomic object that is off and that the API rejects", (value) => {
    expect(bodyFor({ service_token_inactivity: value }, CHANGE)).toEqual(CHANGED);
  });

  it("empty members of an object", () => {
    const live = { login_design: { header_text: "Hi", footer_text: "", logo_path: null } };
    expect(bodyFor(live, CHANGE)).toEqual({ ...CHANGED, login_design: { header_text: "Hi" } });
    expect(bodyFor(live, { loginDesign: { textColor: "#000000" } })).toEqual({
      ...TEAM,
      login_design: { header_text: "Hi", text_color: "#000000" },
    });
  });

  it("fields and members that neverSend names", () => {
    const live = {
      new_setting: 1,
      other_setting: 2,
      session_duration: "24h",
      login_design: { header_text: "Hi", banner: "Hi" },
    };
    const names = ["new_setting", "session_duration", "login_design.banner"];
    const neverSend = new Set([...names, "name.first", "absent.member"]);
    expect(bodyFor(live, CHANGE, { neverSend })).toEqual({
      ...CHANGED,
      other_setting: 2,
      login_design: { header_text: "Hi" },
    });
  });
});

describe("A request lists", () => {
  it("the API names of what its body repeats, and not of what it changes", () => {
    const live = {
      ...TEAM,
      session_duration: "24h",
      login_design: { header_text: "Hi", banner: "Hi" },
      mfa_config: { session_duration: "24h" },
      service_token_inactivity: { enabled: true, notify: "ops" },
    };
    const declared = {
      serviceTokenInactivity: { action: "disable", enabled: true, inactivityThresholdDays: 90 },
      sessionDuration: "12h",
      loginDesign: { headerText: "Ho" },
      additionalSettings: { new_setting: 1 },
    };
    expect([...requestFor(live, declared).unchanged].sort()).toEqual([
      "auth_domain",
      "login_design.banner",
      "mfa_config",
      "mfa_config.session_duration",
      "name",
      "service_token_inactivity.notify",
    ]);
  });
});
