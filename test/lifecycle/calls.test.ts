import { startEmulator, type Emulator, type Personality } from "../../emulator/index.js";
import { organization } from "../../provider/provider.js";
import { ACCOUNT, OTHER_ACCOUNT, TEAM_DOMAIN } from "../ids.js";
import { callsOf } from "./calls-of.js";
import { listen } from "./heard.js";
import { OneResourceStack } from "./stack.js";

const ARGS = { accountId: ACCOUNT, name: "Widget Corp", authDomain: TEAM_DOMAIN };
const LIVE = { name: "Widget Corp", auth_domain: TEAM_DOMAIN };

listen();

describe.each<Personality>(["sparse", "explicit"])("calls (%s answers)", (personality) => {
  let emulator: Emulator;
  let stack: OneResourceStack;
  const calls = (operation: () => Promise<unknown>) => callsOf(emulator, operation);
  beforeEach(async () => {
    emulator = await startEmulator({ personality });
    stack = new OneResourceStack(organization, emulator);
  });
  afterEach(() => emulator.close());

  it("create over an equal organization looks, and writes nothing", async () => {
    emulator.seed("accounts", ACCOUNT, { ...LIVE, session_duration: "24h" });
    const equal = { ...ARGS, sessionDuration: "1440m", loginDesign: {}, isUiReadOnly: false };
    expect(await calls(() => stack.up(equal))).toEqual(["GET"]);
  });

  it("create over a different organization looks and writes", async () => {
    emulator.seed("accounts", ACCOUNT, LIVE);
    expect(await calls(() => stack.up({ ...ARGS, sessionDuration: "12h" }))).toEqual([
      "GET",
      "PUT",
    ]);
  });

  it("create where there is none looks and makes it", async () => {
    expect(await calls(() => stack.up({ ...ARGS, sessionDuration: "12h" }))).toEqual([
      "GET",
      "POST",
    ]);
  });

  it("create where there is none adds what only a PUT takes", async () => {
    const custom = { ...ARGS, customPages: { forbidden: "uid" } };
    expect(await calls(() => stack.up(custom))).toEqual(["GET", "POST", "PUT"]);
    expect(emulator.organization("accounts", ACCOUNT)).toMatchObject({
      custom_pages: { forbidden: "uid" },
    });
  });

  it("read looks once", async () => {
    emulator.seed("accounts", ACCOUNT, LIVE);
    await stack.up(ARGS);
    expect(await calls(() => stack.refresh())).toEqual(["GET"]);
  });

  it("the same arguments again, or others that mean the same, make no call", async () => {
    await stack.up({ ...ARGS, sessionDuration: "24h" });
    expect(await calls(() => stack.up({ ...ARGS, sessionDuration: "24h" }))).toEqual([]);
    expect(await calls(() => stack.up({ ...ARGS, sessionDuration: "1440m" }))).toEqual([]);
  });

  it("update looks, and writes what differs", async () => {
    await stack.up(ARGS);
    expect(await calls(() => stack.up({ ...ARGS, sessionDuration: "12h" }))).toEqual([
      "GET",
      "PUT",
    ]);
  });

  it("update looks, and writes nothing where it is as stated already", async () => {
    await stack.up(ARGS);
    emulator.edit("accounts", ACCOUNT, { session_duration: "12h" });
    expect(await calls(() => stack.up({ ...ARGS, sessionDuration: "12h" }))).toEqual(["GET"]);
  });

  it("a newly stated false is recorded by a look, so that its later drift is noticed", async () => {
    await stack.up(ARGS);
    const off = { ...ARGS, denyUnmatchedRequests: false };
    expect(await calls(() => stack.up(off))).toEqual(["GET"]);
    emulator.edit("accounts", ACCOUNT, { deny_unmatched_requests: true });
    expect(await stack.refresh()).toBe("drifted");
  });

  it("drift is healed by a look for it, a look before the write, and the write", async () => {
    await stack.up({ ...ARGS, sessionDuration: "12h" });
    emulator.edit("accounts", ACCOUNT, { session_duration: "1h" });
    const healing = async () => {
      expect(await stack.refresh()).toBe("drifted");
      expect(await stack.up({ ...ARGS, sessionDuration: "12h" })).toBe("updated");
    };
    expect(await calls(healing)).toEqual(["GET", "GET", "PUT"]);
    expect(emulator.organization("accounts", ACCOUNT)?.session_duration).toBe("12h");
  });

  it("delete makes no call, and the organization stays", async () => {
    await stack.up(ARGS);
    expect(await calls(() => stack.destroy())).toEqual([]);
    expect(emulator.organization("accounts", ACCOUNT)).toMatchObject(LIVE);
  });

  it("another account replaces the resource, and the first organization stays", async () => {
    emulator.seed("accounts", OTHER_ACCOUNT);
    await stack.up({ accountId: ACCOUNT, name: "Widget Corp", authDomain: TEAM_DOMAIN });
    const moved = { accountId: OTHER_ACCOUNT, name: "Gadget Corp" };
    expect(await calls(async () => expect(await stack.up(moved)).toBe("replaced"))).toEqual([
      "GET",
      "PUT",
    ]);
    expect(stack.state?.id).toBe(`accounts/${OTHER_ACCOUNT}`);
    expect(emulator.organization("accounts", ACCOUNT)).toMatchObject(LIVE);
  });

  it("check and diff make none, also where the arguments are wrong", async () => {
    const wrong = { ...ARGS, sessionDuration: "long" };
    expect(await calls(() => stack.up(wrong).catch(() => undefined))).toEqual([]);
  });
});
