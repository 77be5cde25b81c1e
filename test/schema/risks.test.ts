import { riskyChanges, noLongerManaged } from "../../provider/schema/risks.js";
import { organization } from "../../provider/schema/organization.js";
import type { SettingValues } from "../../provider/schema/values.js";

const UNKNOWN = "not known yet";

describe("a change is dangerous", () => {
  const isDangerous = (path: string, from: unknown, to: unknown) =>
    riskyChanges(organization, [{ path, from, to }], UNKNOWN).length === 1;

  it("where it switches off, in whatever way an answer says off", () => {
    for (const off of [false, null, undefined, UNKNOWN])
      expect(isDangerous("denyUnmatchedRequests", true, off)).toBe(true);
    expect(isDangerous("denyUnmatchedRequests", false, true)).toBe(false);
    expect(isDangerous("denyUnmatchedRequests", undefined, false)).toBe(false);
    expect(isDangerous("allowAuthenticateViaWarp", true, false)).toBe(false);
  });

  it("where it replaces what people go by", () => {
    expect(isDangerous("authDomain", "one.example.com", "other.example.com")).toBe(true);
    expect(isDangerous("authDomain", undefined, "other.example.com")).toBe(false);
  });
});

describe("what is let go of", () => {
  const releasedPaths = (before: SettingValues, after: SettingValues) =>
    noLongerManaged(organization, before, after, UNKNOWN).map(({ path }) => path);

  it("was stated, and is no longer", () => {
    const before = {
      sessionDuration: "24h",
      loginDesign: { headerText: "Hi", footerText: "Bye" },
      additionalSettings: { new_one: 1 },
    };
    expect(releasedPaths(before, { loginDesign: { headerText: "Ho" } })).toEqual([
      "loginDesign.footerText",
      "sessionDuration",
      "additionalSettings.new_one",
    ]);
    expect(releasedPaths(before, before)).toEqual([]);
  });

  it("is nothing that was empty: there is nothing to stay", () => {
    const before = {
      denyUnmatchedRequests: false,
      loginDesign: {},
      sessionDuration: "",
      serviceTokenInactivity: { action: "disable", enabled: false, inactivityThresholdDays: 90 },
    };
    expect(releasedPaths(before, {})).toEqual([]);
  });

  it("is nothing whose object is not known yet: it may state it", () => {
    const before = { loginDesign: { headerText: "Hi" }, additionalSettings: { new_one: 1 } };
    const after = { loginDesign: UNKNOWN, additionalSettings: UNKNOWN };
    expect(releasedPaths(before, after)).toEqual([]);
  });
});
