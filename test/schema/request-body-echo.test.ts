import { bodyOf, planOf, TEAM } from "./request-body-for.js";

/** Something to write, so that there is a body to look at. */
const CHANGE = { name: "Gadget Corp" };
const CHANGED = { ...TEAM, name: "Gadget Corp" };

describe("of the live object, a body echoes", () => {
  it.each([
    ["a duration", { session_duration: "24h" }],
    ["a boolean that is on", { deny_unmatched_requests: true }],
    ["an explicit false", { deny_unmatched_requests: false }],
    ["a list", { deny_unmatched_requests_exempted_zone_names: ["example.com"] }],
    ["an object", { custom_pages: { forbidden: "uid" } }],
    [
      "an explicit false in an object",
      { mfa_piv_key_requirements: { require_fips_device: false } },
    ],
    [
      "a service token rule, also one that is off",
      {
        service_token_inactivity: {
          action: "disable",
          enabled: false,
          inactivity_threshold_days: 90,
        },
      },
    ],
    [
      "members that nobody here knows",
      {
        login_design: { banner: "Hi" },
        service_token_inactivity: { enabled: false, notify: "ops" },
      },
    ],
    ["values that nobody here knows", { mfa_config: { allowed_authenticators: ["retina_scan"] } }],
  ])("%s, as it is", (_, live) => {
    expect(bodyOf(live, CHANGE)).toEqual({ ...CHANGED, ...live });
  });

  it.each([true, false, null, "", "text", 0, [], {}, { a: { b: [1] } }])(
    "a key that nobody here knows, as it is: %j",
    (value) => {
      expect(bodyOf({ new_setting: value }, CHANGE)).toEqual({ ...CHANGED, new_setting: value });
    },
  );
});

describe("of the live object, a body respells", () => {
  it("durations that were rewritten into units that are not taken back", () => {
    const rewritten = {
      warp_auth_session_duration: "36h0m0s",
      mfa_config: { session_duration: "1h30m0s", amr_matching_session_duration: "0s" },
      session_duration: "24h0m0s",
    };
    expect(bodyOf(rewritten, CHANGE)).toEqual({
      ...CHANGED,
      warp_auth_session_duration: "36h",
      mfa_config: { session_duration: "1h30m", amr_matching_session_duration: "0m" },
      session_duration: "24h0m0s",
    });
  });
});

describe("of the live object, a body never echoes", () => {
  it.each([
    ["created_at", "2026-01-01T00:00:00Z"],
    ["updated_at", "2026-01-01T00:00:00Z"],
    ["cache_device_posture", true],
    ["has_migrated_private_apps", false],
    ["trusted_accounts", ["one"]],
    ["mfa_configuration_allowed", true],
  ])("%s, which only answers carry", (key, value) => {
    expect(bodyOf({ [key]: value }, CHANGE)).toEqual(CHANGED);
  });

  it.each([
    ["session_duration", ""],
    ["warp_auth_session_duration", null],
    ["user_seat_expiration_inactive_time", ""],
    ["ui_read_only_toggle_reason", ""],
    ["deny_unmatched_requests_exempted_zone_names", []],
    ["deny_unmatched_requests_exempted_zone_names", null],
    ["login_design", {}],
    ["login_design", { header_text: "", footer_text: "" }],
    ["custom_pages", { forbidden: "", identity_denied: null }],
    ["mfa_config", null],
    ["mfa_config", { allowed_authenticators: [], session_duration: "", required_aaguids: "" }],
    ["mfa_piv_key_requirements", {}],
    ["service_token_inactivity", null],
    ["allow_authenticate_via_warp", null],
  ])("%s as %j, which it refuses to take back", (key, value) => {
    expect(bodyOf({ [key]: value }, CHANGE)).toEqual(CHANGED);
  });

  it("the empty members of an object", () => {
    const live = { login_design: { header_text: "Hi", footer_text: "", logo_path: null } };
    expect(bodyOf(live, CHANGE)).toEqual({ ...CHANGED, login_design: { header_text: "Hi" } });
    expect(bodyOf(live, { loginDesign: { textColor: "#000000" } })).toEqual({
      ...TEAM,
      login_design: { header_text: "Hi", text_color: "#000000" },
    });
  });

  it("what is listed as never to be sent", () => {
    const live = {
      new_setting: 1,
      other_setting: 2,
      session_duration: "24h",
      login_design: { header_text: "Hi", banner: "Hi" },
    };
    const neverSend = new Set([
      "new_setting",
      "session_duration",
      "login_design.banner",
      "name.first",
      "absent.member",
    ]);
    expect(bodyOf(live, CHANGE, { neverSend })).toEqual({
      ...CHANGED,
      other_setting: 2,
      login_design: { header_text: "Hi" },
    });
  });
});

