import { startEmulator, type Emulator, type EmulatorOptions } from "../../emulator/index.js";
import { organization } from "../../provider/provider.js";
import { ACCOUNT } from "../ids.js";
import { captureLogs } from "./captured-logs.js";
import { requestsOf } from "./requests-of.js";
import { CheckFailed, OneResourceStack } from "./stack.js";

const logs = captureLogs();

let emulator: Emulator;
let stack: OneResourceStack;
async function start(live: object, options: EmulatorOptions = {}): Promise<void> {
  emulator = await startEmulator(options);
  emulator.seed("accounts", ACCOUNT, { ...live });
  stack = new OneResourceStack(organization, emulator);
}
afterEach(() => emulator.close());

const requests = (operation: () => Promise<unknown>) => requestsOf(emulator, operation);
const live = () => emulator.organization("accounts", ACCOUNT);
const lastBody = () => emulator.requests.filter(({ method }) => method === "PUT").at(-1)?.body;

const DEPRECATED = {
  accountId: ACCOUNT,
  mfaSshPivKeyRequirements: { pinPolicy: "once", sshKeyType: ["rsa"] },
  mfaConfig: { allowedAuthenticators: ["ssh_piv_key", "totp"] },
  additionalSettings: { session_duration: "12h", login_design: { header_text: "Widget Corp" } },
};
const CURRENT = {
  accountId: ACCOUNT,
  mfaPivKeyRequirements: { pinPolicy: "once", sshKeyType: ["rsa"] },
  mfaConfig: { allowedAuthenticators: ["piv_key", "totp"] },
  sessionDuration: "12h",
  loginDesign: { headerText: "Widget Corp" },
};

describe("A program with deprecated names", () => {
  beforeEach(() => start({ login_design: { footer_text: "footer" } }));

  it("is deployed with one warning for each name, under the current API names", async () => {
    expect(await requests(() => stack.up(DEPRECATED))).toEqual(["GET", "PUT"]);
    expect([...logs.warnings].sort()).toEqual([
      "additionalSettings.login_design is deprecated. Use loginDesign.",
      "additionalSettings.session_duration is deprecated. Use sessionDuration.",
      'mfaConfig.allowedAuthenticators: "ssh_piv_key" is deprecated. Use "piv_key".',
      "mfaSshPivKeyRequirements is deprecated. Use mfaPivKeyRequirements.",
    ]);
    expect(lastBody()).toMatchObject({
      mfa_piv_key_requirements: { pin_policy: "once", ssh_key_type: ["rsa"] },
      mfa_config: { allowed_authenticators: ["piv_key", "totp"] },
      session_duration: "12h",
      login_design: { footer_text: "footer", header_text: "Widget Corp" },
    });
    expect(lastBody()).not.toHaveProperty("mfa_ssh_piv_key_requirements");
  });

  it("is recorded under the current names, and unchanged with either names", async () => {
    await stack.up(DEPRECATED);
    expect(stack.inputs).toEqual(CURRENT);
    expect(stack.outputs).toMatchObject(CURRENT);
    expect(stack.outputs).not.toHaveProperty("additionalSettings");
    for (const program of [DEPRECATED, CURRENT]) {
      expect(await requests(() => stack.up(program))).toEqual([]);
      expect(await stack.refresh()).toBe("clean");
    }
  });

  it("shows drift under the current names, and the next deployment remediates it", async () => {
    await stack.up(DEPRECATED);
    emulator.edit("accounts", ACCOUNT, { session_duration: "6h" });
    expect(await stack.refresh()).toBe("drifted");
    expect(stack.inputs).toEqual({ ...CURRENT, sessionDuration: "6h" });
    expect(await stack.up(DEPRECATED)).toBe("updated");
    expect(live()).toMatchObject({ session_duration: "12h" });
  });

  it("is rejected before any request if it also declares the current names", async () => {
    emulator.clearRequests();
    const additionalSettings = { session_duration: "12h", trusted_accounts: [], loginDesign: {} };
    const both = {
      ...CURRENT,
      mfaSshPivKeyRequirements: { pinPolicy: "once" },
      additionalSettings,
    };
    const failure = await stack.up(both).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(CheckFailed);
    expect((failure as Error).message.split("\n")).toEqual([
      "mfaSshPivKeyRequirements is an older name of mfaPivKeyRequirements, which is also declared. Keep only mfaPivKeyRequirements",
      "additionalSettings.session_duration is the API name of sessionDuration, which is also declared. Keep only sessionDuration",
      "additionalSettings.loginDesign must be a name of the API, such as new_setting",
      "additionalSettings.trusted_accounts is computed by Cloudflare and cannot be set",
    ]);
    expect(emulator.requests).toEqual([]);
  });
});

