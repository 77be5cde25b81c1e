import type { SettingValues } from "../../provider/schema/values.js";
import { changesOf, requestFor, TEAM } from "./request-body-for.js";

describe("buildRequest on update", () => {
  const lastDeployed = {
    sessionDuration: "24h",
    denyUnmatchedRequests: false,
    loginDesign: { headerText: "Hi", footerText: "Bye" },
  };
  const live = {
    session_duration: "8h",
    deny_unmatched_requests: true,
    login_design: { header_text: "Hi", footer_text: "Edited" },
  };
  const update = (declared: SettingValues, ignoreChanges: string[] = []) =>
    requestFor({ ...TEAM, ...live }, declared, { lastDeployed, ignoreChanges });

  it("writes only what the program changed, and lists other drift", () => {
    const declared = { ...lastDeployed, loginDesign: { headerText: "Ho", footerText: "Bye" } };
    const request = update(declared);
    expect(request.body).toEqual({
      ...TEAM,
      ...live,
      login_design: { header_text: "Ho", footer_text: "Edited" },
    });
    expect(changesOf(request)).toEqual([["loginDesign.headerText", "Hi", "Ho", false]]);
    expect(
      request.drifted.map(({ path, lastDeployed, from }) => [path, lastDeployed, from]),
    ).toEqual([
      ["denyUnmatchedRequests", false, true],
      ["loginDesign.footerText", "Bye", "Edited"],
      ["sessionDuration", "24h", "8h"],
    ]);
  });

  it("marks a change whose live value is not the last deployed one", () => {
    expect(changesOf(update({ ...lastDeployed, sessionDuration: "12h" }))).toEqual([
      ["sessionDuration", "8h", "12h", true],
    ]);
  });

  it("marks a live false that no deployment recorded", () => {
    const off = { ...TEAM, deny_unmatched_requests: false };
    const request = requestFor(off, { denyUnmatchedRequests: true }, { lastDeployed: {} });
    expect(changesOf(request)).toEqual([["denyUnmatchedRequests", false, true, true]]);
  });

  it("does not write a value that the program only respelled", () => {
    const request = update({ ...lastDeployed, sessionDuration: "1440m" });
    expect([request.body, request.drifted.length]).toEqual([undefined, 3]);
  });

  it("writes all members of an object that is newly declared as {}", () => {
    const request = update({ ...lastDeployed, loginDesign: {} });
    expect(request.body).toMatchObject({ login_design: null, session_duration: "8h" });
  });

  const DESIGN = { loginDesign: { headerText: "Ho", footerText: "Bye" } };
  const [DENY, FOOTER, SESSION] = [
    "denyUnmatchedRequests",
    "loginDesign.footerText",
    "sessionDuration",
  ];

  it.each<[pattern: string, change: SettingValues, drifted: string[]]>([
    ["sessionDuration", { sessionDuration: "12h" }, [DENY, FOOTER]],
    ["loginDesign", DESIGN, [DENY, SESSION]],
    ["loginDesign.headerText", DESIGN, [DENY, FOOTER, SESSION]],
    ['loginDesign["headerText"]', DESIGN, [DENY, FOOTER, SESSION]],
    ["*", { ...DESIGN, sessionDuration: "12h" }, []],
  ])("neither writes nor lists what ignoreChanges covers as %j", (pattern, change, drifted) => {
    const request = update({ ...lastDeployed, ...change }, [pattern]);
    expect(request.body).toBeUndefined();
    expect(request.drifted.map(({ path }) => path)).toEqual(drifted);
  });

  it("writes a list of which only an item is ignored, as the preview listed it", () => {
    const last = { mfaConfig: { allowedAuthenticators: ["totp"] } };
    const declared = { mfaConfig: { allowedAuthenticators: ["totp", "security_key"] } };
    const mfa_config = { allowed_authenticators: ["biometrics"] };
    const request = (given: SettingValues) =>
      requestFor({ ...TEAM, mfa_config }, given, {
        lastDeployed: last,
        ignoreChanges: ["mfaConfig.allowedAuthenticators[0]"],
      });
    expect(request(declared).body).toMatchObject({
      mfa_config: { allowed_authenticators: ["totp", "security_key"] },
    });
    expect(request(last)).toMatchObject({ body: undefined, drifted: [] });
  });

  it("writes an atomic object with the live values of its ignored members", () => {
    const last = { action: "disable", enabled: true, inactivityThresholdDays: 90 };
    const live = { action: "delete", enabled: true, inactivity_threshold_days: 90 };
    const request = requestFor(
      { ...TEAM, service_token_inactivity: live },
      { serviceTokenInactivity: { ...last, inactivityThresholdDays: 60 } },
      {
        lastDeployed: { serviceTokenInactivity: last },
        ignoreChanges: ["serviceTokenInactivity.action"],
      },
    );
    expect(request.body).toMatchObject({
      service_token_inactivity: { ...live, inactivity_threshold_days: 60 },
    });
  });

  it("keeps ignored members of an object that is newly declared as {}", () => {
    const declared = { ...lastDeployed, loginDesign: {} };
    const keptBy = (pattern: string) => update(declared, [pattern]).body?.login_design;
    expect(keptBy("loginDesign.headerText")).toEqual({ header_text: "Hi" });
    expect(keptBy("loginDesign.textColor")).toBeNull();
    expect(update(declared, ["loginDesign"]).body).toBeUndefined();
  });
});

it("A setting that a boolean puts into effect is written again only if the boolean is switched on", () => {
  const lastDeployed = { isUiReadOnly: true, uiReadOnlyToggleReason: "First" };
  const live = { ...TEAM, is_ui_read_only: true, ui_read_only_toggle_reason: "Edited" };
  const request = requestFor(live, lastDeployed, { lastDeployed });
  expect(request.body).toBeUndefined();
  expect(request.drifted.map(({ path }) => path)).toEqual(["uiReadOnlyToggleReason"]);
});

it("buildRequest does not write uiReadOnlyToggleReason with isUiReadOnly if ignoreChanges names one of them", () => {
  const declared = { isUiReadOnly: true, uiReadOnlyToggleReason: "First" };
  const lastDeployed = { ...declared, isUiReadOnly: false };
  const changes = (ignoreChanges: string[]) =>
    changesOf(requestFor(TEAM, declared, { lastDeployed, ignoreChanges })).map(([path]) => path);
  expect(changes([])).toEqual(["isUiReadOnly", "uiReadOnlyToggleReason"]);
  expect(changes(["uiReadOnlyToggleReason"])).toEqual(["isUiReadOnly"]);
  expect(changes(["isUiReadOnly"])).toEqual([]);
});
