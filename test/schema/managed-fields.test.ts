import { dohSettings } from "../../provider/schema/doh-settings.js";
import {
  changedFields,
  declaresTheSame,
  managedFields,
  omittedFields,
  withoutFields,
} from "../../provider/schema/managed-fields.js";
import { organization } from "../../provider/schema/organization.js";
import type { ApiObject, SettingValues } from "../../provider/schema/values.js";
import { SERVICE_TOKEN } from "../ids.js";

const inactivity = { action: "disable", enabled: true, inactivityThresholdDays: 30 };
const pathsOf = (declared: SettingValues) =>
  managedFields(organization, declared).map(({ path }) => path);

describe("managedFields returns", () => {
  it.each<[string, SettingValues, string[]]>([
    ["nothing if nothing is declared", {}, []],
    [
      "the declared settings, also if they are declared empty or off",
      { name: "Widget Corp", denyUnmatchedRequests: false, sessionDuration: "" },
      ["name", "denyUnmatchedRequests", "sessionDuration"],
    ],
    [
      "an object by its declared members",
      { loginDesign: { headerText: "Hi", footerText: undefined, new_member: undefined } },
      ["loginDesign.headerText"],
    ],
    [
      "{} by all members of the object",
      { customPages: {} },
      ["customPages.forbidden", "customPages.identityDenied"],
    ],
    [
      "an object that a preview does not know yet as a whole",
      { loginDesign: "unknown" },
      ["loginDesign"],
    ],
    [
      "members that this release does not know under their API names",
      { loginDesign: { new_member: 1, headerText: "Hi" } },
      ["loginDesign.headerText", "loginDesign.new_member"],
    ],
    [
      "a list and an atomic object as a whole",
      { denyUnmatchedRequestsExemptedZoneNames: ["a.example"], serviceTokenInactivity: inactivity },
      ["denyUnmatchedRequestsExemptedZoneNames", "serviceTokenInactivity"],
    ],
    [
      "members of an atomic object that this release does not know on their own",
      { serviceTokenInactivity: { ...inactivity, notify: "ops" } },
      ["serviceTokenInactivity", "serviceTokenInactivity.notify"],
    ],
    [
      "each key of additionalSettings as a whole",
      { additionalSettings: { one: { a: 1 }, other: null } },
      ["additionalSettings.one", "additionalSettings.other"],
    ],
  ])("%s", (_, declared, paths) => {
    expect(pathsOf(declared)).toEqual(paths);
  });
});

describe("declaresTheSame", () => {
  const same = (one: SettingValues, other: SettingValues) => {
    const result = declaresTheSame(organization, one, other);
    expect(declaresTheSame(organization, other, one)).toBe(result);
    return result;
  };

  it.each<[string, SettingValues, SettingValues]>([
    ["a value has another spelling", { sessionDuration: "24h" }, { sessionDuration: "1440m" }],
    [
      "the inputs have another order",
      { sessionDuration: "24h", name: "W" },
      { name: "W", sessionDuration: "24h" },
    ],
    [
      "one declares {} and the other all members empty",
      { customPages: {} },
      { customPages: { forbidden: "", identityDenied: "" } },
    ],
  ])("is true if %s", (_, one, other) => {
    expect(same(one, other)).toBe(true);
  });

  it.each<[string, SettingValues, SettingValues]>([
    ["a setting has another value", { name: "one" }, { name: "other" }],
    ["additional settings are not known yet", {}, { additionalSettings: "unknown" }],
    ["one declares a further setting, also false", {}, { denyUnmatchedRequests: false }],
    ["one declares a further setting, also an empty one", {}, { sessionDuration: "" }],
    [
      "one declares a further member, also an empty one",
      { loginDesign: { headerText: "Hi" } },
      { loginDesign: { headerText: "Hi", footerText: "" } },
    ],
    [
      "an unknown member has another value",
      { loginDesign: { new_member: [1, 2] } },
      { loginDesign: { new_member: [2, 1] } },
    ],
    [
      "an unknown member of an atomic object has another value",
      { serviceTokenInactivity: { ...inactivity, notify: "ops" } },
      { serviceTokenInactivity: { ...inactivity, notify: "dev" } },
    ],
    [
      "uiReadOnlyToggleReason changes, also while isUiReadOnly is off",
      { isUiReadOnly: false, uiReadOnlyToggleReason: "one" },
      { isUiReadOnly: false, uiReadOnlyToggleReason: "other" },
    ],
  ])("is false if %s", (_, one, other) => {
    expect(same(one, other)).toBe(false);
  });
});

