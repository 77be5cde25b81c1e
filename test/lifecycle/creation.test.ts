import { startEmulator, type Emulator, type Personality } from "../../emulator/index.js";
import { organization } from "../../provider/provider.js";
import { ACCOUNT, OTHER_ACCOUNT, OTHER_DOMAIN, TEAM_DOMAIN } from "../ids.js";
import { callsOf } from "./calls-of.js";
import { listen } from "./heard.js";
import { OneResourceStack } from "./stack.js";

const ARGS = {
  accountId: ACCOUNT,
  name: "Widget Corp",
  authDomain: TEAM_DOMAIN,
  sessionDuration: "12h",
};
/** Custom pages are only taken by a PUT, so that making the organization takes two steps. */
const TWO_STEPS = { ...ARGS, customPages: { forbidden: "uid" } };
const MADE = { name: "Widget Corp", auth_domain: TEAM_DOMAIN, session_duration: "12h" };

listen();

describe.each<Personality>(["sparse", "explicit"])("a new organization (%s)", (personality) => {
  let emulator: Emulator;
  let stack: OneResourceStack;
  beforeEach(async () => {
    emulator = await startEmulator({ personality });
    stack = new OneResourceStack(organization, emulator);
  });
  afterEach(() => emulator.close());
  const live = () => emulator.organization("accounts", ACCOUNT);
  const calls = (operation: () => Promise<unknown>) => callsOf(emulator, operation);

  it("is made as stated", async () => {
    await stack.up(TWO_STEPS);
    expect(live()).toMatchObject({ ...MADE, custom_pages: { forbidden: "uid" } });
    expect(stack.state?.id).toBe(`accounts/${ACCOUNT}`);
    expect(stack.outputs).toMatchObject(TWO_STEPS);
    expect(await stack.up(TWO_STEPS)).toBe("same");
    expect(await stack.refresh()).toBe("clean");
  });

  it("needs authDomain and name, and is not begun without them", async () => {
    const incomplete = { accountId: ACCOUNT, sessionDuration: "12h" };
    expect(
      await calls(() =>
        expect(stack.up(incomplete)).rejects.toThrow("the program must state name and authDomain"),
      ),
    ).toEqual(["GET"]);
    expect(stack.state).toBeUndefined();
  });

  it("is not begun where its settings would contradict each other", async () => {
    const needy = { ...ARGS, mfaRequiredForAllApps: true };
    expect(
      await calls(() => expect(stack.up(needy)).rejects.toThrow("mfaConfig.sessionDuration")),
    ).toEqual(["GET"]);
  });

  it("leaves no state where its domain is taken", async () => {
    emulator.seed("accounts", OTHER_ACCOUNT, { auth_domain: TEAM_DOMAIN });
    await expect(stack.up(ARGS)).rejects.toThrow("Choose another");
    expect(stack.state).toBeUndefined();
  });

  it("leaves no state where someone must first pick a plan", async () => {
    emulator.behavior.postRejected = true;
    await expect(stack.up(ARGS)).rejects.toThrow("Pick a plan");
    expect(stack.state).toBeUndefined();
  });

  describe("that is half done", () => {
    it("is kept in state as it exists, with the reasons, and finished later", async () => {
      emulator.fault({ method: "PUT", status: 500, times: Infinity });
      await expect(stack.up(TWO_STEPS)).rejects.toThrow("was refused with 500");
      expect(stack.state).toMatchObject({
        id: `accounts/${ACCOUNT}`,
        initErrors: [expect.stringContaining("was refused with 500")],
      });
      expect(stack.outputs).toMatchObject({ ...ARGS, customPages: { forbidden: "" } });

      emulator.clearFaults();
      expect(await calls(() => stack.up(TWO_STEPS))).toEqual(["GET", "PUT"]);
      expect(live()).toMatchObject({ ...MADE, custom_pages: { forbidden: "uid" } });
      expect(await stack.up(TWO_STEPS)).toBe("same");
    });

    it("is finished later also after a refresh", async () => {
      emulator.fault({ method: "PUT", reset: "before", times: Infinity });
      await expect(stack.up(TWO_STEPS)).rejects.toThrow("got no answer");
      emulator.clearFaults();
      await stack.refresh();
      expect(await stack.up(TWO_STEPS)).toBe("updated");
      expect(live()).toMatchObject({ custom_pages: { forbidden: "uid" } });
    });
  });

  describe("that someone else made meanwhile", () => {
    const NOT_YET = {
      method: "GET",
      status: 403,
      body: { success: false, errors: [{ code: 9999, message: "access.api.error.not_enabled" }] },
    };

    it.each([409, 400])("is looked for and adopted (conflict is %i)", async (conflict) => {
      emulator.behavior.statuses.conflict = conflict;
      emulator.seed("accounts", ACCOUNT, {
        auth_domain: OTHER_DOMAIN,
        deny_unmatched_requests: true,
      });
      emulator.fault(NOT_YET);
      expect(await calls(() => stack.up(ARGS))).toEqual(["GET", "POST", "GET", "PUT"]);
      expect(live()).toMatchObject({ ...MADE, deny_unmatched_requests: true });
    });
  });

  describe("whose POST has no answer", () => {
    it.each([
      ["the connection breaks", { reset: "after" }],
      ["the answer breaks off", { truncateAfter: 30 }],
      ["a proxy answers in its place", { status: 502, body: "<html>", takesEffect: true }],
      ["the API answers with trouble", { status: 500, takesEffect: true }],
    ] as const)("is looked for, not made twice: %s", async (_, fault) => {
      emulator.fault({ method: "POST", ...fault });
      expect(await calls(() => stack.up(TWO_STEPS))).toEqual(["GET", "POST", "GET", "PUT"]);
      expect(live()).toMatchObject({ ...MADE, custom_pages: { forbidden: "uid" } });
      expect(stack.outputs).toMatchObject(TWO_STEPS);
    });

    it("is an error where it did not arrive, and POST is not repeated", async () => {
      emulator.fault({ method: "POST", reset: "before" });
      expect(await calls(() => expect(stack.up(ARGS)).rejects.toThrow("got no answer"))).toEqual([
        "GET",
        "POST",
        "GET",
      ]);
      expect(stack.state).toBeUndefined();
    });
  });

  it("takes the place of one that disappeared while it was managed", async () => {
    await stack.up(ARGS);
    emulator.remove("accounts", ACCOUNT);
    expect(await calls(() => stack.up({ ...ARGS, sessionDuration: "24h" }))).toEqual([
      "GET",
      "POST",
    ]);
    expect(live()).toMatchObject({ ...MADE, session_duration: "24h" });
  });
});
