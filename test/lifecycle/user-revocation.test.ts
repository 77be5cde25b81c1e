import { startEmulator, type Emulator } from "../../emulator/index.js";
import { userRevocation } from "../../provider/provider.js";
import { ACCOUNT } from "../ids.js";
import { captureLogs } from "./captured-logs.js";
import { requestsOf } from "./requests-of.js";
import { CheckFailed, OneResourceStack, type Properties } from "./stack.js";

const PROGRAM = { accountId: ACCOUNT, email: "one@example.com", triggers: ["incident 1", null] };

captureLogs();

let emulator: Emulator;
let stack: OneResourceStack;
beforeEach(async () => {
  emulator = await startEmulator();
  emulator.seed("accounts", ACCOUNT);
  stack = new OneResourceStack(userRevocation, emulator);
});
afterEach(() => emulator.close());

const requests = (operation: () => Promise<unknown>) => requestsOf(emulator, operation);
const failuresOf = async (program: Properties): Promise<string> => {
  const error: unknown = await stack.up(program).then(
    () => new Error("The check passed."),
    (reason: unknown) => reason,
  );
  if (error instanceof CheckFailed) return error.message;
  throw error;
};

describe("A UserRevocation", () => {
  it("revokes once on create, and again when an input changes", async () => {
    expect(await requests(() => stack.up(PROGRAM))).toEqual(["POST"]);
    expect(stack.inputs).toEqual(PROGRAM);
    expect(await requests(() => stack.up(PROGRAM))).toEqual([]);
    expect(await requests(() => stack.refresh())).toEqual([]);
    for (const triggers of [["incident 2"], null])
      expect(await requests(() => stack.up({ ...PROGRAM, triggers }))).toEqual(["POST"]);
  });

  it("needs no request that a token without read and write permission cannot send", async () => {
    const errors = [{ code: 10000, message: "Authentication error" }];
    const body = { success: false, result: null, errors };
    for (const method of ["GET", "PUT"])
      emulator.fault({ method, status: 403, body, times: Infinity });
    expect(await requests(() => stack.up(PROGRAM))).toEqual(["POST"]);
    expect(emulator.requests.map(({ path }) => path)).toEqual([
      `/accounts/${ACCOUNT}/access/organizations/revoke_user`,
    ]);
    expect(await requests(() => stack.refresh())).toEqual([]);
  });

  it("does not revoke again if only the letter case of the id changes (I7)", async () => {
    await stack.up(PROGRAM);
    const upper = { ...PROGRAM, accountId: ACCOUNT.toUpperCase() };
    expect(await requests(() => stack.up(upper))).toEqual([]);
  });

  it("leaves no state if the revocation fails", async () => {
    emulator.behavior.revokeUserResult = false;
    await expect(stack.up(PROGRAM)).rejects.toThrow("did not revoke the user's sessions");
    expect(stack.state).toBeUndefined();
  });

  it("names all its inputs if one is mistyped", async () => {
    expect(await failuresOf({ accountId: ACCOUNT, email: PROGRAM.email, trigger: ["1"] })).toBe(
      "trigger is not an input. Did you mean triggers?",
    );
    expect(await failuresOf({ ...PROGRAM, something_else_entirely: 1 })).toBe(
      "something_else_entirely is not an input. The inputs are accountId, zoneId, email, userUid, devices, warpSessionReauth, triggers",
    );
  });

  it("needs an email", async () => {
    expect(await failuresOf({ accountId: ACCOUNT })).toBe(
      "email is missing. Declare the user's email",
    );
  });
});
