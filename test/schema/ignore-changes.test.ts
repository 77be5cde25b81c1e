import { isIgnored, isPartlyIgnored } from "../../provider/schema/managed-fields.js";

describe("isIgnored", () => {
  it.each([
    ["sessionDuration", "sessionDuration"],
    ["mfaConfig.sessionDuration", "mfaConfig"],
    ["additionalSettings.new_setting", 'additionalSettings["new_setting"]'],
    ["name", "*"],
    ["loginDesign.headerText", "loginDesign.*"],
    ["loginDesign.headerText", "loginDesign[*]"],
    ["loginDesign.headerText", "*.headerText"],
    ["mfaConfig.sessionDuration", 'mfaConfig["sessionDuration"]'],
    ["mfaConfig.sessionDuration", '["mfaConfig"].sessionDuration'],
    ["mfaConfig.sessionDuration", '["mfaConfig"]["sessionDuration"]'],
  ])("is true for %s and the pattern %s", (path, pattern) => {
    expect(isIgnored(path, [pattern])).toBe(true);
  });

  it.each([
    ["sessionDuration", "mfaConfig.sessionDuration"],
    ["mfaConfig.sessionDuration", "mfaConfig.requiredAaguids"],
    ["mfaConfig.sessionDuration", "mfa"],
    ["mfaConfig.sessionDuration", "*.headerText"],
    ["mfaConfig.sessionDuration", 'mfaConfig["session"]'],
    ["sessionDuration", 'additionalSettings["sessionDuration"]'],
    ["additionalSettings.one", 'additionalSettings["one.two"]'],
    ["additionalSettings.one", 'additionalSettings["\\"one\\""]'],
    ["name", ""],
  ])("is false for %s and the pattern %s", (path, pattern) => {
    expect(isIgnored(path, [pattern])).toBe(false);
  });
});

describe("isPartlyIgnored", () => {
  const PARTS = [
    ["mfaConfig.allowedAuthenticators", "mfaConfig.allowedAuthenticators[0]"],
    ["mfaConfig.allowedAuthenticators", "mfaConfig.*[0]"],
    ["serviceTokenInactivity", "serviceTokenInactivity.action"],
    ["serviceTokenInactivity", "serviceTokenInactivity.*"],
  ] as const;

  it.each(PARTS)(
    "is true for %s and the pattern %s, although isIgnored is not",
    (path, pattern) => {
      expect(isPartlyIgnored(path, [pattern])).toBe(true);
      expect(isIgnored(path, [pattern])).toBe(false);
    },
  );

  it("is true for a field that is ignored, and false for another one", () => {
    expect(isPartlyIgnored("mfaConfig.sessionDuration", ["mfaConfig"])).toBe(true);
    expect(isPartlyIgnored("mfaConfig.sessionDuration", ["mfaConfig.requiredAaguids[0]"])).toBe(
      false,
    );
  });
});
