import { organization } from "../../provider/schema/organization.js";
import { unknownValueWarnings } from "../../provider/schema/unknown-values.js";

const inactivity = { action: "notify", enabled: true, inactivityThresholdDays: 30 };

describe("unknownValueWarnings", () => {
  it("names the path, the value and the known values", () => {
    const declared = { mfaConfig: { allowedAuthenticators: ["totp", "retina_scan"] } };
    expect(unknownValueWarnings(organization, declared, [])).toEqual([
      'mfaConfig.allowedAuthenticators: "retina_scan" is not a value that this release knows (totp, biometrics, security_key, piv_key, ssh_fido2_key). It is sent unchanged.',
    ]);
  });

  it("names each member of a declared object that this release does not know", () => {
    const declared = {
      mfaConfig: { allowedAuthenticators: ["totp"], new_member: { a: 1 } },
      serviceTokenInactivity: { ...inactivity, action: "disable", notify: "ops" },
    };
    expect(unknownValueWarnings(organization, declared, [])).toEqual([
      "mfaConfig.new_member is not known to this release. It is sent unchanged.",
      "serviceTokenInactivity.notify is not known to this release. It is sent unchanged.",
    ]);
  });

  it("does not print a value of a secret input", () => {
    const declared = {
      mfaConfig: { allowedAuthenticators: ["retina_scan"] },
      serviceTokenInactivity: inactivity,
    };
    expect(unknownValueWarnings(organization, declared, Object.keys(declared))).toEqual([
      expect.stringContaining(": [secret] is not a value"),
      expect.stringContaining(": [secret] is not a value"),
    ]);
  });

  it("escapes invisible characters", () => {
    const declared = { mfaConfig: { allowedAuthenticators: ["a\u009bb\u202ec"] } };
    expect(unknownValueWarnings(organization, declared, [])).toEqual([
      expect.stringContaining('"a\\u009bb\\u202ec"'),
    ]);
  });

  it.each([
    ["mfaPivKeyRequirements.pinPolicy", { mfaPivKeyRequirements: { pinPolicy: "sometimes" } }],
    ["mfaPivKeyRequirements.touchPolicy", { mfaPivKeyRequirements: { touchPolicy: "twice" } }],
    ["mfaPivKeyRequirements.sshKeyType", { mfaPivKeyRequirements: { sshKeyType: ["mldsa"] } }],
    ["mfaPivKeyRequirements.sshKeySize", { mfaPivKeyRequirements: { sshKeySize: [8192] } }],
    ["serviceTokenInactivity.action", { serviceTokenInactivity: inactivity }],
  ])("finds a value at %s", (path, declared) => {
    expect(unknownValueWarnings(organization, declared, [])).toEqual([
      expect.stringMatching(new RegExp(`^${path}: `)),
    ]);
  });

  it("does not warn about free text, cleared settings and additional settings", () => {
    const declared = {
      name: "Widget Corp",
      mfaConfig: { allowedAuthenticators: [] },
      mfaPivKeyRequirements: { pinPolicy: "" },
      serviceTokenInactivity: {},
      additionalSettings: { new_setting: "new" },
    };
    expect(unknownValueWarnings(organization, declared, [])).toEqual([]);
  });
});
