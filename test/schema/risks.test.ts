import {
  declaredChanges,
  noLongerManaged,
  riskWarning,
  riskyChanges,
} from "../../provider/schema/risks.js";
import type { Definition } from "../../provider/schema/definition.js";
import { dohSettings } from "../../provider/schema/doh-settings.js";
import { organization } from "../../provider/schema/organization.js";
import { UNKNOWN, type SettingValues } from "../../provider/schema/values.js";

describe("riskyChanges", () => {
  const isRisky = (
    path: string,
    from: unknown,
    to: unknown,
    definition: Definition = organization,
  ) =>
    riskyChanges(definition, [{ path, input: path.split(".")[0] ?? path, from, to }]).length === 1;

  it.each<[string, string, unknown, unknown]>([
    ["a protection is switched off", "denyUnmatchedRequests", true, false],
    ["a protection is switched off with null", "denyUnmatchedRequests", true, null],
    ["a protection is unset", "denyUnmatchedRequests", true, undefined],
    ["a protection may be switched off", "denyUnmatchedRequests", true, UNKNOWN],
    ["a weaker login is switched on", "allowAuthenticateViaWarp", false, true],
    ["a weaker login may be switched on", "allowAuthenticateViaWarp", undefined, UNKNOWN],
    ["authDomain changes", "authDomain", "one.example.com", "other.example.com"],
    ["a session becomes longer", "sessionDuration", "24h", "1441m"],
    ["a session becomes longer than the default", "sessionDuration", undefined, "25h"],
    ["a short session becomes the longer default", "sessionDuration", "12h", ""],
    ["a session may become longer", "sessionDuration", "24h", UNKNOWN],
    [
      "a list of a member gets an item",
      "mfaConfig.allowedAuthenticators",
      ["totp"],
      ["totp", "biometrics"],
    ],
    ["the first zone is exempted", "denyUnmatchedRequestsExemptedZoneNames", [], ["a.example"]],
    ["unmatched requests get blocked", "denyUnmatchedRequests", false, true],
    ["a list may get an item", "mfaConfig.allowedAuthenticators", ["totp"], [UNKNOWN]],
    ["a list is replaced", "denyUnmatchedRequestsExemptedZoneNames", ["a.example"], ["b.example"]],
  ])("contains a change if %s", (_, path, from, to) => {
    expect(isRisky(path, from, to)).toBe(true);
  });

  it.each<[string, string, unknown, unknown]>([
    ["a protection without an impact is switched on", "isUiReadOnly", false, true],
    ["an unset protection is declared off", "denyUnmatchedRequests", undefined, false],
    ["a weaker login is switched off", "allowAuthenticateViaWarp", true, false],
    ["a live object without authDomain gets one", "authDomain", undefined, "one.example.com"],
    ["authDomain is respelled", "authDomain", "One.example.com", "one.example.com"],
    ["a session becomes shorter", "sessionDuration", "24h", "1439m"],
    ["the default session is declared", "sessionDuration", undefined, "24h"],
    ["a list loses an item", "mfaConfig.allowedAuthenticators", ["totp", "biometrics"], ["totp"]],
    ["an empty list gets its first items", "mfaConfig.allowedAuthenticators", [], ["totp"]],
    [
      "an item is declared under its former name",
      "mfaConfig.allowedAuthenticators",
      ["piv_key"],
      ["ssh_piv_key"],
    ],
    ["the setting has no risk", "loginDesign.headerText", "Hi", "Ho"],
    // An absent value is unset, and not one that is not known yet.
    ["a list becomes unset", "mfaConfig.allowedAuthenticators", ["totp"], undefined],
    ["a duration becomes unset", "warpAuthSessionDuration", "36h", undefined],
    ["a session becomes the shorter default", "sessionDuration", "48h", undefined],
  ])("does not contain a change if %s", (_, path, from, to) => {
    expect(isRisky(path, from, to)).toBe(false);
  });

  it("contains another DoH service token", () => {
    expect(isRisky("serviceTokenId", "one", "two", dohSettings)).toBe(true);
  });
});

