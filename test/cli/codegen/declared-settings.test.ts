import {
  declareInputs,
  declareLiveSettings,
} from "../../../provider/cli/codegen/declared-settings.js";
import { organizationType } from "../../../provider/registry.js";
import type { ScopeKind, Setting } from "../../../provider/schema/definition.js";
import { buildValidator } from "../../../provider/schema/validate.js";
import { isObject, type SettingValues } from "../../../provider/schema/values.js";
import { fc } from "../../property.js";

describe("declareLiveSettings", () => {
  const declared = (live: SettingValues, scope: ScopeKind = "accounts") =>
    declareLiveSettings(organizationType, scope, live);

  it("declares settings that are set, and lists those that are false, empty or off", () => {
    const live = {
      name: "Widget Corp",
      allowAuthenticateViaWarp: false,
      autoRedirectToIdentity: true,
      sessionDuration: "",
      denyUnmatchedRequestsExemptedZoneNames: [],
      loginDesign: { headerText: "Widget Corp", footerText: "" },
      customPages: { forbidden: "", identityDenied: "" },
      mfaConfig: {},
      mfaPivKeyRequirements: { requireFipsDevice: false },
      serviceTokenInactivity: { action: "disable", enabled: false, inactivityThresholdDays: 90 },
      additionalSettings: { setting_of_tomorrow: { mode: "strict" }, unset_one: "", off: false },
    };
    expect(declared(live)).toEqual({
      settings: {
        name: "Widget Corp",
        autoRedirectToIdentity: true,
        loginDesign: { headerText: "Widget Corp" },
        additionalSettings: { setting_of_tomorrow: { mode: "strict" } },
      },
      omitted: [],
      unset: [
        "allowAuthenticateViaWarp",
        "customPages",
        "denyUnmatchedRequestsExemptedZoneNames",
        "loginDesign.footerText",
        "mfaConfig",
        "mfaPivKeyRequirements",
        "serviceTokenInactivity",
        "sessionDuration",
        "additionalSettings.unset_one",
        "additionalSettings.off",
      ],
    });
  });

  it("omits members that this release does not know, because they may be output-only", () => {
    const policy = { action: "disable", enabled: true, inactivityThresholdDays: 90 };
    const live = {
      loginDesign: { headerText: "Widget Corp", new_member: 1 },
      customPages: { new_member: 1 },
      serviceTokenInactivity: { ...policy, new_member: 1 },
    };
    const reason = "is not known to this release";
    expect(declared(live)).toEqual({
      settings: { loginDesign: { headerText: "Widget Corp" }, serviceTokenInactivity: policy },
      omitted: [
        { property: "customPages.new_member", reason },
        { property: "loginDesign.new_member", reason },
        { property: "serviceTokenInactivity.new_member", reason },
      ],
      unset: [],
    });
  });

  it("omits settings that a zone does not accept", () => {
    const live = { name: "Zone", denyUnmatchedRequests: true, autoRedirectToIdentity: false };
    const reason = "can be set for an account, not for a zone";
    expect(declared(live, "zones")).toEqual({
      settings: { name: "Zone" },
      omitted: [{ property: "denyUnmatchedRequests", reason }],
      unset: [],
    });
  });

  it.each<[string, SettingValues, SettingValues, string, string]>([
    [
      "a whole list with an invalid item",
      { denyUnmatchedRequestsExemptedZoneNames: ["example.com", ""] },
      {},
      "denyUnmatchedRequestsExemptedZoneNames",
      "[1] must not be empty",
    ],
    [
      "an invalid member",
      { mfaConfig: { sessionDuration: "24h", requiredAaguids: "not a uuid" } },
      { mfaConfig: { sessionDuration: "24h" } },
      "mfaConfig.requiredAaguids",
      'must be a UUID such as "2fc0579f-8113-47ea-b116-bb5a8db9202a"',
    ],
    [
      "an object whose only member is invalid, because an empty object clears all members",
      { mfaConfig: { requiredAaguids: "not a uuid" } },
      {},
      "mfaConfig.requiredAaguids",
      'must be a UUID such as "2fc0579f-8113-47ea-b116-bb5a8db9202a"',
    ],
    [
      "a whole atomic object with an invalid member",
      { serviceTokenInactivity: { action: "disable", enabled: true, inactivityThresholdDays: 7 } },
      {},
      "serviceTokenInactivity",
      "inactivityThresholdDays must be a whole number from 30 to 365, not the number 7",
    ],
    [
      "an invalid additional setting",
      { additionalSettings: { "Odd-Name": 1, fine_name: 2 } },
      { additionalSettings: { fine_name: 2 } },
      "additionalSettings.Odd-Name",
      "must be a name of the API, such as new_setting",
    ],
  ])("omits %s", (_, live, settings, property, reason) => {
    expect(declared({ name: "Widget Corp", ...live })).toEqual({
      settings: { name: "Widget Corp", ...settings },
      omitted: [{ property, reason }],
      unset: [],
    });
  });

  it("respells durations in the units that a program may declare", () => {
    const mfaConfig = { amrMatchingSessionDuration: "90m", sessionDuration: "24h0m0s" };
    expect(declared({ mfaConfig, sessionDuration: "36h0m0s" }).settings).toEqual({
      mfaConfig: { amrMatchingSessionDuration: "90m", sessionDuration: "24h" },
      sessionDuration: "36h",
    });
  });

  it("omits an empty list, which could contradict another setting", () => {
    const mfaConfig = { allowedAuthenticators: [], sessionDuration: "24h" };
    expect(declared({ mfaRequiredForAllApps: true, mfaConfig })).toEqual({
      settings: { mfaRequiredForAllApps: true, mfaConfig: { sessionDuration: "24h" } },
      omitted: [],
      unset: ["mfaConfig.allowedAuthenticators"],
    });
  });
});

