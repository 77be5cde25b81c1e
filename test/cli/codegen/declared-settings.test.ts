import {
  settingsOfLiveObject,
  settingsOfOldState,
} from "../../../provider/cli/codegen/declared-settings.js";
import { organizationType } from "../../../provider/registry.js";

describe("of a live object a program states", () => {
  it("what is set, and not what is answered for unset settings", () => {
    const live = {
      name: "Widget Corp",
      authDomain: "widget.cloudflareaccess.com",
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
    expect(settingsOfLiveObject(organizationType, "accounts", live)).toEqual({
      settings: {
        name: "Widget Corp",
        authDomain: "widget.cloudflareaccess.com",
        autoRedirectToIdentity: true,
        loginDesign: { headerText: "Widget Corp" },
        additionalSettings: { setting_of_tomorrow: { mode: "strict" } },
      },
      leftOut: [],
    });
  });

  it("not what a zone does not take", () => {
    const live = { name: "Zone", denyUnmatchedRequests: true, autoRedirectToIdentity: false };
    expect(settingsOfLiveObject(organizationType, "zones", live)).toEqual({
      settings: { name: "Zone" },
      leftOut: [
        {
          property: "denyUnmatchedRequests",
          reason: "belongs to the account: a zone does not take it",
        },
      ],
    });
  });

  it("not what its own check would refuse, and everything else", () => {
    const live = {
      name: "Widget Corp",
      userSeatExpirationInactiveTime: "720h",
      mfaConfig: { sessionDuration: "24h", requiredAaguids: "not a uuid" },
      additionalSettings: { "Odd-Name": 1, fine_name: 2 },
    };
    expect(settingsOfLiveObject(organizationType, "accounts", live)).toEqual({
      settings: { name: "Widget Corp", additionalSettings: { fine_name: 2 } },
      leftOut: [
        {
          property: "mfaConfig.requiredAaguids",
          reason: 'must be a UUID such as "2fc0579f-8113-47ea-b116-bb5a8db9202a"',
        },
        { property: "userSeatExpirationInactiveTime", reason: "must be at least 730h" },
        {
          property: "additionalSettings.Odd-Name",
          reason: "must be a name of the API, such as new_setting",
        },
      ],
    });
  });

  it("nothing empty, which might contradict the rest", () => {
    const config = { allowedAuthenticators: [], sessionDuration: "24h" };
    const live = { mfaRequiredForAllApps: true, mfaConfig: config };
    expect(settingsOfLiveObject(organizationType, "accounts", live)).toEqual({
      settings: { mfaRequiredForAllApps: true, mfaConfig: { sessionDuration: "24h" } },
      leftOut: [],
    });
  });
});

describe("of another tool's state a program states", () => {
  it("what that states, false included, and not what is empty there", () => {
    const stated = {
      name: "Widget Corp",
      autoRedirectToIdentity: false,
      sessionDuration: "",
      loginDesign: { headerText: null, footerText: "Footer" },
      mfaConfig: {},
      mfaPivKeyRequirements: { requireFipsDevice: false, sshKeyType: [] },
      serviceTokenInactivity: { action: "delete", enabled: false, inactivityThresholdDays: 30 },
    };
    expect(settingsOfOldState(organizationType, "accounts", stated)).toEqual({
      settings: {
        name: "Widget Corp",
        autoRedirectToIdentity: false,
        loginDesign: { footerText: "Footer" },
        mfaPivKeyRequirements: { requireFipsDevice: false },
        serviceTokenInactivity: { action: "delete", enabled: false, inactivityThresholdDays: 30 },
      },
      leftOut: [],
    });
  });
});
