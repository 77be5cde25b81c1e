import { organization } from "../../provider/schema/organization.js";
import { unknownValueWarnings } from "../../provider/schema/unknown-values.js";

describe("a value that this release does not know", () => {
  it("is warned of, by its path, with the values that are known", () => {
    const stated = { mfaConfig: { allowedAuthenticators: ["totp", "retina_scan"] } };
    expect(unknownValueWarnings(organization, stated, [])).toMatchInlineSnapshot(`
      [
        "mfaConfig.allowedAuthenticators: "retina_scan" is not among the values known to this release (totp, biometrics, security_key, piv_key, ssh_fido2_key); it is passed on as it is.",
      ]
    `);
  });

  it("is not shown where it is a secret", () => {
    const stated = {
      mfaConfig: { allowedAuthenticators: ["retina_scan"] },
      serviceTokenInactivity: { action: "notify", enabled: true, inactivityThresholdDays: 30 },
    };
    const warnings = unknownValueWarnings(organization, stated, Object.keys(stated));
    expect(warnings).toHaveLength(2);
    for (const warning of warnings) expect(warning).toContain(": [secret] is not among the values");
  });

  it.each([
    ["mfaPivKeyRequirements.pinPolicy", { mfaPivKeyRequirements: { pinPolicy: "sometimes" } }],
    ["mfaPivKeyRequirements.touchPolicy", { mfaPivKeyRequirements: { touchPolicy: "twice" } }],
    ["mfaPivKeyRequirements.sshKeyType", { mfaPivKeyRequirements: { sshKeyType: ["mldsa"] } }],
    ["mfaPivKeyRequirements.sshKeySize", { mfaPivKeyRequirements: { sshKeySize: [8192] } }],
    [
      "serviceTokenInactivity.action",
      {
        serviceTokenInactivity: { action: "notify", enabled: true, inactivityThresholdDays: 30 },
      },
    ],
  ])("is found at %s", (path, stated) => {
    const [warning, ...others] = unknownValueWarnings(organization, stated, []);
    expect(warning).toMatch(`${path}: `);
    expect(others).toEqual([]);
  });

  it("is no matter where nothing is known, or where the setting is cleared", () => {
    const stated = {
      name: "Widget Corp",
      mfaConfig: { allowedAuthenticators: [] },
      mfaPivKeyRequirements: { pinPolicy: "" },
      serviceTokenInactivity: {},
      additionalSettings: { new_setting: "new" },
    };
    expect(unknownValueWarnings(organization, stated, [])).toEqual([]);
  });
});
