import { startEmulator, type Emulator, type Personality } from "../../emulator/index.js";
import { organization } from "../../provider/provider.js";
import { rejection } from "../cloudflare/errors.js";
import { ACCOUNT, OTHER_ACCOUNT, OTHER_DOMAIN, TEAM_DOMAIN } from "../ids.js";
import { captureLogs } from "./captured-logs.js";
import { requestsOf } from "./requests-of.js";
import { OneResourceStack, RETRIES } from "./stack.js";

const PROGRAM = {
  accountId: ACCOUNT,
  name: "Widget Corp",
  authDomain: TEAM_DOMAIN,
  sessionDuration: "12h",
};
/** POST does not accept custom pages, so this creation needs a POST and a PUT. */
const TWO_STEPS = { ...PROGRAM, customPages: { forbidden: "uid" } };
const CREATED = { name: "Widget Corp", auth_domain: TEAM_DOMAIN, session_duration: "12h" };

captureLogs();

describe.each<Personality>(["typical", "sparse", "explicit"])(
  "The creation of a new organization (%s responses)",
  (personality) => {
    let emulator: Emulator;
    let stack: OneResourceStack;
    beforeEach(async () => {
      emulator = await startEmulator({ personality });
      stack = new OneResourceStack(organization, emulator);
    });
    afterEach(() => emulator.close());
    const live = () => emulator.organization("accounts", ACCOUNT);
    const requests = (operation: () => Promise<unknown>) => requestsOf(emulator, operation);

    it("writes the declared settings", async () => {
      expect(await requests(() => stack.up(TWO_STEPS))).toEqual(["GET", "POST", "PUT"]);
      expect(live()).toMatchObject({ ...CREATED, custom_pages: { forbidden: "uid" } });
      expect(stack.state?.id).toBe(`accounts/${ACCOUNT}`);
      expect(stack.outputs).toMatchObject(TWO_STEPS);
      expect(await stack.up(TWO_STEPS)).toBe("same");
      expect(await stack.refresh()).toBe("clean");
    });

    it("takes no PUT if POST accepts every declared setting", async () => {
      expect(await requests(() => stack.up(PROGRAM))).toEqual(["GET", "POST"]);
      expect(live()).toMatchObject(CREATED);
    });

    it("fails before the POST if authDomain or name is not declared", async () => {
      const incomplete = { accountId: ACCOUNT, sessionDuration: "12h" };
      const failing = () =>
        expect(stack.up(incomplete)).rejects.toThrow(
          `The Zero Trust organization of account ${ACCOUNT} does not exist yet. To create it, declare name and authDomain. If it should exist, check the id. Zero Trust is enabled for an account by choosing a plan in the dashboard.`,
        );
      expect(await requests(failing)).toEqual(["GET"]);
      expect(stack.state).toBeUndefined();
    });

    it("sends no second POST after a rejected one, and leaves no state", async () => {
      stack = new OneResourceStack(organization, emulator, { config: RETRIES });
      emulator.behavior.postRejected = true;
      const failing = () =>
        expect(stack.up(PROGRAM)).rejects.toThrow(
          `Zero Trust is not enabled for account ${ACCOUNT}. Choose a plan in the dashboard.`,
        );
      expect(await requests(failing)).toEqual(["GET", "POST"]);
      expect(stack.state).toBeUndefined();
    });

    it.each([500, 400])(
      "records what exists if the PUT after the POST is rejected with %i, and the next update completes it",
      async (status) => {
        const reason = `was rejected with ${status}`;
        emulator.fault({ method: "PUT", ...rejection(status, { code: 12130, message: "No." }) });
        await expect(stack.up(TWO_STEPS)).rejects.toThrow(reason);
        expect(stack.state).toMatchObject({
          id: `accounts/${ACCOUNT}`,
          initErrors: [expect.stringContaining(reason)],
        });
        expect(stack.outputs).toMatchObject(PROGRAM);
        expect(stack.outputs).not.toHaveProperty("customPages");

        expect(await requests(() => stack.up(TWO_STEPS))).toEqual(["GET", "PUT"]);
        expect(live()).toMatchObject({ ...CREATED, custom_pages: { forbidden: "uid" } });
        expect(await stack.up(TWO_STEPS)).toBe("same");
      },
    );

    it("is completed after a partial failure and a refresh", async () => {
      emulator.fault({ method: "PUT", reset: "before", times: Infinity });
      await expect(stack.up(TWO_STEPS)).rejects.toThrow("got no response");
      emulator.clearFaults();
      await stack.refresh();
      expect(await stack.up(TWO_STEPS)).toBe("updated");
      expect(live()).toMatchObject({ custom_pages: { forbidden: "uid" } });
    });

    it.each([409, 400])(
      "adopts an organization that someone else created since the GET (conflict with %i)",
      async (conflict) => {
        stack = new OneResourceStack(organization, emulator, { config: RETRIES });
        emulator.behavior.statuses.conflict = conflict;
        emulator.seed("accounts", ACCOUNT, {
          auth_domain: OTHER_DOMAIN,
          deny_unmatched_requests: true,
        });
        const notEnabled = { code: 9999, message: "access.api.error.not_enabled" };
        emulator.fault({ method: "GET", ...rejection(403, notEnabled) });
        expect(await requests(() => stack.up(PROGRAM))).toEqual(["GET", "POST", "GET", "PUT"]);
        expect(live()).toMatchObject({ ...CREATED, deny_unmatched_requests: true });
      },
    );

    it.each([409, 400])(
      "fails at once if another account has the domain (status %i)",
      async (authDomainTaken) => {
        stack = new OneResourceStack(organization, emulator, { config: RETRIES });
        emulator.behavior.statuses.authDomainTaken = authDomainTaken;
        emulator.seed("accounts", OTHER_ACCOUNT, { auth_domain: TEAM_DOMAIN });
        const failing = () => expect(stack.up(PROGRAM)).rejects.toThrow("11003");
        expect(await requests(failing)).toEqual(["GET", "POST"]);
        expect(stack.state).toBeUndefined();
      },
    );

    describe("after a POST that took effect without a response", () => {
      beforeEach(() => emulator.fault({ method: "POST", reset: "after" }));

      it("continues with a GET", async () => {
        stack = new OneResourceStack(organization, emulator, { config: RETRIES });
        expect(await requests(() => stack.up(TWO_STEPS))).toEqual(["GET", "POST", "GET", "PUT"]);
        expect(live()).toMatchObject({ ...CREATED, custom_pages: { forbidden: "uid" } });
        expect(stack.outputs).toMatchObject(TWO_STEPS);
      });

      it("fails without retries with a state that the next update completes", async () => {
        await expect(stack.up(TWO_STEPS)).rejects.toThrow("POST");
        expect(stack.state?.initErrors).toHaveLength(1);
        expect(stack.outputs).toEqual({ accountId: ACCOUNT });
        expect(await requests(() => stack.up(TWO_STEPS))).toEqual(["GET", "PUT"]);
        expect(stack.outputs).toMatchObject(TWO_STEPS);
        expect(await stack.up(TWO_STEPS)).toBe("same");
      });
    });
  },
);

describe("A creation writes everything that is declared, also settings that ignoreChanges names,", () => {
  let emulator: Emulator;
  let stack: OneResourceStack;
  beforeEach(async () => {
    emulator = await startEmulator();
    stack = new OneResourceStack(organization, emulator);
  });
  afterEach(() => emulator.close());

  const live = () => emulator.organization("accounts", ACCOUNT);

  it("if an update does not find the organization", async () => {
    await stack.up(TWO_STEPS);
    emulator.remove("accounts", ACCOUNT);
    const options = { ignoreChanges: ["customPages"] };
    const changed = { ...TWO_STEPS, name: "Gadget Corp", __program: options };
    expect(await requestsOf(emulator, () => stack.up(changed))).toEqual(["GET", "POST", "PUT"]);
    expect(live()).toMatchObject({ name: "Gadget Corp", custom_pages: { forbidden: "uid" } });
  });

  it("over a live organization", async () => {
    emulator.seed("accounts", ACCOUNT, { ...CREATED, session_duration: "24h" });
    await stack.up({ ...PROGRAM, __program: { ignoreChanges: ["sessionDuration"] } });
    expect(live()).toMatchObject(CREATED);
  });
});
