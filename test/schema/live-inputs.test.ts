import { liveInputs, managedFields } from "../../provider/schema/managed-fields.js";
import { organization } from "../../provider/schema/organization.js";
import type { SettingValues } from "../../provider/schema/values.js";

const pathsOf = (declared: SettingValues) =>
  managedFields(organization, declared).map(({ path }) => path);

const inactivity = { action: "disable", enabled: true, inactivityThresholdDays: 30 };

describe("liveInputs", () => {
  const project = (declared: SettingValues, live: SettingValues) =>
    liveInputs(organization, declared, live);

  it("omits what is not managed", () => {
    const live = { name: "Widget Corp", sessionDuration: "24h", loginDesign: { headerText: "Hi" } };
    expect(project({ name: "Widget Corp" }, live)).toEqual({ name: "Widget Corp" });
    expect(project({ loginDesign: { footerText: "" } }, live)).toEqual({
      loginDesign: { footerText: "" },
    });
  });

  it("keeps the declared spelling of equivalent values", () => {
    const declared = {
      sessionDuration: "24h",
      denyUnmatchedRequestsExemptedZoneNames: ["b.example.com", "bücher.example"],
      mfaConfig: { sessionDuration: "60m", allowedAuthenticators: [] },
      loginDesign: {},
      isUiReadOnly: false,
    };
    const live = {
      sessionDuration: "24h0m0s",
      denyUnmatchedRequestsExemptedZoneNames: ["xn--bcher-kva.example", "b.example.com"],
      mfaConfig: { sessionDuration: "1h" },
      loginDesign: { headerText: "" },
    };
    expect(project(declared, live)).toEqual(declared);
  });

  it("returns the live value of each member that drifted", () => {
    const mfaConfig = { sessionDuration: "60m", amrMatchingSessionDuration: "12h" };
    const live = { sessionDuration: "1h", amrMatchingSessionDuration: "6h" };
    expect(project({ mfaConfig }, { mfaConfig: live })).toEqual({
      mfaConfig: { sessionDuration: "60m", amrMatchingSessionDuration: "6h" },
    });
  });

  it("returns the members that someone set in an object that is declared as {}", () => {
    expect(project({ customPages: {} }, { customPages: { forbidden: "uid" } })).toEqual({
      customPages: { forbidden: "uid", identityDenied: "" },
    });
  });

  it("returns exactly the declared members of an atomic object", () => {
    const declared = { serviceTokenInactivity: { ...inactivity, notify: "ops" } };
    const live = { ...inactivity, notify: "ops", other_member: 1 };
    expect(project(declared, { serviceTokenInactivity: live })).toEqual(declared);
    const drifted = { ...live, inactivityThresholdDays: 60, notify: "dev" };
    expect(project(declared, { serviceTokenInactivity: drifted })).toEqual({
      serviceTokenInactivity: { ...inactivity, inactivityThresholdDays: 60, notify: "dev" },
    });
  });

  it("returns empty values for settings that were unset, so that they stay managed", () => {
    const declared = {
      additionalSettings: { new_setting: 1 },
      denyUnmatchedRequests: true,
      denyUnmatchedRequestsExemptedZoneNames: ["example.com"],
      loginDesign: { headerText: "Hi" },
      mfaConfig: { allowedAuthenticators: ["totp"], sessionDuration: "1h" },
      serviceTokenInactivity: inactivity,
      sessionDuration: "24h",
    };
    const unset = project(declared, {});
    expect(unset).toEqual({
      additionalSettings: { new_setting: null },
      denyUnmatchedRequests: false,
      denyUnmatchedRequestsExemptedZoneNames: [],
      loginDesign: { headerText: "" },
      mfaConfig: { allowedAuthenticators: [], sessionDuration: "" },
      serviceTokenInactivity: {},
      sessionDuration: "",
    });
    expect(pathsOf(unset).sort()).toEqual(pathsOf(declared).sort());
  });

  it("keeps the null of an additional setting that is unset while another one drifted", () => {
    const declared = { additionalSettings: { one: null, other: 1 } };
    expect(project(declared, { additionalSettings: { one: false, other: 2 } })).toEqual({
      additionalSettings: { one: null, other: 2 },
    });
  });

  it.each(["0m", "0s", undefined])(
    'keeps an MFA session of "0m" if the response has %j',
    (sessionDuration) => {
      const declared = { mfaConfig: { sessionDuration: "0m" } };
      expect(project(declared, { mfaConfig: { sessionDuration } })).toEqual(declared);
    },
  );

  it("keeps uiReadOnlyToggleReason while isUiReadOnly is off, because the API does not return it", () => {
    const declared = { uiReadOnlyToggleReason: "maintenance" };
    expect(project(declared, { isUiReadOnly: false })).toEqual(declared);
    expect(project(declared, { isUiReadOnly: true, uiReadOnlyToggleReason: "other" })).toEqual({
      uiReadOnlyToggleReason: "other",
    });
  });
});
