import { organization } from "../../provider/schema/organization.js";
import { resolveAliases } from "../../provider/schema/aliases.js";
import type { SettingValues } from "../../provider/schema/values.js";

const resolve = (inputs: SettingValues) => resolveAliases(organization, inputs);

describe("resolveAliases replaces with a deprecation warning", () => {
  it("a renamed input, and renamed members of it", () => {
    const requirements = { pinPolicy: "always", sshKeySizes: [256], sshKeyTypes: ["ecdsa"] };
    expect(resolve({ mfaSshPivKeyRequirements: requirements })).toEqual({
      declared: {
        mfaPivKeyRequirements: { pinPolicy: "always", sshKeySize: [256], sshKeyType: ["ecdsa"] },
      },
      deprecations: [
        "mfaSshPivKeyRequirements is deprecated. Use mfaPivKeyRequirements.",
        "mfaPivKeyRequirements.sshKeySizes is deprecated. Use mfaPivKeyRequirements.sshKeySize.",
        "mfaPivKeyRequirements.sshKeyTypes is deprecated. Use mfaPivKeyRequirements.sshKeyType.",
      ],
      conflicts: [],
    });
  });

  it("a renamed list item", () => {
    expect(resolve({ mfaConfig: { allowedAuthenticators: ["ssh_piv_key", "totp"] } })).toEqual({
      declared: { mfaConfig: { allowedAuthenticators: ["piv_key", "totp"] } },
      deprecations: [
        'mfaConfig.allowedAuthenticators: "ssh_piv_key" is deprecated. Use "piv_key".',
      ],
      conflicts: [],
    });
  });

  it("a renamed list item of a secret input, without showing the item", () => {
    const inputs = { mfaConfig: { allowedAuthenticators: ["ssh_piv_key", "totp"] } };
    expect(resolveAliases(organization, inputs, ["mfaConfig"]).deprecations).toEqual([
      "mfaConfig.allowedAuthenticators: [secret] is deprecated. Use its current name.",
    ]);
  });

  it("API names in additionalSettings that have a typed input", () => {
    const additionalSettings = {
      login_design: { header_text: "Hi" },
      mfa_ssh_piv_key_requirements: { pin_policy: "once" },
      new_setting: [1],
    };
    expect(resolve({ name: "Widget Corp", additionalSettings })).toEqual({
      declared: {
        name: "Widget Corp",
        loginDesign: { headerText: "Hi" },
        mfaPivKeyRequirements: { pinPolicy: "once" },
        additionalSettings: { new_setting: [1] },
      },
      deprecations: [
        "additionalSettings.login_design is deprecated. Use loginDesign.",
        "additionalSettings.mfa_ssh_piv_key_requirements is deprecated. Use mfaPivKeyRequirements.",
      ],
      conflicts: [],
    });
  });

  it("the only member of additionalSettings, and leaves additionalSettings out", () => {
    expect(resolve({ additionalSettings: { is_ui_read_only: true } }).declared).toEqual({
      isUiReadOnly: true,
    });
  });
});

it("resolveAliases removes an input that Cloudflare does not accept, with a warning", () => {
  expect(resolve({ name: "Widget Corp", mfaConfigurationAllowed: true })).toEqual({
    declared: { name: "Widget Corp" },
    deprecations: [
      "mfaConfigurationAllowed is ignored: Cloudflare computes it and does not accept it in requests. Remove it.",
    ],
    conflicts: [],
  });
});

describe("resolveAliases turns null in additionalSettings into the empty value", () => {
  it.each([
    ["is_ui_read_only", "isUiReadOnly", false],
    ["session_duration", "sessionDuration", ""],
    ["deny_unmatched_requests_exempted_zone_names", "denyUnmatchedRequestsExemptedZoneNames", []],
    ["login_design", "loginDesign", {}],
    ["service_token_inactivity", "serviceTokenInactivity", {}],
  ])("of the typed input for %s", (apiName, input, empty) => {
    expect(resolve({ additionalSettings: { [apiName]: null } }).declared).toEqual({
      [input]: empty,
    });
  });

  it("of each member, and keeps other members, also those that this release does not know", () => {
    const login_design = { header_text: null, text_color: "#ffffff", new_one: 1, other: null };
    expect(resolve({ additionalSettings: { login_design } })).toMatchObject({
      declared: { loginDesign: { headerText: "", textColor: "#ffffff", new_one: 1, other: null } },
      conflicts: [],
    });
  });
});

it("resolveAliases does not turn nulls that clear nothing into an empty object, which would clear it", () => {
  const additionalSettings = {
    login_design: { new_one: null },
    service_token_inactivity: { action: null },
  };
  expect(resolve({ additionalSettings }).declared).toEqual({
    loginDesign: { new_one: null },
    serviceTokenInactivity: { action: null },
  });
});

describe("resolveAliases does not change", () => {
  it.each<[string, SettingValues]>([
    ["current names", { mfaConfig: { allowedAuthenticators: ["piv_key"] }, name: "Widget Corp" }],
    ["additional settings without a typed input", { additionalSettings: { new_setting: null } }],
    ["an empty additionalSettings", { additionalSettings: {} }],
    [
      "values of the wrong type, which validation reports",
      { mfaConfig: "totp", additionalSettings: 1, mfaPivKeyRequirements: [] },
    ],
  ])("%s", (_, inputs) => {
    expect(resolve(inputs)).toEqual({ declared: inputs, deprecations: [], conflicts: [] });
  });
});

describe("resolveAliases reports a conflict if the program declares both names", () => {
  it.each<[string, SettingValues, string, string]>([
    [
      "an input",
      { mfaPivKeyRequirements: {}, mfaSshPivKeyRequirements: {} },
      "mfaSshPivKeyRequirements",
      "is an older name of mfaPivKeyRequirements, which is also declared. Keep only mfaPivKeyRequirements",
    ],
    [
      "a member",
      { mfaPivKeyRequirements: { sshKeySize: [256], sshKeySizes: [256] } },
      "mfaPivKeyRequirements.sshKeySizes",
      "is an older name of mfaPivKeyRequirements.sshKeySize, which is also declared. Keep only mfaPivKeyRequirements.sshKeySize",
    ],
    [
      "an additional setting",
      { sessionDuration: "24h", additionalSettings: { session_duration: "12h" } },
      "additionalSettings.session_duration",
      "is the API name of sessionDuration, which is also declared. Keep only sessionDuration",
    ],
  ])("of %s", (_, inputs, property, reason) => {
    expect(resolve(inputs).conflicts).toEqual([{ property, reason }]);
  });

  it("but keeps the recorded value of an ignored input, which the engine adds under its current name", () => {
    const inputs = {
      mfaPivKeyRequirements: { pinPolicy: "once" },
      mfaSshPivKeyRequirements: { pinPolicy: "never" },
    };
    expect(resolveAliases(organization, inputs, [], ["mfaPivKeyRequirements"])).toMatchObject({
      declared: { mfaPivKeyRequirements: { pinPolicy: "once" } },
      conflicts: [],
    });
  });
});
