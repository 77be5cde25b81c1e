import { dohSettings } from "../../provider/schema/doh-settings.js";
import { describeFailure } from "../../provider/schema/input-failure.js";
import { organization } from "../../provider/schema/organization.js";
import { buildValidator } from "../../provider/schema/validate.js";
import type { SettingValues } from "../../provider/schema/values.js";
import { CLEARED_SETTINGS, SETTINGS } from "../contract/program-inputs.js";
import { CLIENT_ID, SERVICE_TOKEN, TEAM_DOMAIN } from "../ids.js";

const check = buildValidator(organization);
const checkDoh = buildValidator(dohSettings);
const lines = (inputs: SettingValues, validate = check) =>
  validate(inputs)
    .map((failure) => describeFailure(failure))
    .map(({ property, reason }) => `${property} ${reason}`);
const pathsOf = (inputs: SettingValues, validate = check) =>
  validate(inputs).map(({ property }) => property);
const inactivity = { action: "disable", enabled: true, inactivityThresholdDays: 30 };

describe("Validation accepts", () => {
  it.each<[string, SettingValues]>([
    ["no settings", {}],
    ["every setting", { ...SETTINGS, additionalSettings: { new_setting: { a: [1, null] } } }],
    ["cleared settings", { ...CLEARED_SETTINGS, additionalSettings: {} }],
    [
      "cleared members",
      { loginDesign: { headerText: "" }, mfaConfig: { requiredAaguids: "", sessionDuration: "" } },
    ],
    [
      "zone names in Unicode and with a trailing dot",
      { denyUnmatchedRequestsExemptedZoneNames: ["bücher.example", "Example.com."] },
    ],
    [
      "the limits of durations and numbers",
      {
        userSeatExpirationInactiveTime: "8760h",
        warpAuthSessionDuration: "2160h",
        mfaConfig: { sessionDuration: "0m", amrMatchingSessionDuration: "720h" },
        serviceTokenInactivity: { ...inactivity, inactivityThresholdDays: 365 },
      },
    ],
    [
      "values that this release does not know",
      {
        mfaConfig: { allowedAuthenticators: ["retina_scan"] },
        mfaPivKeyRequirements: { pinPolicy: "sometimes", sshKeySize: [8192] },
      },
    ],
  ])("%s", (_, inputs) => {
    expect(check(inputs)).toEqual([]);
  });

  it("a DoH service token's id and a duration, empty ones, or neither", () => {
    expect(checkDoh({ serviceTokenId: SERVICE_TOKEN, dohJwtDuration: "8760h" })).toEqual([]);
    expect(checkDoh({ serviceTokenId: "", dohJwtDuration: "" })).toEqual([]);
    expect(checkDoh({})).toEqual([]);
  });
});

