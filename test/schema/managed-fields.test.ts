import { dohSettings } from "../../provider/schema/doh-settings.js";
import {
  managedFields,
  liveInputs,
  declaresTheSame,
} from "../../provider/schema/managed-fields.js";
import { organization } from "../../provider/schema/organization.js";
import type { SettingValues } from "../../provider/schema/values.js";

const pathsOf = (stated: SettingValues) =>
  managedFields(organization, stated).map(({ path }) => path);
const project = (stated: SettingValues, live: SettingValues) =>
  liveInputs(organization, stated, live);

describe("what is managed", () => {
  it("is what the program states, and nothing else", () => {
    expect(pathsOf({ name: "Widget Corp", sessionDuration: "" })).toEqual([
      "name",
      "sessionDuration",
    ]);
    expect(pathsOf({})).toEqual([]);
  });

  it("includes what is stated empty or off", () => {
    const stated = { denyUnmatchedRequests: false, sessionDuration: "" };
    expect(pathsOf(stated)).toEqual(Object.keys(stated));
  });

  it("is an object member by member, and an empty object with all its members", () => {
    expect(pathsOf({ loginDesign: { headerText: "Hi" } })).toEqual(["loginDesign.headerText"]);
    expect(pathsOf({ loginDesign: {} })).toEqual([
      "loginDesign.backgroundColor",
      "loginDesign.footerText",
      "loginDesign.headerText",
      "loginDesign.logoPath",
      "loginDesign.textColor",
    ]);
  });

  it("is a list and a service token rule as a whole", () => {
    const serviceTokenInactivity = {
      action: "disable",
      enabled: true,
      inactivityThresholdDays: 30,
    };
    expect(
      pathsOf({ denyUnmatchedRequestsExemptedZoneNames: ["example.com"], serviceTokenInactivity }),
    ).toEqual(["denyUnmatchedRequestsExemptedZoneNames", "serviceTokenInactivity"]);
  });

  it("is each key of additionalSettings as a whole", () => {
    expect(pathsOf({ additionalSettings: { one: { a: 1 }, other: null } })).toEqual([
      "additionalSettings.one",
      "additionalSettings.other",
    ]);
  });
});

describe("two sets of arguments state the same", () => {
  const same = (one: SettingValues, other: SettingValues) => {
    const result = declaresTheSame(organization, one, other);
    expect(declaresTheSame(organization, other, one)).toBe(result);
    return result;
  };

  it.each<[string, SettingValues, SettingValues]>([
    ["in another spelling", { sessionDuration: "24h" }, { sessionDuration: "1440m" }],
    [
      "in another order",
      { sessionDuration: "24h", name: "W" },
      { name: "W", sessionDuration: "24h" },
    ],
    [
      "by an empty object or by its empty members",
      { customPages: {} },
      { customPages: { forbidden: "", identityDenied: "" } },
    ],
    [
      "while the organization is not read-only, with any reason",
      { isUiReadOnly: false, uiReadOnlyToggleReason: "one" },
      { isUiReadOnly: false, uiReadOnlyToggleReason: "other" },
    ],
  ])("%s", (_, one, other) => {
    expect(same(one, other)).toBe(true);
  });

  it.each<[string, SettingValues, SettingValues]>([
    ["a setting has another value", { name: "one" }, { name: "other" }],
    ["a setting is stated besides, even if it is off", {}, { denyUnmatchedRequests: false }],
    ["a setting is stated besides, even if it is empty", {}, { sessionDuration: "" }],
    [
      "a member is stated besides, even if it is empty",
      { loginDesign: { headerText: "Hi" } },
      { loginDesign: { headerText: "Hi", footerText: "" } },
    ],
    ["an additional setting is stated besides", {}, { additionalSettings: { new_setting: null } }],
    [
      "the reason differs while the organization is read-only",
      { isUiReadOnly: true, uiReadOnlyToggleReason: "one" },
      { isUiReadOnly: true, uiReadOnlyToggleReason: "other" },
    ],
    [
      "the reason differs and nothing says whether the organization is read-only",
      { uiReadOnlyToggleReason: "one" },
      { uiReadOnlyToggleReason: "other" },
    ],
  ])("not when %s", (_, one, other) => {
    expect(same(one, other)).toBe(false);
  });
});

