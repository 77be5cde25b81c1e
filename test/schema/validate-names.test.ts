import { dohSettings } from "../../provider/schema/doh-settings.js";
import { organization } from "../../provider/schema/organization.js";
import { buildValidator } from "../../provider/schema/validate.js";
import type { SettingValues } from "../../provider/schema/values.js";

const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
const check = buildValidator(organization, UNKNOWN);
const lines = (args: SettingValues) =>
  check(args).map(({ property: path, reason }) => `${path} ${reason}`);

describe("a name that is no argument", () => {
  it.each([
    ["auth_domain", "authDomain"],
    ["deny_unmatched_requests", "denyUnmatchedRequests"],
    ["warp_auth_non_browser_401", "warpAuthNonBrowser401"],
    ["account_id", "accountId"],
    ["accuontId", "accountId"],
    ["zone_id", "zoneId"],
    ["sesionDuration", "sessionDuration"],
    ["additional_settings", "additionalSettings"],
  ])("%s is answered with %s", (written, meant) => {
    expect(lines({ [written]: "x" })).toEqual([
      `${written} is not an argument here: did you mean ${meant}?`,
    ]);
  });

  it("in an object is answered with one of its members", () => {
    const args = {
      loginDesign: { background_color: "#112233" },
      mfaConfig: { allowed_authenticators: ["totp"] },
      serviceTokenInactivity: {
        action: "disable",
        enabled: true,
        inactivity_threshold_days: 30,
      },
    };
    expect(lines(args).join("\n")).toMatchInlineSnapshot(`
      "loginDesign.background_color is not an argument here: did you mean backgroundColor?
      mfaConfig.allowed_authenticators is not an argument here: did you mean allowedAuthenticators?
      serviceTokenInactivity.inactivityThresholdDays is missing; it must be a whole number from 30 to 365
      serviceTokenInactivity.inactivity_threshold_days is not an argument here: did you mean inactivityThresholdDays?"
    `);
  });

  it("that resembles none is answered with all there are", () => {
    expect(lines({ customPages: { nothing_like_it: 1 } }).join("\n")).toMatchInlineSnapshot(
      `"customPages.nothing_like_it is not an argument here; there are forbidden, identityDenied"`,
    );
    const doh = buildValidator(dohSettings, UNKNOWN);
    expect(doh({ colour: 1 })).toMatchInlineSnapshot(`
      [
        {
          "property": "colour",
          "reason": "is not an argument here; there are accountId, serviceTokenId, dohJwtDuration",
        },
      ]
    `);
  });

  it.each(["constructor", "toString", "hasOwnProperty", "__proto__"])(
    "may be one that every object has: %s",
    (name) => {
      const hostile = JSON.parse(`{ ${JSON.stringify(name)}: 1 }`) as SettingValues;
      expect(check(hostile).map(({ property: path }) => path)).toEqual([name]);
      expect(check({ loginDesign: hostile }).map(({ property: path }) => path)).toEqual([
        `loginDesign.${name}`,
      ]);
      if (name === "constructor") return; // a name that the API could have
      expect(check({ additionalSettings: hostile }).map(({ property: path }) => path)).toEqual([
        `additionalSettings.${name}`,
      ]);
    },
  );
});

describe("what a preview does not know yet", () => {
  const objects = Object.entries(organization.settings).flatMap(([name, setting]) =>
    "members" in setting ? [[name, setting.members] as const] : [],
  );

  it.each(Object.keys(organization.settings))("passes as %s", (name) => {
    expect(check({ [name]: UNKNOWN })).toEqual([]);
  });

  it.each(objects)("passes as any member of %s", (name, members) => {
    const value = Object.fromEntries(Object.keys(members).map((member) => [member, UNKNOWN]));
    expect(check({ [name]: value })).toEqual([]);
  });

  it("passes as an item of a list", () => {
    const args = {
      denyUnmatchedRequestsExemptedZoneNames: ["example.com", UNKNOWN],
      mfaConfig: { allowedAuthenticators: [UNKNOWN] },
      mfaPivKeyRequirements: { sshKeySize: [UNKNOWN, 256] },
    };
    expect(check(args)).toEqual([]);
  });

  it("passes as an additional setting, at any depth", () => {
    expect(check({ additionalSettings: UNKNOWN })).toEqual([]);
    expect(check({ additionalSettings: { one: UNKNOWN, two: [{ a: UNKNOWN }] } })).toEqual([]);
  });

  it("does not hide what is wrong beside it", () => {
    const args = { loginDesign: { headerText: UNKNOWN, footerText: 1 }, name: UNKNOWN };
    expect(check(args).map(({ property: path }) => path)).toEqual(["loginDesign.footerText"]);
  });
});