describe("Validation fails at the property path of", () => {
  it.each([
    ["name", " \t"],
    ["sessionDuration", "-1h"],
    ["userSeatExpirationInactiveTime", "729h"],
    ["userSeatExpirationInactiveTime", "8761h"],
    ["warpAuthSessionDuration", "2161h"],
    ["mfaConfig.sessionDuration", "43201m"],
    ["mfaConfig.amrMatchingSessionDuration", "721h"],
    ["serviceTokenInactivity.action", ""],
    ["serviceTokenInactivity.inactivityThresholdDays", 29],
    ["serviceTokenInactivity.inactivityThresholdDays", 366],
    ["serviceTokenInactivity.inactivityThresholdDays", 30.5],
  ])("%s with the invalid value %j", (path, value) => {
    const [input = path, member] = path.split(".");
    const others = input === "serviceTokenInactivity" ? inactivity : {};
    const declared = member === undefined ? value : { ...others, [member]: value };
    expect(pathsOf({ [input]: declared })).toEqual([path]);
  });

  it.each([
    "",
    "team",
    "https://team.cloudflareaccess.com",
    "team.cloudflareaccess.com/",
    "team.cloudflareaccess.com/login",
    "team.cloudflareaccess.com:443",
    "team@cloudflareaccess.com",
    " team.cloudflareaccess.com",
    "te am.cloudflareaccess.com",
    "-team.cloudflareaccess.com",
    "team..com",
    `${"a".repeat(64)}.com`,
  ])("an authDomain that is not a full host name: %j", (authDomain) => {
    expect(pathsOf({ authDomain })).toEqual(["authDomain"]);
  });

  it.each([
    "https://example.com",
    "*.example.com",
    "example.com/path",
    "example.com:443",
    "ex%61mple.com",
    "bücher.example/path",
    "bücher example",
    "localhost",
  ])("a zone name that is not a host name: %j", (zone) => {
    expect(lines({ denyUnmatchedRequestsExemptedZoneNames: ["example.com", zone] })).toEqual([
      'denyUnmatchedRequestsExemptedZoneNames[1] must be a zone name such as "example.com", without scheme, path or wildcard',
    ]);
  });

  it.each(Object.keys(organization.settings))("%s with a value of the wrong type", (name) => {
    for (const wrong of [{ A: 1 }, [{}], 5, Symbol.for("x")])
      expect(new Set(pathsOf({ [name]: wrong }).map((path) => path.split(/[.[]/)[0]))).toEqual(
        new Set([name]),
      );
  });

  it.each([
    ["a short client id", { serviceTokenId: "88bf3b6d86.access" }, "serviceTokenId"],
    ["a setting of the organization", { sessionDuration: "24h" }, "sessionDuration"],
    ["additionalSettings", { additionalSettings: {} }, "additionalSettings"],
  ])("DoH settings with %s", (_, inputs, path) => {
    expect(pathsOf(inputs, checkDoh)).toEqual([path]);
  });
});

describe("Validation of a duration in days", () => {
  it.each([
    ["the value to write", "30d", '. Write "720h"'],
    ["the limit if the value is out of range", "10000d", ", and must be at most 720h"],
  ])("names %s", (_, sessionDuration, advice) => {
    expect(lines({ mfaConfig: { sessionDuration } })).toEqual([
      `mfaConfig.sessionDuration must be a Go duration, which has no days${advice}`,
    ]);
  });
});

describe("Validation of a secret input", () => {
  const secretLines = (inputs: SettingValues, validate = check) =>
    validate(inputs)
      .map((failure) => describeFailure(failure, Object.keys(inputs)))
      .map(({ property, reason }) => `${property} ${reason}`);

  it("returns reasons without the value or what follows from it, and otherwise complete", () => {
    const inputs = {
      autoRedirectToIdentity: "yes",
      denyUnmatchedRequestsExemptedZoneNames: ["example.com", 7],
      loginDesign: { headerText: null, footerText: 5 },
      serviceTokenInactivity: { enabled: true, inactivityThresholdDays: 7 },
      sessionDuration: "30d",
      userSeatExpirationInactiveTime: "one, not two",
      warpAuthSessionDuration: "90s",
    };
    expect(secretLines(inputs).join("\n")).toMatchInlineSnapshot(`
      "autoRedirectToIdentity must be true or false
      denyUnmatchedRequestsExemptedZoneNames[1] must be a string
      loginDesign.footerText must be a string
      loginDesign.headerText must be a string
      serviceTokenInactivity.action is missing; it must be a string
      serviceTokenInactivity.inactivityThresholdDays must be a whole number from 30 to 365
      sessionDuration must be a Go duration, which has no days
      userSeatExpirationInactiveTime must be a duration such as "24h" or "1h30m" (units: ns, us, ms, s, m, h)
      warpAuthSessionDuration accepts only the units m and h"
    `);
    expect(secretLines({ serviceTokenId: CLIENT_ID }, checkDoh)).toEqual([
      "serviceTokenId must be the service token's id, not its client id",
    ]);
  });
});

describe("Validation of one program", () => {
  it("returns all failures at once, each with a valid alternative", () => {
    const inputs = {
      name: "",
      authDomain: "team",
      autoRedirectToIdentity: "yes",
      denyUnmatchedRequestsExemptedZoneNames: ["example.com", 7, ""],
      loginDesign: { backgroundcolor: "#112233", headerText: null },
      mfaConfig: {
        allowedAuthenticators: "totp",
        requiredAaguids: "none",
        sessionDuration: "800h",
      },
      serviceTokenInactivity: { enabled: true, inactivityThresholdDays: 7 },
      sessionDuration: "one day",
      userSeatExpirationInactiveTime: "720h",
      warpAuthSessionDuration: "90s",
      additionalSettings: { updated_at: "now", NewSetting: 1 },
      auth_domain: TEAM_DOMAIN,
      colour: "#112233",
    };
    expect(lines(inputs).join("\n")).toMatchInlineSnapshot(`
      "name must not be empty; it cannot be cleared
      authDomain must be a full host name such as "team.cloudflareaccess.com", without scheme, port or path
      autoRedirectToIdentity must be true or false, not a string
      denyUnmatchedRequestsExemptedZoneNames[1] must be a string, not the number 7
      denyUnmatchedRequestsExemptedZoneNames[2] must not be empty
      loginDesign.headerText must be a string, not null
      loginDesign.backgroundcolor is not an input. Did you mean backgroundColor?
      mfaConfig.allowedAuthenticators must be a list, not a string
      mfaConfig.requiredAaguids must be a UUID such as "2fc0579f-8113-47ea-b116-bb5a8db9202a"
      mfaConfig.sessionDuration must be at most 720h
      serviceTokenInactivity.action is missing; it must be a string
      serviceTokenInactivity.inactivityThresholdDays must be a whole number from 30 to 365, not the number 7
      sessionDuration must be a duration such as "24h" or "1h30m" (units: ns, us, ms, s, m, h), not "one day"
      userSeatExpirationInactiveTime must be at least 730h
      warpAuthSessionDuration accepts only the units m and h, not s
      additionalSettings.updated_at is computed by Cloudflare and cannot be set
      additionalSettings.NewSetting must be a name of the API, such as new_setting
      auth_domain is not an input. Did you mean authDomain?
      colour is not an input. The inputs are accountId, zoneId, name, authDomain, allowAuthenticateViaWarp, autoRedirectToIdentity, customPages, denyUnmatchedRequests, denyUnmatchedRequestsExemptedZoneNames, isUiReadOnly, uiReadOnlyToggleReason, loginDesign, mfaConfig, mfaPivKeyRequirements, mfaRequiredForAllApps, serviceTokenInactivity, sessionDuration, strictServiceTokenAuth, userSeatExpirationInactiveTime, warpAuthNonBrowser401, warpAuthSessionDuration, additionalSettings"
    `);
  });

  it("returns all failures of DoH settings at once", () => {
    const tooLong = { serviceTokenId: `${SERVICE_TOKEN}0`, dohJwtDuration: "8761h", zone: "one" };
    expect(lines(tooLong, checkDoh).join("\n")).toMatchInlineSnapshot(`
      "serviceTokenId must be the service token's id, at most 36 characters long
      dohJwtDuration must be at most 8760h
      zone is not an input. The inputs are accountId, serviceTokenId, dohJwtDuration"
    `);
  });
});
