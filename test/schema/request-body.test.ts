import { dohSettings } from "../../provider/schema/doh-settings.js";
import { organization } from "../../provider/schema/organization.js";
import type { ApiObject, SettingValues } from "../../provider/schema/values.js";
import { SERVICE_TOKEN } from "../ids.js";
import { missingForCreate } from "../../provider/schema/request-body.js";
import { bodyFor, changesOf, requestFor, TEAM } from "./request-body-for.js";

describe("buildRequest", () => {
  it("returns no body if the live values are equivalent to the declared ones", () => {
    const live = { ...TEAM, session_duration: "24h", login_design: { header_text: "" } };
    const declared = { sessionDuration: "1440m", loginDesign: {}, denyUnmatchedRequests: false };
    expect(requestFor(live, declared)).toEqual({
      changes: [],
      drifted: [],
      body: undefined,
      unchanged: [],
    });
  });

  it("lists each change with its property path, the live value and the declared value", () => {
    const live = { ...TEAM, session_duration: "24h", login_design: { header_text: "Hi" } };
    const declared = {
      name: "Widget Corp",
      sessionDuration: "",
      loginDesign: { headerText: "Ho", footerText: "Bye" },
    };
    const request = requestFor(live, declared);
    expect(changesOf(request)).toEqual([
      ["loginDesign.footerText", undefined, "Bye", false],
      ["loginDesign.headerText", "Hi", "Ho", true],
      ["sessionDuration", "24h", "", true],
    ]);
    expect(request.changes.map(({ input }) => input)).toEqual([
      "loginDesign",
      "loginDesign",
      "sessionDuration",
    ]);
  });

  it("writes a duration of zero over an absent value, which may mean another default", () => {
    const declared = { mfaConfig: { sessionDuration: "0m" } };
    expect(bodyFor({}, declared)).toMatchObject({ mfa_config: { session_duration: "0m" } });
    for (const zero of ["0m", "0s"])
      expect(bodyFor({ mfa_config: { session_duration: zero } }, declared)).toBeUndefined();
  });

  it("writes a duration of zero over Cloudflare's default", () => {
    const request = requestFor(
      { doh_jwt_duration: "24h" },
      { dohJwtDuration: "0s" },
      { definition: dohSettings },
    );
    expect(request.body).toEqual({ doh_jwt_duration: "0s" });
  });
});

describe("buildRequest with a granular object", () => {
  const login_design = { header_text: "Hi", footer_text: "Bye", background_color: "#112233" };

  it("keeps live members that this release does not know", () => {
    const live = { login_design: { ...login_design, new_member: [1] } };
    expect(bodyFor(live, { loginDesign: { headerText: "Ho" } })).toMatchObject({
      login_design: { new_member: [1] },
    });
  });

  it("sends a declared member that this release does not know unchanged", () => {
    const declared = { loginDesign: { headerText: "Hi", new_member: { a: [1] } } };
    const request = requestFor({ ...TEAM, login_design }, declared);
    expect(request.body).toEqual({
      ...TEAM,
      login_design: { ...login_design, new_member: { a: [1] } },
    });
    expect(request.changes.map(({ path }) => path)).toEqual(["loginDesign.new_member"]);
  });

  it("clears a member that is declared empty by omitting it", () => {
    expect(bodyFor({ login_design }, { loginDesign: { footerText: "" } })).toEqual({
      ...TEAM,
      login_design: { header_text: "Hi", background_color: "#112233" },
    });
  });

  it("clears live members that this release does not know if it is declared as {}", () => {
    const live = { login_design: { ...login_design, new_member: 1 } };
    expect(bodyFor(live, { loginDesign: {} })).toEqual({ ...TEAM, login_design: null });
  });

  it("clears the object with null if no member remains", () => {
    const live = { login_design: { header_text: "Hi", footer_text: "" } };
    expect(bodyFor(live, { loginDesign: { headerText: "" } })).toEqual({
      ...TEAM,
      login_design: null,
    });
  });

  it("switches a boolean member off with an explicit false", () => {
    const live = { mfa_piv_key_requirements: { require_fips_device: true, pin_policy: "once" } };
    expect(bodyFor(live, { mfaPivKeyRequirements: { requireFipsDevice: false } })).toMatchObject({
      mfa_piv_key_requirements: { require_fips_device: false, pin_policy: "once" },
    });
  });
});

