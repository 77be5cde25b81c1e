import { contradictions, unmetRequirements } from "../../provider/schema/constraints.js";

const authenticators = { allowedAuthenticators: ["totp"] };
const complete = { ...authenticators, sessionDuration: "24h" };

describe("MFA for all applications contradicts", () => {
  it("an empty list of authenticators", () => {
    const mfaConfig = { ...complete, allowedAuthenticators: [] };
    expect(contradictions({ mfaRequiredForAllApps: true, mfaConfig })).toMatchInlineSnapshot(`
      [
        {
          "property": "mfaConfig.allowedAuthenticators",
          "reason": "mfaRequiredForAllApps needs at least one authenticator: state some, such as ["totp"]",
        },
      ]
    `);
  });

  it("an MFA session that is stated empty", () => {
    const mfaConfig = { ...complete, sessionDuration: "" };
    expect(contradictions({ mfaRequiredForAllApps: true, mfaConfig })).toMatchInlineSnapshot(`
      [
        {
          "property": "mfaConfig.sessionDuration",
          "reason": "mfaRequiredForAllApps needs an MFA session duration: state one, such as "24h"",
        },
      ]
    `);
  });

  it("an MFA configuration that is stated empty, in both respects", () => {
    expect(contradictions({ mfaRequiredForAllApps: true, mfaConfig: {} })).toHaveLength(2);
  });

  it.each([
    [
      "a session that the program leaves to the live object",
      { mfaRequiredForAllApps: true, mfaConfig: authenticators },
    ],
    [
      "authenticators that the program leaves to the live object",
      { mfaRequiredForAllApps: true, mfaConfig: { sessionDuration: "24h" } },
    ],
    ["a configuration that the program leaves to the live object", { mfaRequiredForAllApps: true }],
    ["a configuration while MFA is not required", { mfaRequiredForAllApps: false, mfaConfig: {} }],
    ["a complete configuration", { mfaRequiredForAllApps: true, mfaConfig: complete }],
  ])("not %s", (_, stated) => {
    expect(contradictions(stated)).toEqual([]);
  });
});

describe("a whole organization that requires MFA", () => {
  it("needs authenticators and a session", () => {
    const paths = unmetRequirements({ mfaRequiredForAllApps: true }).map(
      ({ property: path }) => path,
    );
    expect(paths).toEqual(["mfaConfig.allowedAuthenticators", "mfaConfig.sessionDuration"]);
  });

  it("is content with both, and needs neither without the requirement", () => {
    expect(unmetRequirements({ mfaRequiredForAllApps: true, mfaConfig: complete })).toEqual([]);
    expect(unmetRequirements({ mfaRequiredForAllApps: false })).toEqual([]);
  });
});
