import { dohSettings } from "../../provider/schema/doh-settings.js";
import { organization } from "../../provider/schema/organization.js";
import { buildValidator } from "../../provider/schema/validate.js";
import type { SettingValues } from "../../provider/schema/values.js";

const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
const check = buildValidator(organization, UNKNOWN);
const lines = (inputs: SettingValues) =>
  check(inputs).map(({ property, reason }) => `${property} ${reason}`);
const pathsOf = (inputs: SettingValues) => check(inputs).map(({ property }) => property);

describe("A name that is not an input", () => {
  it.each([
    ["auth_domain", "authDomain"],
    ["deny_unmatched_requests", "denyUnmatchedRequests"],
    ["warp_auth_non_browser_401", "warpAuthNonBrowser401"],
    ["account_id", "accountId"],
    ["accuontId", "accountId"],
    ["zone_id", "zoneId"],
    ["sesionDuration", "sessionDuration"],
    ["additional_settings", "additionalSettings"],
  ])("fails with a suggestion: %s is like %s", (name, meant) => {
    expect(lines({ [name]: "x" })).toEqual([`${name} is not an input. Did you mean ${meant}?`]);
  });

  it("fails in an object with a suggestion from its members", () => {
    const inputs = {
      loginDesign: { backgroundColour: "#112233" },
      mfaConfig: { allowedauthenticators: ["totp"] },
      serviceTokenInactivity: {
        action: "disable",
        enabled: true,
        inactivity_threshold_days: 30,
      },
    };
    expect(lines(inputs)).toEqual([
      "loginDesign.backgroundColour is not an input. Did you mean backgroundColor?",
      "mfaConfig.allowedauthenticators is not an input. Did you mean allowedAuthenticators?",
      "serviceTokenInactivity.inactivityThresholdDays is missing; it must be a whole number from 30 to 365",
      "serviceTokenInactivity.inactivity_threshold_days is not an input. Did you mean inactivityThresholdDays?",
    ]);
  });

  it("fails with a list of all inputs if it resembles none", () => {
    expect(lines({ customPages: { Nothing: 1 } })).toEqual([
      "customPages.Nothing is not an input. The inputs are forbidden, identityDenied",
    ]);
    expect(buildValidator(dohSettings, UNKNOWN)({ colour: 1 })).toEqual([
      {
        property: "colour",
        reason: "is not an input. The inputs are accountId, serviceTokenId, dohJwtDuration",
      },
    ]);
  });

  it.each(["id", "urn", "createdAt", "updatedAt", "trustedAccounts", "outputOnly"])(
    "fails as an output if it is %s (I1)",
    (name) => {
      expect(lines({ [name]: "x" })).toEqual([`${name} is an output, not an input. Leave it out`]);
    },
  );

  it.each(["loginDesign", "mfaConfig", "mfaPivKeyRequirements", "customPages"])(
    "passes as a snake_case member of %s, because the API grows (I1)",
    (name) => {
      expect(check({ [name]: { a_new_member: { a: [1] } } })).toEqual([]);
    },
  );

  it.each(["constructor", "toString", "hasOwnProperty", "__proto__"])(
    "fails also if every JavaScript object has it: %s",
    (name) => {
      const hostile = JSON.parse(`{ ${JSON.stringify(name)}: 1 }`) as SettingValues;
      expect(pathsOf(hostile)).toEqual([name]);
      expect(pathsOf({ loginDesign: hostile })).toEqual([`loginDesign.${name}`]);
      if (name === "constructor") return; // a name that the API could have
      expect(pathsOf({ additionalSettings: hostile })).toEqual([`additionalSettings.${name}`]);
    },
  );
});

describe("A value that a preview does not know yet", () => {
  const objects = Object.entries(organization.settings).flatMap(([name, setting]) =>
    "members" in setting ? [[name, setting.members] as const] : [],
  );

  it.each(Object.keys(organization.settings))("passes as %s", (name) => {
    expect(check({ [name]: UNKNOWN })).toEqual([]);
  });

  it.each(objects)("passes as each member of %s", (name, members) => {
    const value = Object.fromEntries(Object.keys(members).map((member) => [member, UNKNOWN]));
    expect(check({ [name]: value })).toEqual([]);
  });

  it("passes as an item of a list", () => {
    const inputs = {
      denyUnmatchedRequestsExemptedZoneNames: ["example.com", UNKNOWN],
      mfaConfig: { allowedAuthenticators: [UNKNOWN] },
      mfaPivKeyRequirements: { sshKeySize: [UNKNOWN, 256] },
    };
    expect(check(inputs)).toEqual([]);
  });

  it("passes as an additional setting, at any depth", () => {
    expect(check({ additionalSettings: UNKNOWN })).toEqual([]);
    expect(check({ additionalSettings: { one: UNKNOWN, two: [{ a: UNKNOWN }] } })).toEqual([]);
  });

  it("does not hide failures of other inputs", () => {
    const inputs = { loginDesign: { headerText: UNKNOWN, footerText: 1 }, name: UNKNOWN };
    expect(pathsOf(inputs)).toEqual(["loginDesign.footerText"]);
  });
});
