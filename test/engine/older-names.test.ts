import { startEmulator, type Emulator } from "../../emulator/index.js";
import { accountId, liveSettings, organizationPath } from "./accounts.js";
import { changesOf, diagnosticsOf } from "./diagnostics.js";
import { createProject, organization, succeeded, type Project, type Run } from "./project.js";
import { resource } from "./source.js";
import { startSwitchboard, type Switchboard } from "./switchboard.js";

jest.setTimeout(240_000);

const RENAMED = accountId(1);
const TYPED = accountId(2);
const ADDITIONAL = accountId(3);
const FORMER_API = accountId(4);

/** A field that the API has and this release does not type. */
const RULES = { rules: [{ hosts: ["b", "a"], level: 3 }] };

const ADDITIONAL_SETTINGS = organization("additional", {
  accountId: ADDITIONAL,
  additionalSettings: { access_rules: RULES, banner: null, beta: true },
});
/** Current names over a live organization that still has the former ones. */
const FORMER = organization("former", {
  accountId: FORMER_API,
  mfaConfig: { allowedAuthenticators: ["piv_key", "totp"] },
  mfaPivKeyRequirements: { pinPolicy: "always" },
});

/** The outputs that other parts of a program use. */
const USED = `exports.used = [renamed.mfaPivKeyRequirements, typed.sessionDuration, typed.loginDesign];`;

const DEPRECATED = [
  resource("Organization", "renamed", {
    accountId: RENAMED,
    mfaSshPivKeyRequirements: { pinPolicy: "once", sshKeyType: ["rsa"] },
    mfaConfig: { allowedAuthenticators: ["ssh_piv_key", "totp"] },
  }),
  resource("Organization", "typed", {
    accountId: TYPED,
    additionalSettings: {
      session_duration: "12h",
      login_design: { header_text: "Widget Corp" },
      mfa_ssh_piv_key_requirements: { touch_policy: "cached" },
    },
  }),
  USED,
  ADDITIONAL_SETTINGS,
  FORMER,
];
const CURRENT = [
  resource("Organization", "renamed", {
    accountId: RENAMED,
    mfaPivKeyRequirements: { pinPolicy: "once", sshKeyType: ["rsa"] },
    mfaConfig: { allowedAuthenticators: ["piv_key", "totp"] },
  }),
  resource("Organization", "typed", {
    accountId: TYPED,
    sessionDuration: "12h",
    loginDesign: { headerText: "Widget Corp" },
    mfaPivKeyRequirements: { touchPolicy: "cached" },
  }),
  USED,
  ADDITIONAL_SETTINGS,
  FORMER,
];

const DEPRECATIONS = [
  'mfaConfig.allowedAuthenticators: "ssh_piv_key" is deprecated. Use "piv_key".',
  "mfaSshPivKeyRequirements is deprecated. Use mfaPivKeyRequirements.",
  "additionalSettings.session_duration is deprecated. Use sessionDuration.",
  "additionalSettings.login_design is deprecated. Use loginDesign.",
  "additionalSettings.mfa_ssh_piv_key_requirements is deprecated. Use mfaPivKeyRequirements.",
];