describe("riskyChanges of newly declared settings, whose live values a preview does not know,", () => {
  const warningsOf = (declared: SettingValues) =>
    riskyChanges(organization, declaredChanges(organization, {}, declared)).map((risky) =>
      riskWarning(risky, JSON.stringify(risky.change.to)),
    );

  it("contains those with a value that some live value makes a risk", () => {
    const declared = {
      authDomain: "one.example.com",
      denyUnmatchedRequests: false,
      allowAuthenticateViaWarp: true,
      denyUnmatchedRequestsExemptedZoneNames: ["example.com"],
      mfaConfig: { allowedAuthenticators: ["totp"], sessionDuration: UNKNOWN },
      sessionDuration: "",
      warpAuthSessionDuration: "36h",
    };
    expect(warningsOf(declared)).toEqual([
      'authDomain is newly declared as "one.example.com". If the live value differs, every login URL changes, and all sessions end.',
      "allowAuthenticateViaWarp is newly declared as true. If the live value differs, users can log in with their WARP session instead of the identity provider.",
      "denyUnmatchedRequests is newly declared as false. If the live value differs, requests to hosts that no Access application covers are no longer blocked.",
      'denyUnmatchedRequestsExemptedZoneNames is newly declared as ["example.com"]. If the live list lacks one of these items, unmatched requests to the added zones are not blocked.',
      'mfaConfig.allowedAuthenticators is newly declared as ["totp"]. If the live list lacks one of these items, users can enroll the added kinds of authenticators.',
      "mfaConfig.sessionDuration is newly declared; its value is not known yet. Possible impact: Users repeat the second factor less often.",
      'sessionDuration is newly declared as "". If the live value is shorter, logins stay valid for longer.',
      'warpAuthSessionDuration is newly declared as "36h". If the live value is shorter, WARP sessions stay valid for longer.',
    ]);
  });

  it("does not contain those with a value that no live value makes a risk", () => {
    const declared = {
      isUiReadOnly: true,
      allowAuthenticateViaWarp: false,
      denyUnmatchedRequestsExemptedZoneNames: [],
      mfaConfig: { allowedAuthenticators: [], sessionDuration: "0m" },
      sessionDuration: "0h",
      warpAuthSessionDuration: "",
      loginDesign: { headerText: "Hi" },
    };
    expect(warningsOf(declared)).toEqual([]);
  });
});

describe("noLongerManaged", () => {
  const pathsOf = (before: SettingValues, after: SettingValues) =>
    noLongerManaged(organization, before, after).map(({ path }) => path);

  it("returns fields that were declared and are no longer", () => {
    const before = {
      sessionDuration: "24h",
      loginDesign: { headerText: "Hi", footerText: "Bye" },
      additionalSettings: { new_one: 1 },
    };
    expect(pathsOf(before, { loginDesign: { headerText: "Ho" } })).toEqual([
      "loginDesign.footerText",
      "sessionDuration",
      "additionalSettings.new_one",
    ]);
    expect(pathsOf(before, before)).toEqual([]);
  });

  it("does not return fields that were declared empty or off", () => {
    const before = {
      denyUnmatchedRequests: false,
      loginDesign: {},
      sessionDuration: "",
      serviceTokenInactivity: { action: "disable", enabled: false, inactivityThresholdDays: 90 },
    };
    expect(pathsOf(before, {})).toEqual([]);
  });

  it("does not return members of an object that is not known yet", () => {
    const before = { loginDesign: { headerText: "Hi" }, additionalSettings: { new_one: 1 } };
    const after = { loginDesign: UNKNOWN, additionalSettings: UNKNOWN };
    expect(pathsOf(before, after)).toEqual([]);
  });
});
