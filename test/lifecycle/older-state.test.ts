import { startEmulator, type Emulator } from "../../emulator/index.js";
import { organization } from "../../provider/provider.js";
import { ACCOUNT } from "../ids.js";
import { callsOf } from "./calls-of.js";
import { listen } from "./heard.js";
import { OneResourceStack, type Properties } from "./stack.js";

/*
 * A release that types a field of the API, or renames an argument, meets state that knows it by its
 * former name. That is no drift, and nothing to write.
 */

const heard = listen();

const LIVE = {
  session_duration: "24h",
  mfa_piv_key_requirements: { pin_policy: "always" },
  new_setting: [1],
};
/** What a release wrote that knew neither of the first two. */
const OLDER = {
  accountId: ACCOUNT,
  additionalSettings: { session_duration: "24h", new_setting: [1] },
  mfaSshPivKeyRequirements: { pinPolicy: "always" },
};
const TODAY = {
  accountId: ACCOUNT,
  sessionDuration: "24h",
  additionalSettings: { new_setting: [1] },
  mfaPivKeyRequirements: { pinPolicy: "always" },
};

let emulator: Emulator;
let stack: OneResourceStack;
beforeEach(async () => {
  emulator = await startEmulator();
  emulator.seed("accounts", ACCOUNT, LIVE);
  stack = new OneResourceStack(organization, emulator);
  const outputs = { ...OLDER, createdAt: "then", updatedAt: "then", __provider: "code" };
  stack.state = { id: `accounts/${ACCOUNT}`, inputs: OLDER, outputs, initErrors: [] };
});
afterEach(() => emulator.close());

const calls = (operation: () => Promise<unknown>) => callsOf(emulator, operation);

it("is read as what is live, and kept under today's names", async () => {
  expect(await stack.refresh()).toBe("clean");
  expect(stack.inputs).toEqual(TODAY);
  expect(heard.warnings).toEqual([]);
});

it.each<[string, Properties]>([
  ["still in the older names", OLDER],
  ["in today's names", TODAY],
])("makes no change for a program %s", async (_, program) => {
  expect(await calls(() => stack.up(program))).toEqual([]);
  await stack.refresh();
  expect(await calls(() => stack.up(program))).toEqual([]);
});

it("has nothing written for it, also where only it is left to go by", async () => {
  const state = { ...OLDER, __provider: "code" };
  expect(
    await calls(async () => organization.update?.(`accounts/${ACCOUNT}`, state, state)),
  ).toEqual(["GET"]);
});

it("shows drift under today's names, and the way back", async () => {
  emulator.edit("accounts", ACCOUNT, { session_duration: "1h" });
  expect(await stack.refresh()).toBe("drifted");
  expect(stack.inputs).toEqual({ ...TODAY, sessionDuration: "1h" });
  expect(await calls(() => stack.up(OLDER))).toEqual(["GET", "PUT"]);
  expect(emulator.organization("accounts", ACCOUNT)).toMatchObject(LIVE);
});