describe("buildRequest clears", () => {
  it.each<[string, ApiObject, SettingValues, unknown]>([
    ["a duration with null", { session_duration: "24h" }, { sessionDuration: "" }, null],
    [
      "a list with null",
      { deny_unmatched_requests_exempted_zone_names: ["example.com"] },
      { denyUnmatchedRequestsExemptedZoneNames: [] },
      null,
    ],
    ["an object with null", { login_design: { header_text: "Hi" } }, { loginDesign: {} }, null],
    [
      "a boolean with an explicit false",
      { allow_authenticate_via_warp: true },
      { allowAuthenticateViaWarp: false },
      false,
    ],
    ...[null, "", [], {}].map((empty): [string, ApiObject, SettingValues, unknown] => [
      `an additional setting that is declared as ${JSON.stringify(empty)} with null`,
      { new_setting: "on" },
      { additionalSettings: { new_setting: empty } },
      null,
    ]),
    [
      "an additional boolean with an explicit false",
      { new_setting: true },
      { additionalSettings: { new_setting: false } },
      false,
    ],
  ])("%s", (_, live, declared, written) => {
    const [apiName = ""] = Object.keys(live);
    expect(bodyFor(live, declared)).toEqual({ ...TEAM, [apiName]: written });
  });
});

describe("buildRequest with uiReadOnlyToggleReason", () => {
  const reason = { uiReadOnlyToggleReason: "maintenance" };

  it("does not write it while isUiReadOnly is off, because the API does not return it", () => {
    expect(bodyFor({}, reason)).toBeUndefined();
    expect(bodyFor({ is_ui_read_only: false }, { ...reason, isUiReadOnly: false })).toBeUndefined();
  });

  it.each([
    ["a creation", undefined],
    ["an update that did not change the reason", { ...reason, isUiReadOnly: false }],
  ])("writes it if %s switches isUiReadOnly on", (_, lastDeployed) => {
    expect(bodyFor({}, { ...reason, isUiReadOnly: true }, { lastDeployed })).toMatchObject({
      is_ui_read_only: true,
      ui_read_only_toggle_reason: "maintenance",
    });
  });

  it("writes it while isUiReadOnly is on", () => {
    const live = { is_ui_read_only: true, ui_read_only_toggle_reason: "holidays" };
    expect(bodyFor(live, reason)).toMatchObject({ ui_read_only_toggle_reason: "maintenance" });
  });
});

describe("buildRequest for a POST", () => {
  const declared = {
    authDomain: TEAM.auth_domain,
    name: TEAM.name,
    sessionDuration: "24h",
    loginDesign: { headerText: "Hi", footerText: "" },
  };
  const posted = { ...TEAM, session_duration: "24h", login_design: { header_text: "Hi" } };
  const post = (inputs: SettingValues) => requestFor(undefined, { ...declared, ...inputs }).body;

  it("returns a body with the declared settings", () => {
    expect(post({ denyUnmatchedRequests: true })).toEqual({
      ...posted,
      deny_unmatched_requests: true,
    });
  });

  it("omits settings that are declared empty or off", () => {
    const empty = {
      denyUnmatchedRequests: false,
      userSeatExpirationInactiveTime: "",
      mfaConfig: {},
      serviceTokenInactivity: {},
      denyUnmatchedRequestsExemptedZoneNames: [],
      additionalSettings: { new_setting: null },
    };
    expect(post(empty)).toEqual(posted);
  });

  it("omits settings that only PUT accepts", () => {
    const customPages = { forbidden: "uid" };
    expect(post({ customPages })).toEqual(posted);
    expect(bodyFor({}, { customPages })).toEqual({ ...TEAM, custom_pages: customPages });
  });
});