describe("changedFields", () => {
  const changed = (lastDeployed: SettingValues, declared: SettingValues) =>
    changedFields(organization, lastDeployed, declared).map(({ path }) => path);

  it("returns fields with another value and fields that the last deployment did not manage", () => {
    const lastDeployed = { sessionDuration: "24h", name: "W", loginDesign: { headerText: "Hi" } };
    const declared = {
      sessionDuration: "1440m",
      name: "Widget Corp",
      loginDesign: { headerText: "Hi", footerText: "" },
    };
    expect(changed(lastDeployed, declared)).toEqual(["name", "loginDesign.footerText"]);
  });

  it("returns all members of {} if one of them changed", () => {
    expect(
      changed({ customPages: { forbidden: "uid", identityDenied: "" } }, { customPages: {} }),
    ).toEqual(["customPages.forbidden", "customPages.identityDenied"]);
    expect(changed({ customPages: {} }, { customPages: {} })).toEqual([]);
  });
});

describe("withoutFields", () => {
  it("removes fields, and an object without remaining members, because {} would clear it", () => {
    const declared = {
      sessionDuration: "24h",
      loginDesign: { headerText: "Hi", footerText: "Bye" },
      customPages: { forbidden: "uid" },
      additionalSettings: { one: 1 },
    };
    const paths = ["loginDesign.headerText", "customPages.forbidden", "additionalSettings.one"];
    expect(withoutFields(organization, declared, new Set(paths))).toEqual({
      sessionDuration: "24h",
      loginDesign: { footerText: "Bye" },
    });
    expect(withoutFields(organization, declared, new Set(["sessionDuration"]))).not.toHaveProperty(
      "sessionDuration",
    );
  });

  it("removes unknown members of an atomic object, and the object as a whole", () => {
    const declared = { serviceTokenInactivity: { ...inactivity, notify: "ops" } };
    const without = (...paths: string[]) => withoutFields(organization, declared, new Set(paths));
    expect(without("serviceTokenInactivity.notify")).toEqual({
      serviceTokenInactivity: inactivity,
    });
    expect(without("serviceTokenInactivity")).toEqual({});
  });

  it("keeps an object that is declared as {} if none of its members is removed", () => {
    const declared = { loginDesign: {} };
    expect(withoutFields(organization, declared, new Set(["name"]))).toEqual(declared);
    expect(withoutFields(organization, declared, new Set(pathsOf(declared)))).toEqual({});
  });
});

describe("Computed outputs", () => {
  it.each([organization, dohSettings])(
    "never have the name of a setting, so that state shows what is managed ($displayName)",
    ({ computed, settings }) => {
      const shared = Object.keys(computed).filter((name) => Object.hasOwn(settings, name));
      expect(shared).toEqual([]);
    },
  );
});

describe("omittedFields", () => {
  const declared = { serviceTokenId: SERVICE_TOKEN, dohJwtDuration: "12h" };
  const both = ["serviceTokenId", "dohJwtDuration"];
  const omittedFrom = (response: ApiObject, names = both, inputs: SettingValues = declared) =>
    omittedFields(dohSettings, inputs, response, names).map(({ path }) => path);

  it.each([
    [{ doh_jwt_duration: "12h" }, ["serviceTokenId"]],
    [{ id: SERVICE_TOKEN }, ["dohJwtDuration"]],
    [{ id: null, doh_jwt_duration: "" }, []],
    [{}, both],
  ])("of the response %j are %j", (response, omitted) => {
    expect(omittedFrom(response)).toEqual(omitted);
  });

  it("are only those with one of the names", () => {
    expect(omittedFrom({}, ["serviceTokenId"])).toEqual(["serviceTokenId"]);
  });

  it("are not those that are declared empty or not at all", () => {
    expect(omittedFrom({}, both, { serviceTokenId: "" })).toEqual([]);
  });
});