describe("An API that still has the former names", () => {
  const PROGRAM = {
    accountId: ACCOUNT,
    mfaConfig: { allowedAuthenticators: ["piv_key", "totp"] },
    mfaPivKeyRequirements: { pinPolicy: "always" },
  };
  beforeEach(() =>
    start(
      {
        mfa_config: { allowed_authenticators: ["ssh_piv_key"], session_duration: "8h" },
        mfa_ssh_piv_key_requirements: { touch_policy: "cached" },
      },
      { behavior: { mfaNames: "old" } },
    ),
  );

  it("gets the former names in requests, and shows no change or drift", async () => {
    await stack.up(PROGRAM);
    expect(lastBody()).toMatchObject({
      mfa_config: { allowed_authenticators: ["ssh_piv_key", "totp"], session_duration: "8h" },
      mfa_ssh_piv_key_requirements: { pin_policy: "always", touch_policy: "cached" },
    });
    expect(await stack.up(PROGRAM)).toBe("same");
    expect(await stack.refresh()).toBe("clean");
  });

  it("shows drift under the current names, and the next deployment remediates it", async () => {
    await stack.up(PROGRAM);
    emulator.edit("accounts", ACCOUNT, { mfa_ssh_piv_key_requirements: { pin_policy: "never" } });
    expect(await stack.refresh()).toBe("drifted");
    expect(stack.inputs).toEqual({ ...PROGRAM, mfaPivKeyRequirements: { pinPolicy: "never" } });
    expect(await stack.up(PROGRAM)).toBe("updated");
    expect(lastBody()).toMatchObject({ mfa_ssh_piv_key_requirements: { pin_policy: "always" } });
  });
});

describe("Additional settings", () => {
  const RULES = { rules: [{ hosts: ["b", "a"], level: 3 }] };
  const PROGRAM = {
    accountId: ACCOUNT,
    additionalSettings: { access_rules: RULES, banner: null, beta: true },
  };
  beforeEach(() =>
    start(
      { banner: "welcome", other_new_setting: [1] },
      { newApiFields: ["access_rules", "banner", "beta"] },
    ),
  );

  it("are sent unchanged, with null for those that the program clears", async () => {
    await stack.up(PROGRAM);
    expect(lastBody()).toMatchObject({
      access_rules: RULES,
      banner: null,
      beta: true,
      other_new_setting: [1],
    });
    expect(live()).not.toHaveProperty("banner");
    expect(stack.outputs).toMatchObject({ additionalSettings: PROGRAM.additionalSettings });
    expect(await stack.up(PROGRAM)).toBe("same");
    expect(await stack.refresh()).toBe("clean");
  });

  it("are compared exactly in a refresh, and the next deployment remediates each", async () => {
    await stack.up(PROGRAM);
    const reordered = { rules: [{ hosts: ["a", "b"], level: 3 }] };
    emulator.edit("accounts", ACCOUNT, {
      access_rules: reordered,
      banner: "hello",
      beta: null,
      other_new_setting: [2],
    });
    expect(await stack.refresh()).toBe("drifted");
    expect(stack.inputs.additionalSettings).toEqual({
      access_rules: reordered,
      banner: "hello",
      beta: null,
    });
    await stack.up(PROGRAM);
    expect(live()).toMatchObject({ access_rules: RULES, beta: true, other_new_setting: [2] });
    expect(live()).not.toHaveProperty("banner");
  });
});