describe("Deprecated names and additional settings", () => {
  let emulator: Emulator;
  let formerApi: Emulator;
  let switchboard: Switchboard;
  let project: Project;

  const bodiesTo = (account: string) =>
    [...emulator.requests, ...formerApi.requests]
      .filter(({ path, method }) => path === organizationPath(account) && method !== "GET")
      .map(({ body }) => body);

  beforeAll(async () => {
    emulator = await startEmulator({ newApiFields: ["access_rules", "banner", "beta"] });
    formerApi = await startEmulator({ behavior: { mfaNames: "old" } });
    emulator.seed("accounts", RENAMED);
    emulator.seed("accounts", TYPED, { login_design: { footer_text: "footer" } });
    emulator.seed("accounts", ADDITIONAL, { banner: "welcome", other_new_setting: [1] });
    formerApi.seed("accounts", FORMER_API, {
      mfa_config: { allowed_authenticators: ["ssh_piv_key"], session_duration: "8h" },
      mfa_ssh_piv_key_requirements: { touch_policy: "cached" },
    });
    switchboard = await startSwitchboard(
      new Map([
        [RENAMED, emulator],
        [TYPED, emulator],
        [ADDITIONAL, emulator],
        [FORMER_API, formerApi],
      ]),
    );
    project = await createProject(switchboard);
    await project.program(...DEPRECATED);
  });
  afterAll(async () => {
    await project.remove();
    await switchboard.close();
    await Promise.all([emulator.close(), formerApi.close()]);
  });

  describe("after a deployment", () => {
    let run: Run;
    beforeAll(async () => {
      run = await project.up();
    });

    it("are accepted with one deprecation warning for each name", () => {
      expect(run.exitCode).toBe(0);
      const warnings = [...run.output.matchAll(/^ {4}warning: (.* is deprecated\. Use .*)$/gm)];
      expect(warnings.map(([, text]) => text).sort()).toEqual([...DEPRECATIONS].sort());
    });

    it("are written under the current API names", () => {
      expect(liveSettings(emulator, RENAMED)).toMatchObject({
        mfa_config: { allowed_authenticators: ["piv_key", "totp"] },
        mfa_piv_key_requirements: { pin_policy: "once", ssh_key_type: ["rsa"] },
      });
      expect(bodiesTo(TYPED)).toEqual([
        expect.objectContaining({
          session_duration: "12h",
          login_design: { footer_text: "footer", header_text: "Widget Corp" },
          mfa_piv_key_requirements: { touch_policy: "cached" },
        }),
      ]);
    });

    it("are written under the former API names if the live object has those", () => {
      expect(bodiesTo(FORMER_API)).toEqual([
        expect.objectContaining({
          mfa_config: { allowed_authenticators: ["ssh_piv_key", "totp"], session_duration: "8h" },
          mfa_ssh_piv_key_requirements: { pin_policy: "always", touch_policy: "cached" },
        }),
      ]);
    });

    it("send additional settings unchanged, and clear those that are null", () => {
      expect(bodiesTo(ADDITIONAL)).toEqual([
        expect.objectContaining({
          access_rules: RULES,
          banner: null,
          beta: true,
          other_new_setting: [1],
        }),
      ]);
      expect(liveSettings(emulator, ADDITIONAL)).not.toHaveProperty("banner");
    });

    it("are in state under the current names", async () => {
      const { renamed, typed, additional } = await project.state();
      expect(renamed?.inputs).toMatchObject({
        mfaPivKeyRequirements: { pinPolicy: "once", sshKeyType: ["rsa"] },
        mfaConfig: { allowedAuthenticators: ["piv_key", "totp"] },
      });
      expect(renamed?.inputs).not.toHaveProperty("mfaSshPivKeyRequirements");
      expect(typed?.outputs).toMatchObject({ sessionDuration: "12h" });
      expect(typed?.outputs).not.toHaveProperty("additionalSettings");
      expect(additional?.outputs).toMatchObject({
        additionalSettings: { access_rules: RULES, banner: null, beta: true },
      });
    });
  });

  it("are outputs under the current names", async () => {
    expect(await project.outputs()).toEqual({
      used: [{ pinPolicy: "once", sshKeyType: ["rsa"] }, "12h", { headerText: "Widget Corp" }],
    });
  });

  it("show neither a change nor drift if the program is deployed again, with either names", async () => {
    await succeeded(project.up("--expect-no-changes"));
    await project.program(...CURRENT);
    const run = await project.preview("--refresh", "--run-program", "--expect-no-changes");
    expect(run.exitCode).toBe(0);
    expect(run.output).not.toContain("is deprecated");
    await succeeded(project.drift());
  });

  it("show drift by name with exit code 7, and compare additional settings exactly", async () => {
    emulator.edit("accounts", TYPED, { session_duration: "6h" });
    emulator.edit("accounts", ADDITIONAL, {
      access_rules: { rules: [{ hosts: ["a", "b"], level: 3 }] },
      banner: "hello",
      beta: null,
      other_new_setting: [2],
    });
    formerApi.edit("accounts", FORMER_API, {
      mfa_ssh_piv_key_requirements: { pin_policy: "never" },
    });

    const { exitCode, output } = await project.drift();

    expect(exitCode).toBe(7);
    expect(changesOf("typed", output)).toEqual([`~ sessionDuration: "12h" => "6h"`]);
    expect(changesOf("additional", output)).toEqual([
      "~ additionalSettings: {",
      "~ access_rules: {",
      "~ rules: [",
      "~ hosts: [",
      `+ banner: "hello"`,
      "- beta: true",
    ]);
    expect(changesOf("former", output)).toEqual([
      "~ mfaPivKeyRequirements: {",
      `~ pinPolicy: "always" => "never"`,
    ]);
    expect(changesOf("renamed", output)).toEqual([]);
  });

  it("are restored after drift, also under the former API names", async () => {
    await succeeded(project.up("--refresh", "--run-program"));

    expect(liveSettings(emulator, TYPED)).toMatchObject({ session_duration: "12h" });
    expect(liveSettings(emulator, ADDITIONAL)).toMatchObject({
      access_rules: RULES,
      beta: true,
      other_new_setting: [2],
    });
    expect(liveSettings(emulator, ADDITIONAL)).not.toHaveProperty("banner");
    expect(liveSettings(formerApi, FORMER_API)).toMatchObject({
      mfa_piv_key_requirements: { pin_policy: "always" },
    });
  });

  it("are rejected beside the current name, and if they are names of outputs", async () => {
    emulator.clearRequests();
    await project.program(
      organization("wrong", {
        accountId: RENAMED,
        sessionDuration: "12h",
        mfaPivKeyRequirements: { pinPolicy: "once" },
        mfaSshPivKeyRequirements: { pinPolicy: "once" },
        additionalSettings: {
          session_duration: "12h",
          created_at: "2026-01-01T00:00:00Z",
          trusted_accounts: [],
          loginDesign: {},
        },
      }),
    );

    const run = await project.preview();

    expect(run.exitCode).not.toBe(0);
    expect(emulator.requests).toHaveLength(0);
    expect(diagnosticsOf(run)).toMatchInlineSnapshot(`
      "  pulumi-nodejs:dynamic/zerotrust:Organization (wrong):
          error: pulumi-nodejs:dynamic/zerotrust:Organization resource 'wrong': property mfaSshPivKeyRequirements value {map[pinPolicy:{once}]} has a problem: is an older name of mfaPivKeyRequirements, which is also declared. Keep only mfaPivKeyRequirements
          error: pulumi-nodejs:dynamic/zerotrust:Organization resource 'wrong': property additionalSettings.session_duration value {<nil>} has a problem: is the API name of sessionDuration, which is also declared. Keep only sessionDuration
          error: pulumi-nodejs:dynamic/zerotrust:Organization resource 'wrong': property additionalSettings.created_at value {<nil>} has a problem: is computed by Cloudflare and cannot be set
          error: pulumi-nodejs:dynamic/zerotrust:Organization resource 'wrong': property additionalSettings.loginDesign value {<nil>} has a problem: must be a name of the API, such as new_setting
          error: pulumi-nodejs:dynamic/zerotrust:Organization resource 'wrong': property additionalSettings.trusted_accounts value {<nil>} has a problem: is computed by Cloudflare and cannot be set"
    `);
  });
});
