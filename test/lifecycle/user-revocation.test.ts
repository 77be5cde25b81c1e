import { startEmulator, type Emulator } from "../../emulator/index.js";
import { userRevocation } from "../../provider/provider.js";
import { errorOf, rejection } from "../cloudflare/errors.js";
import { ACCOUNT, ZONE } from "../ids.js";
import { captureLogs } from "./captured-logs.js";
import { requestsOf } from "./requests-of.js";
import { CheckFailed, OneResourceStack, type Properties } from "./stack.js";

const PROGRAM = { accountId: ACCOUNT, email: "one@example.com", triggers: ["incident 1", null] };

const logs = captureLogs();

let emulator: Emulator;
let stack: OneResourceStack;
beforeEach(async () => {
  emulator = await startEmulator();
  emulator.seed("accounts", ACCOUNT);
  emulator.seed("zones", ZONE);
  stack = new OneResourceStack(userRevocation, emulator);
});
afterEach(() => emulator.close());

const requests = (operation: () => Promise<unknown>) => requestsOf(emulator, operation);

describe("A UserRevocation", () => {
  const USER = "f5c9d1a0-6a0c-4d6f-8f3e-2d1a7c9b4e11";
  const OPTIONS = { userUid: USER, devices: true, warpSessionReauth: true };

  it.each<[string, Properties, object]>([
    ["email", { email: "other@example.com" }, { email: "other@example.com" }],
    ["triggers", { triggers: ["incident 1", { ticket: 2 }] }, {}],
    ["triggers, to null,", { triggers: null }, {}],
  ])("revokes again if only %s changes", async (_, change, body) => {
    const program = { ...PROGRAM, ...OPTIONS };
    await stack.up(program);
    emulator.clearRequests();
    expect(await stack.up({ ...program, ...change })).toBe("updated");
    expect(emulator.requests).toMatchObject([{ method: "POST", body }]);
  });

  it.each<[string, Properties]>([
    ["an account", { ...PROGRAM, ...OPTIONS }],
    ["a zone", { zoneId: ZONE, email: PROGRAM.email, triggers: ["incident 1"] }],
  ])(
    "revokes once when it is created for %s, and not in a refresh, an unchanged deployment or a destroy",
    async (_, program) => {
      expect(await requests(() => stack.up(program))).toEqual(["POST"]);
      expect(stack.inputs).toEqual(program);
      const recorded = stack.state;
      const refresh = async () => expect(await stack.refresh()).toBe("clean");
      expect(await requests(refresh)).toEqual([]);
      expect(stack.state).toEqual(recorded);
      expect(await requests(() => stack.up(program))).toEqual([]);
      expect(await requests(() => stack.destroy())).toEqual([]);
    },
  );

  it("omits an input that is no longer declared from the next request", async () => {
    await stack.up({ ...PROGRAM, ...OPTIONS });
    await stack.up({ ...PROGRAM, userUid: USER });
    expect(emulator.requests.at(-1)?.query).toEqual({});
    expect(emulator.requests.at(-1)?.body).toEqual({ email: PROGRAM.email, user_uid: USER });
  });

  it("has an id of its own that does not contain the email", async () => {
    const ids = new Set<string>();
    for (const scope of [{ accountId: ACCOUNT }, { accountId: ACCOUNT }, { zoneId: ZONE }]) {
      const other = new OneResourceStack(userRevocation, emulator);
      await other.up({ ...scope, email: PROGRAM.email });
      ids.add(other.state?.id ?? "");
    }
    expect(ids.size).toBe(3);
    for (const id of ids)
      expect(id).toMatch(/^(accounts|zones)\/[0-9a-f]{32}\/revocations\/[0-9a-f-]{36}$/);
  });

  it("leaves no state and shows no email if Cloudflare did not revoke the sessions", async () => {
    emulator.behavior.revokeUserResult = false;
    const message = `Cloudflare accepted POST /accounts/${ACCOUNT}/access/organizations/revoke_user but did not revoke the user's sessions.`;
    await expect(stack.up(PROGRAM)).rejects.toThrow(message);
    await expect(stack.up(PROGRAM)).rejects.not.toThrow(PROGRAM.email);
    expect(stack.state).toBeUndefined();
  });

  it("leaves no state if the request is rejected, and the next deployment revokes", async () => {
    emulator.fault(rejection(403, { code: 10000, message: "Authentication error" }));
    await expect(stack.up(PROGRAM)).rejects.toThrow("10000: Authentication error");
    expect(stack.state).toBeUndefined();
    expect(await requests(() => stack.up(PROGRAM))).toEqual(["POST"]);
    expect([...logs.infos, ...logs.warnings].join()).not.toContain(PROGRAM.email);
  });

  const ZONE_ACCEPTS = "is not accepted for a zone. Zones accept email";

  it.each<[string, Properties, string[]]>([
    [
      "a mistyped input, with a suggestion",
      { ...PROGRAM, trigger: ["1"] },
      ["trigger is not an input. Did you mean triggers?"],
    ],
    [
      "an unknown input, with all inputs",
      { ...PROGRAM, something_else: 1 },
      [
        "something_else is not an input. The inputs are accountId, zoneId, email, userUid, devices, warpSessionReauth, triggers",
      ],
    ],
    [
      "inputs that a zone does not accept, with all other failures",
      { zoneId: ZONE, ...OPTIONS, email: "user" },
      [
        `devices ${ZONE_ACCEPTS}`,
        `userUid ${ZONE_ACCEPTS}`,
        `warpSessionReauth ${ZONE_ACCEPTS}`,
        'email must be an email address such as "user@example.com"',
      ],
    ],
    ["a missing email", { accountId: ACCOUNT }, ["email is missing. Declare the user's email"]],
  ])("rejects %s", async (_, program, failures) => {
    const error = await errorOf(stack.up(program));
    expect(error).toBeInstanceOf(CheckFailed);
    expect(error.message.split("\n")).toEqual(failures);
  });
});