describe("declareInputs", () => {
  it("keeps false and empty inputs as declared, except null", () => {
    const inputs = {
      autoRedirectToIdentity: false,
      sessionDuration: "",
      loginDesign: { footerText: "Footer" },
      mfaConfig: {},
      mfaPivKeyRequirements: { requireFipsDevice: false, sshKeyType: [] },
      serviceTokenInactivity: { action: "delete", enabled: false, inactivityThresholdDays: 30 },
    };
    const nulls = {
      loginDesign: { headerText: null, footerText: "Footer" },
      customPages: { forbidden: null },
    };
    expect(declareInputs(organizationType, "accounts", { ...inputs, ...nulls })).toEqual({
      settings: inputs,
      omitted: [],
      unset: [],
    });
  });

  it("omits an empty input that contradicts another one", () => {
    const inputs = { mfaRequiredForAllApps: true, mfaConfig: { allowedAuthenticators: [] } };
    expect(declareInputs(organizationType, "accounts", inputs)).toMatchObject({
      settings: { mfaRequiredForAllApps: true },
      omitted: [{ property: "mfaConfig.allowedAuthenticators" }],
    });
  });
});

describe("declareLiveSettings of any live object", () => {
  const { definition } = organizationType;
  const value = fc.oneof(
    fc.constantFrom<unknown>(false, true, "", "24h", "24h0m0s", "720h", "not a uuid", 0, 256, null),
    fc.array(fc.constantFrom("totp", "example.com", "", 7)),
  );
  const live = fc.record(
    Object.fromEntries(
      Object.entries<Setting>(definition.settings).map(([name, setting]) => {
        if (!("members" in setting)) return [name, value];
        const members = Object.fromEntries(Object.keys(setting.members).map((key) => [key, value]));
        return [name, fc.oneof(value, fc.record(members, { requiredKeys: [] }))];
      }),
    ),
    { requiredKeys: [] },
  );

  /** The paths of all values that are not null, with those of the members of objects. */
  const pathsOf = (values: SettingValues, prefix = ""): string[] =>
    Object.entries(values).flatMap(([name, one]) => {
      if (one === null || one === undefined) return [];
      return isObject(one) ? pathsOf(one, `${prefix}${name}.`) : [prefix + name];
    });

  it("declares, omits or lists as unset every value, and declares only valid settings", () => {
    const validate = buildValidator(definition);
    fc.assert(
      fc.property(live, (values) => {
        const { settings, omitted, unset } = declareLiveSettings(
          organizationType,
          "accounts",
          values,
        );
        expect(validate(settings)).toEqual([]);
        const reported = [
          ...pathsOf(settings),
          ...omitted.map(({ property }) => property),
          ...unset,
        ];
        const lost = pathsOf(values).filter(
          (path) => !reported.some((one) => path === one || path.startsWith(`${one}.`)),
        );
        expect(lost).toEqual([]);
      }),
    );
  });
});
