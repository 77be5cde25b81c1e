import { startEmulator, type Emulator } from "../../emulator/index.js";
import { userRevocation } from "../../provider/provider.js";
import { ACCOUNT } from "../ids.js";
import { callsOf } from "./calls-of.js";
import { listen } from "./heard.js";
import { CheckFailed, OneResourceStack, type Properties } from "./stack.js";

const ARGS = { accountId: ACCOUNT, email: "one@example.com", triggers: ["incident 1", null] };

listen();

let emulator: Emulator;
let stack: OneResourceStack;
beforeEach(async () => {
  emulator = await startEmulator();
  emulator.seed("accounts", ACCOUNT);
  stack = new OneResourceStack(userRevocation, emulator);
});
afterEach(() => emulator.close());

const calls = (operation: () => Promise<unknown>) => callsOf(emulator, operation);
const problemsOf = async (args: Properties): Promise<string> => {
  const error: unknown = await stack.up(args).then(
    () => new Error("it was taken"),
    (reason: unknown) => reason,
  );
  if (error instanceof CheckFailed) return error.message;
  throw error;
};

describe("a revocation", () => {
  it("is done once, and again when an argument changes", async () => {
    expect(await calls(() => stack.up(ARGS))).toEqual(["POST"]);
    expect(stack.inputs).toEqual(ARGS);
    expect(await calls(() => stack.up(ARGS))).toEqual([]);
    expect(await calls(() => stack.refresh())).toEqual([]);
    expect(await calls(() => stack.up({ ...ARGS, triggers: ["incident 2"] }))).toEqual(["POST"]);
    expect(await calls(() => stack.up({ ...ARGS, triggers: null }))).toEqual(["POST"]);
  });

  it("needs no request that a token without read and write permission cannot send", async () => {
    const errors = [{ code: 10000, message: "Authentication error" }];
    const body = { success: false, result: null, errors };
    for (const method of ["GET", "PUT"])
      emulator.fault({ method, status: 403, body, times: Infinity });
    expect(await calls(() => stack.up(ARGS))).toEqual(["POST"]);
    expect(emulator.requests.map(({ path }) => path)).toEqual([
      `/accounts/${ACCOUNT}/access/organizations/revoke_user`,
    ]);
    expect(await calls(() => stack.refresh())).toEqual([]);
  });

  it("is not done again for an id in another letter case", async () => {
    await stack.up(ARGS);
    const args = { ...ARGS, accountId: ACCOUNT.toUpperCase() };
    expect(await calls(() => stack.up(args))).toEqual([]);
  });

  it("knows all of its arguments when one is mistyped", async () => {
    expect(await problemsOf({ accountId: ACCOUNT, email: ARGS.email, trigger: ["1"] })).toBe(
      "trigger is not an argument here: did you mean triggers?",
    );
    expect(await problemsOf({ ...ARGS, something_else_entirely: 1 })).toBe(
      "something_else_entirely is not an argument here; there are accountId, zoneId, email, userUid, devices, warpSessionReauth, triggers",
    );
  });
});
