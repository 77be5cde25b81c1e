import { organization } from "../../provider/schema/organization.js";
import { resolveAliases } from "../../provider/schema/aliases.js";
import type { SettingValues } from "../../provider/schema/values.js";

const modern = (stated: SettingValues) => resolveAliases(organization, stated);

describe("an older spelling is taken as today's, with a word about it", () => {
  it("a renamed argument", () => {
    const requirements = { pinPolicy: "once" };
    expect(modern({ mfaSshPivKeyRequirements: requirements })).toEqual({
      stated: { mfaPivKeyRequirements: requirements },
      deprecations: ["mfaSshPivKeyRequirements is deprecated: use mfaPivKeyRequirements."],
      conflicts: [],
    });
  });

  it("a renamed authenticator", () => {
    expect(modern({ mfaConfig: { allowedAuthenticators: ["ssh_piv_key", "totp"] } })).toEqual({
      stated: { mfaConfig: { allowedAuthenticators: ["piv_key", "totp"] } },
      deprecations: [
        'mfaConfig.allowedAuthenticators: "ssh_piv_key" is deprecated: use "piv_key".',
      ],
      conflicts: [],
    });
  });

  it("a wire name that has an argument by now", () => {
    const additionalSettings = {
      session_duration: "24h",
      login_design: { header_text: "Hi" },
      mfa_ssh_piv_key_requirements: { pin_policy: "once" },
      new_setting: [1],
    };
    expect(modern({ name: "Widget Corp", additionalSettings })).toEqual({
      stated: {
        name: "Widget Corp",
        sessionDuration: "24h",
        loginDesign: { headerText: "Hi" },
        mfaPivKeyRequirements: { pinPolicy: "once" },
        additionalSettings: { new_setting: [1] },
      },
      deprecations: [
        "additionalSettings.session_duration is deprecated: use sessionDuration.",
        "additionalSettings.login_design is deprecated: use loginDesign.",
        "additionalSettings.mfa_ssh_piv_key_requirements is deprecated: use mfaPivKeyRequirements.",
      ],
      conflicts: [],
    });
  });

  it("a wire name alone, so that nothing is left to pass through", () => {
    expect(modern({ additionalSettings: { is_ui_read_only: true } }).stated).toEqual({
      isUiReadOnly: true,
    });
  });

  it.each([
    ["is_ui_read_only", "isUiReadOnly", false],
    ["session_duration", "sessionDuration", ""],
    ["deny_unmatched_requests_exempted_zone_names", "denyUnmatchedRequestsExemptedZoneNames", []],
    ["login_design", "loginDesign", {}],
    ["service_token_inactivity", "serviceTokenInactivity", {}],
  ])("a wire name that is cleared by null: %s", (wire, argument, empty) => {
    expect(modern({ additionalSettings: { [wire]: null } }).stated).toEqual({ [argument]: empty });
  });
});

describe("null for a member clears that one", () => {
  const of = (login_design: SettingValues) => modern({ additionalSettings: { login_design } });

  it.each<[string, SettingValues, SettingValues]>([
    ["alone", { header_text: null }, { headerText: "" }],
    [
      "beside others",
      { header_text: null, text_color: "#ffffff" },
      { headerText: "", textColor: "#ffffff" },
    ],
  ])("%s", (_, stated, loginDesign) => {
    expect(of(stated)).toMatchObject({ stated: { loginDesign }, conflicts: [] });
  });

  it("and is refused for one that the argument could not carry", () => {
    expect(of({ banner: null }).conflicts.map(({ property: path }) => path)).toEqual([
      "additionalSettings.login_design.banner",
    ]);
  });
});

describe("what is not older stays as it is", () => {
  it.each<[string, SettingValues]>([
    ["today's names", { mfaConfig: { allowedAuthenticators: ["piv_key"] }, name: "Widget Corp" }],
    ["a name that nobody knows", { additionalSettings: { new_setting: null } }],
    ["an empty additionalSettings", { additionalSettings: {} }],
    [
      "what is of the wrong type, for the check to say so",
      { mfaConfig: "totp", additionalSettings: 1 },
    ],
  ])("%s", (_, stated) => {
    expect(modern(stated)).toEqual({ stated, deprecations: [], conflicts: [] });
  });
});

describe("both spellings at once are refused", () => {
  it("of an argument", () => {
    const both = { mfaPivKeyRequirements: {}, mfaSshPivKeyRequirements: {} };
    expect(modern(both).conflicts).toMatchInlineSnapshot(`
      [
        {
          "property": "mfaSshPivKeyRequirements",
          "reason": "is the older name of mfaPivKeyRequirements, which is stated too: keep mfaPivKeyRequirements only",
        },
      ]
    `);
  });

  it("of a setting and its wire name", () => {
    const both = { sessionDuration: "24h", additionalSettings: { session_duration: "12h" } };
    expect(modern(both).conflicts).toMatchInlineSnapshot(`
      [
        {
          "property": "additionalSettings.session_duration",
          "reason": "is the older name of sessionDuration, which is stated too: keep sessionDuration only",
        },
      ]
    `);
  });
});

describe("a wire name that has an argument by now", () => {
  it("is refused where the argument could not carry all of it", () => {
    const additionalSettings = { login_design: { header_text: "Hi", new_member: 1 } };
    expect(modern({ additionalSettings }).conflicts.map(({ property: path }) => path)).toEqual([
      "additionalSettings.login_design.new_member",
    ]);
  });
});