describe("buildRequest for DoH settings", () => {
  const response = {
    id: SERVICE_TOKEN,
    client_id: "id.access",
    name: "CI",
    doh_jwt_duration: "24h",
  };
  const put = (live: ApiObject, declared: SettingValues) =>
    requestFor(live, declared, { definition: dohSettings }).body;

  it("returns a body with both settings and without the service token's own fields", () => {
    expect(put(response, { dohJwtDuration: "12h" })).toEqual({
      service_token_id: SERVICE_TOKEN,
      doh_jwt_duration: "12h",
    });
  });

  it("lists drift that the response shows, and repeats a declared setting that responses lack", () => {
    const lastDeployed = { serviceTokenId: SERVICE_TOKEN, dohJwtDuration: "12h" };
    const options = { definition: dohSettings, lastDeployed, omitted: ["dohJwtDuration"] };
    const update = (live: ApiObject, declared: SettingValues) =>
      requestFor(live, declared, options);
    expect(update(response, lastDeployed).drifted).toMatchObject([
      { path: "dohJwtDuration", input: "dohJwtDuration", from: "24h" },
    ]);
    const request = update({ id: SERVICE_TOKEN }, { ...lastDeployed, serviceTokenId: "other" });
    expect(request.body).toEqual({ service_token_id: "other", doh_jwt_duration: "12h" });
    expect(update(response, { ...lastDeployed, serviceTokenId: "other" }).body).toEqual({
      service_token_id: "other",
      doh_jwt_duration: "24h",
    });
  });

  describe("for a response without the declared service token", () => {
    const declared = { serviceTokenId: SERVICE_TOKEN, dohJwtDuration: "12h" };
    const lastDeployed = { ...declared, dohJwtDuration: "36h" };
    const update = (omitted: string[]) =>
      requestFor({ doh_jwt_duration: "36h" }, declared, {
        definition: dohSettings,
        lastDeployed,
        omitted,
      });

    it("repeats it if responses always lacked it, because a full replace would clear it", () => {
      expect(update(["serviceTokenId"])).toMatchObject({
        body: { service_token_id: SERVICE_TOKEN, doh_jwt_duration: "12h" },
        drifted: [],
      });
    });

    it("clears it although responses show nothing to clear", () => {
      const cleared = { serviceTokenId: "", dohJwtDuration: "36h" };
      const options = { definition: dohSettings, lastDeployed, omitted: ["serviceTokenId"] };
      expect(requestFor({ doh_jwt_duration: "36h" }, cleared, options).body).toEqual({
        service_token_id: null,
        doh_jwt_duration: "36h",
      });
    });

    it("repeats it if ignoreChanges names it", () => {
      const options = { definition: dohSettings, lastDeployed, omitted: ["serviceTokenId"] };
      const ignoreChanges = ["serviceTokenId"];
      const live = { doh_jwt_duration: "36h" };
      expect(requestFor(live, declared, { ...options, ignoreChanges })).toMatchObject({
        body: { service_token_id: SERVICE_TOKEN, doh_jwt_duration: "12h" },
        drifted: [],
      });
    });

    it("lists its drift if the last deployment's response had it", () => {
      expect(update([])).toMatchObject({
        body: { doh_jwt_duration: "12h" },
        drifted: [{ path: "serviceTokenId", from: undefined, lastDeployed: SERVICE_TOKEN }],
      });
    });
  });

  it("finds the live service token under id", () => {
    expect(put(response, { serviceTokenId: SERVICE_TOKEN })).toBeUndefined();
    expect(put({}, { serviceTokenId: SERVICE_TOKEN })).toEqual({ service_token_id: SERVICE_TOKEN });
  });

  it("clears a setting with null", () => {
    expect(put(response, { serviceTokenId: "" })).toEqual({
      service_token_id: null,
      doh_jwt_duration: "24h",
    });
  });
});

it("missingForCreate returns the required settings that are not declared", () => {
  expect(missingForCreate(organization, { name: "Widget Corp", sessionDuration: "24h" })).toEqual([
    "authDomain",
  ]);
});
