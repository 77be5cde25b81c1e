import { contradictions, unmetRequirements } from "../../provider/schema/constraints.js";

const authenticators = { allowedAuthenticators: ["totp"] };
const complete = { ...authenticators, sessionDuration: "24h" };
const NEEDS_AUTHENTICATORS = {
  property: "mfaConfig.allowedAuthenticators",
  reason: 'mfaRequiredForAllApps needs at least one authenticator. Declare some, such as ["totp"]',
};
const NEEDS_SESSION = {
  property: "mfaConfig.sessionDuration",
  reason: 'mfaRequiredForAllApps needs an MFA session duration. Declare one, such as "24h"',
};

describe("contradictions", () => {
  it.each([
    [
      "an empty list of authenticators",
      { ...complete, allowedAuthenticators: [] },
      [NEEDS_AUTHENTICATORS],
    ],
    ["an empty MFA session duration", { ...complete, sessionDuration: "" }, [NEEDS_SESSION]],
    ["an empty mfaConfig", {}, [NEEDS_AUTHENTICATORS, NEEDS_SESSION]],
  ])("fails mfaRequiredForAllApps with %s", (_, mfaConfig, failures) => {
    expect(contradictions({ mfaRequiredForAllApps: true, mfaConfig })).toEqual(failures);
    expect(contradictions({ mfaRequiredForAllApps: false, mfaConfig })).toEqual([]);
  });

  it.each([
    ["without a declared session duration", { mfaConfig: authenticators }],
    ["without declared authenticators", { mfaConfig: { sessionDuration: "24h" } }],
    ["without a declared mfaConfig", {}],
    ["with a complete mfaConfig", { mfaConfig: complete }],
  ])("accepts mfaRequiredForAllApps %s", (_, others) => {
    expect(contradictions({ mfaRequiredForAllApps: true, ...others })).toEqual([]);
  });
});

describe("unmetRequirements of a request body that requires MFA for all apps", () => {
  const body = { mfa_required_for_all_apps: true };
  const allowed_authenticators = ["totp"];

  it.each([
    ["nothing else", body, [NEEDS_AUTHENTICATORS, NEEDS_SESSION]],
    ["authenticators", { ...body, mfa_config: { allowed_authenticators } }, [NEEDS_SESSION]],
    [
      "a session duration",
      { ...body, mfa_config: { session_duration: "24h" } },
      [NEEDS_AUTHENTICATORS],
    ],
    ["both", { ...body, mfa_config: { allowed_authenticators, session_duration: "24h" } }, []],
  ])("and contains %s", (_, whole, unmet) => {
    expect(unmetRequirements(whole)).toEqual(unmet);
  });

  it("are none if the body does not require MFA", () => {
    expect(unmetRequirements({ mfa_required_for_all_apps: false })).toEqual([]);
  });
});
