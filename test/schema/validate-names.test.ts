import { dohSettings } from "../../provider/schema/doh-settings.js";
import { organization } from "../../provider/schema/organization.js";
import { buildValidator } from "../../provider/schema/validate.js";
import type { SettingValues } from "../../provider/schema/values.js";
import { UNKNOWN } from "../../provider/schema/values.js";

const check = buildValidator(organization);
const lines = (inputs: SettingValues) =>
  check(inputs).map(({ property, reason }) => `${property} ${reason}`);
const pathsOf = (inputs: SettingValues) => check(inputs).map(({ property }) => property);

describe("A name that is not an input", () => {
  it.each([
    ["auth_domain", "authDomain"],
    ["account_id", "accountId"],
    ["zone_id", "zoneId"],
    ["additional_settings", "additionalSettings"],
  ])("fails with a suggestion: %s is like %s", (name, meant) => {
    expect(lines({ [name]: "x" })).toEqual([`${name} is not an input. Did you mean ${meant}?`]);
  });

  it("fails with a list of all inputs if it resembles none", () => {
    expect(lines({ customPages: { Nothing: 1 } })).toEqual([
      "customPages.Nothing is not an input. The inputs are forbidden, identityDenied",
    ]);
    expect(buildValidator(dohSettings)({ colour: 1 })).toEqual([
      {
        property: "colour",
        reason: "is not an input. The inputs are accountId, serviceTokenId, dohJwtDuration",
      },
    ]);
  });

  it.each(["id", "urn", "createdAt", "updatedAt", "trustedAccounts", "outputOnly"])(
    "fails as an output if it is %s",
    (name) => {
      expect(lines({ [name]: "x" })).toEqual([`${name} is an output, not an input. Leave it out`]);
    },
  );

  const inactivity = { action: "disable", enabled: true, inactivityThresholdDays: 30 };

  it.each<[string, object]>([
    ["loginDesign", {}],
    ["mfaConfig", {}],
    ["mfaPivKeyRequirements", {}],
    ["customPages", {}],
    ["serviceTokenInactivity", inactivity],
  ])("passes as a snake_case member of %s, because the API grows", (name, value) => {
    const members = { a_new_member: { a: [1] }, theme: "dark", logo_paths: [] };
    expect(check({ [name]: { ...value, ...members } })).toEqual([]);
  });

  it.each([
    ["header_text", "headerText"],
    ["headertext", "headerText"],
    ["logopaths", "logoPath"],
    ["backgroundColour", "backgroundColor"],
  ])("fails as the member %s of an object, because it resembles %s", (name, meant) => {
    expect(lines({ loginDesign: { [name]: "x" } })).toEqual([
      `loginDesign.${name} is not an input. Did you mean ${meant}?`,
    ]);
  });

  it("fails in an atomic object with a suggestion, beside the member that is missing", () => {
    const { inactivityThresholdDays: days, ...others } = inactivity;
    expect(
      lines({ serviceTokenInactivity: { ...others, inactivity_threshold_days: days } }),
    ).toEqual([
      "serviceTokenInactivity.inactivityThresholdDays is missing; it must be a whole number from 30 to 365",
      "serviceTokenInactivity.inactivity_threshold_days is not an input. Did you mean inactivityThresholdDays?",
    ]);
  });

  it.each(["newMember", "New_member", "new-member", "1st"])(
    "fails as the member %s of an object, because it cannot be a name of the API",
    (name) => {
      expect(lines({ customPages: { [name]: "x" } })).toEqual([
        `customPages.${name} is not an input. The inputs are forbidden, identityDenied`,
      ]);
    },
  );

  it("does not replace the required members of an atomic object", () => {
    expect(pathsOf({ serviceTokenInactivity: { a_new_member: 1 } })).toEqual([
      "serviceTokenInactivity.action",
      "serviceTokenInactivity.enabled",
      "serviceTokenInactivity.inactivityThresholdDays",
    ]);
  });

  it.each(["constructor", "toString", "hasOwnProperty", "__proto__"])(
    "fails also if every JavaScript object has it: %s",
    (name) => {
      const hostile = JSON.parse(`{ ${JSON.stringify(name)}: 1 }`) as SettingValues;
      expect(pathsOf(hostile)).toEqual([name]);
      if (name === "constructor") return; // a name that the API could have
      expect(pathsOf({ loginDesign: hostile })).toEqual([`loginDesign.${name}`]);
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