describe("a setting that is answered under its former name too", () => {
  const today = { mfa_piv_key_requirements: { pin_policy: "once" } };
  const former = { mfa_ssh_piv_key_requirements: { pin_policy: "never" } };

  it("goes back under today's only", () => {
    expect(bodyOf({ ...former, ...today }, CHANGE)).toEqual({ ...CHANGED, ...today });
    const stated = { mfaPivKeyRequirements: { pinPolicy: "always" } };
    expect(bodyOf({ ...former, ...today }, stated)).toEqual({
      ...TEAM,
      mfa_piv_key_requirements: { pin_policy: "always" },
    });
  });

  it.each([{}, null])("goes back under the former where today's is empty: %j", (empty) => {
    const live = { mfa_piv_key_requirements: empty, ...former };
    expect(bodyOf(live, CHANGE)).toEqual({ ...CHANGED, ...former });
    const stated = { mfaPivKeyRequirements: { pinPolicy: "never" } };
    expect(bodyOf(live, stated)).toBeUndefined();
  });
});

describe("a zone's body", () => {
  it("holds only what a zone takes, although it answers more", () => {
    const taken = {
      is_ui_read_only: true,
      ui_read_only_toggle_reason: "maintenance",
      login_design: { header_text: "Hi" },
      user_seat_expiration_inactive_time: "730h",
    };
    const answered = {
      deny_unmatched_requests: true,
      deny_unmatched_requests_exempted_zone_names: ["example.com"],
      session_duration: "24h",
      custom_pages: { forbidden: "uid" },
      created_at: "2026-01-01T00:00:00Z",
    };
    expect(bodyOf({ ...taken, ...answered }, CHANGE, { kind: "zones" })).toEqual({
      ...CHANGED,
      ...taken,
    });
  });

  it("keeps keys that nobody here knows", () => {
    expect(bodyOf({ new_setting: [1] }, CHANGE, { kind: "zones" })).toEqual({
      ...CHANGED,
      new_setting: [1],
    });
  });
});

describe("a POST's body", () => {
  const stated = {
    authDomain: TEAM.auth_domain,
    name: TEAM.name,
    sessionDuration: "24h",
    loginDesign: { headerText: "Hi", footerText: "" },
    denyUnmatchedRequests: true,
  };
  const posted = { ...TEAM, session_duration: "24h", login_design: { header_text: "Hi" } };

  it("holds what is stated", () => {
    expect(planOf({}, stated, { method: "POST" }).body).toEqual({
      ...posted,
      deny_unmatched_requests: true,
    });
  });

  it("holds nothing that is stated empty or off: a new organization has none of it", () => {
    const empty = {
      ...stated,
      denyUnmatchedRequests: false,
      userSeatExpirationInactiveTime: "",
      mfaConfig: {},
      serviceTokenInactivity: {},
      denyUnmatchedRequestsExemptedZoneNames: [],
      additionalSettings: { new_setting: null },
    };
    expect(planOf({}, empty, { method: "POST" }).body).toEqual(posted);
  });

  it("leaves custom pages to a PUT", () => {
    const custom = { ...stated, denyUnmatchedRequests: false, customPages: { forbidden: "uid" } };
    expect(planOf({}, custom, { method: "POST" }).body).toEqual(posted);
    expect(planOf(posted, custom, { method: "PUT" }).body).toEqual({
      ...posted,
      custom_pages: { forbidden: "uid" },
    });
  });
});