describe("the live values of the managed settings", () => {
  it("leave out what is not managed", () => {
    const live = { name: "Widget Corp", sessionDuration: "24h", loginDesign: { headerText: "Hi" } };
    expect(project({ name: "Widget Corp" }, live)).toEqual({ name: "Widget Corp" });
    expect(project({ loginDesign: { footerText: "" } }, live)).toEqual({
      loginDesign: { footerText: "" },
    });
  });

  it("keep the program's spelling where they mean the same", () => {
    const stated = {
      sessionDuration: "24h",
      denyUnmatchedRequestsExemptedZoneNames: ["b.example.com", "a.example.com"],
      mfaConfig: { sessionDuration: "60m", allowedAuthenticators: [] },
      loginDesign: {},
      isUiReadOnly: false,
    };
    const live = {
      sessionDuration: "24h0m0s",
      denyUnmatchedRequestsExemptedZoneNames: ["a.example.com", "b.example.com"],
      mfaConfig: { sessionDuration: "1h" },
      loginDesign: { headerText: "" },
    };
    expect(project(stated, live)).toEqual(stated);
  });

  it("show what someone else changed, and of an object only the member that changed", () => {
    const stated = {
      sessionDuration: "24h",
      mfaConfig: { sessionDuration: "60m", amrMatchingSessionDuration: "12h" },
    };
    const live = {
      sessionDuration: "1h",
      mfaConfig: { sessionDuration: "1h", amrMatchingSessionDuration: "6h" },
    };
    expect(project(stated, live)).toEqual({
      sessionDuration: "1h",
      mfaConfig: { sessionDuration: "60m", amrMatchingSessionDuration: "6h" },
    });
  });

  it("show what someone set in an object that is stated empty", () => {
    expect(project({ customPages: {} }, { customPages: { forbidden: "uid" } })).toEqual({
      customPages: { forbidden: "uid", identityDenied: "" },
    });
  });

  it("are the empty value of their type where the setting is gone, so that it stays managed", () => {
    const stated = {
      additionalSettings: { new_setting: 1 },
      denyUnmatchedRequests: true,
      denyUnmatchedRequestsExemptedZoneNames: ["example.com"],
      loginDesign: { headerText: "Hi" },
      mfaConfig: { allowedAuthenticators: ["totp"], sessionDuration: "1h" },
      serviceTokenInactivity: { action: "disable", enabled: true, inactivityThresholdDays: 30 },
      sessionDuration: "24h",
    };
    const gone = project(stated, {});
    expect(gone).toEqual({
      additionalSettings: { new_setting: null },
      denyUnmatchedRequests: false,
      denyUnmatchedRequestsExemptedZoneNames: [],
      loginDesign: { headerText: "" },
      mfaConfig: { allowedAuthenticators: [], sessionDuration: "" },
      serviceTokenInactivity: {},
      sessionDuration: "",
    });
    expect(pathsOf(gone).sort()).toEqual(pathsOf(stated).sort());
  });

  it("keep the reason while the organization is not read-only: the API does not show it", () => {
    const stated = { uiReadOnlyToggleReason: "maintenance" };
    expect(project(stated, { isUiReadOnly: false })).toEqual(stated);
    expect(project(stated, { isUiReadOnly: true, uiReadOnlyToggleReason: "other" })).toEqual({
      uiReadOnlyToggleReason: "other",
    });
  });
});

describe("outputs", () => {
  it.each([organization, dohSettings])(
    "never share a name with an argument, so that they tell what is managed ($noun)",
    ({ computed, settings }) => {
      const shared = Object.keys(computed).filter((name) => Object.hasOwn(settings, name));
      expect(shared).toEqual([]);
    },
  );
});
