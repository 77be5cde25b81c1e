import { startEmulator, type Emulator } from "../../emulator/index.js";
import { organization } from "../../provider/provider.js";
import { ACCOUNT } from "../ids.js";
import { captureLogs } from "./captured-logs.js";
import { requestsOf } from "./requests-of.js";
import { OneResourceStack, SOURCE, type Properties } from "./stack.js";

/*
 * If a release adds a typed input for a field of the API, or renames an input, programs and state still have
 * the former name. This is neither drift nor a reason to write.
 */

const logs = captureLogs();

const LIVE = {
  session_duration: "24h",
  mfa_config: { allowed_authenticators: ["piv_key", "totp"] },
  mfa_piv_key_requirements: { pin_policy: "always" },
  login_design: { header_text: "Widget Corp" },
  new_setting: [1],
};
/** The inputs that a release without some typed inputs and with other names recorded. */
const OLDER = {
  accountId: ACCOUNT,
  additionalSettings: {
    session_duration: "24h",
    login_design: { header_text: "Widget Corp" },
    new_setting: [1],
  },
  mfaConfig: { allowedAuthenticators: ["ssh_piv_key", "totp"] },
  mfaSshPivKeyRequirements: { pinPolicy: "always" },
};
const CURRENT = {
  accountId: ACCOUNT,
  sessionDuration: "24h",
  loginDesign: { headerText: "Widget Corp" },
  additionalSettings: { new_setting: [1] },
  mfaConfig: { allowedAuthenticators: ["piv_key", "totp"] },
  mfaPivKeyRequirements: { pinPolicy: "always" },
};

let emulator: Emulator;
let stack: OneResourceStack;
beforeEach(async () => {
  emulator = await startEmulator();
  emulator.seed("accounts", ACCOUNT, LIVE);
  stack = new OneResourceStack(organization, emulator);
});
afterEach(() => emulator.close());

const requests = (operation: () => Promise<unknown>) => requestsOf(emulator, operation);

describe("State of an older release", () => {
  beforeEach(() => {
    const inputs = { ...OLDER, __provider: SOURCE };
    const outputs = { ...inputs, createdAt: "then", updatedAt: "then" };
    stack.state = { id: `accounts/${ACCOUNT}`, inputs, outputs, initErrors: [] };
  });

  it("is refreshed without drift, and then has the current names", async () => {
    expect(await stack.refresh()).toBe("clean");
    expect(stack.inputs).toEqual(CURRENT);
    expect(logs.warnings).toEqual([]);
  });

  it.each<[string, Properties]>([
    ["has the former names", OLDER],
    ["has the current names", CURRENT],
  ])("is up to date with a program that %s", async (_, program) => {
    expect(await requests(() => stack.up(program))).toEqual([]);
    await stack.refresh();
    expect(await requests(() => stack.up(program))).toEqual([]);
  });

  it("is updated without a write, also if its outputs are the only record", async () => {
    const state = { ...OLDER, __provider: SOURCE };
    expect(
      await requests(async () => organization.update?.(`accounts/${ACCOUNT}`, state, state)),
    ).toEqual(["GET"]);
  });

  it("shows drift under the current names, and the next deployment remediates it", async () => {
    emulator.edit("accounts", ACCOUNT, { session_duration: "1h" });
    expect(await stack.refresh()).toBe("drifted");
    expect(stack.inputs).toEqual({ ...CURRENT, sessionDuration: "1h" });
    expect(await requests(() => stack.up(OLDER))).toEqual(["GET", "PUT"]);
    expect(emulator.organization("accounts", ACCOUNT)).toMatchObject(LIVE);
  });
});
