import { startEmulator, type Emulator, type Fault } from "../../emulator/index.js";
import { organization } from "../../provider/provider.js";
import { ACCOUNT, TEAM_DOMAIN, ZONE } from "../ids.js";
import { listen } from "./heard.js";
import { OneResourceStack } from "./stack.js";

const ARGS = { accountId: ACCOUNT, name: "Widget Corp", sessionDuration: "24h" };
const heard = listen();

let emulator: Emulator;
let stack: OneResourceStack;
beforeEach(async () => {
  emulator = await startEmulator();
  emulator.seed("accounts", ACCOUNT, { auth_domain: TEAM_DOMAIN, name: "Widget Corp" });
  stack = new OneResourceStack(organization, emulator);
  await stack.up(ARGS);
});
afterEach(() => emulator.close());

const refused = (status: number, code: number, message: string): Fault => ({
  status,
  body: { success: false, result: null, errors: [{ code, message }] },
  times: Infinity,
});

describe("an organization is gone", () => {
  it.each(["not_enabled", "sparse", "not_found"] as const)(
    "where the API says so (%s), and one line says why it is dropped",
    async (answer) => {
      emulator.behavior.neverEnabled = answer;
      emulator.remove("accounts", ACCOUNT);
      expect(await stack.refresh()).toBe("gone");
      expect(heard.infos).toEqual([
        `Cloudflare says that there is no Zero Trust organization on accounts/${ACCOUNT} any more: a refresh drops it from Pulumi's state.`,
      ]);
    },
  );
});

describe("an organization is never taken for gone", () => {
  it.each<[string, Fault]>([
    ["without permission", refused(403, 10000, "Authentication error")],
    [
      "with a token for another account",
      refused(403, 9109, "Unauthorized to access requested resource"),
    ],
    ["with an invalid token", refused(403, 9109, "Invalid access token")],
    ["with an unknown token", refused(401, 1000, "Invalid API Token")],
    ["with a 9999 of another kind", refused(403, 9999, "access.api.error.other")],
    ["behind a wrong route", refused(404, 7000, "No route for that URI")],
    ["behind an id that is none", refused(404, 7003, "Could not route to /client/v4")],
    ["behind a proxy's page", { status: 404, body: "<html>Not Found</html>", times: Infinity }],
    ["at a rate limit", refused(429, 971, "Rate limited")],
    ["in trouble", refused(503, 1101, "Unavailable")],
    ["without an answer", { reset: "before", times: Infinity }],
    ["with half an answer", { truncateAfter: 30, times: Infinity }],
  ])("%s: refresh fails and keeps the state", async (_, fault) => {
    const before = structuredClone(stack.state);
    emulator.fault(fault);
    await expect(stack.refresh()).rejects.toThrow();
    expect(stack.state).toEqual(before);
  });
});

describe("an organization that is only looked at", () => {
  const look = (id: string) =>
    organization.read?.(id, { __provider: "code", __external: true }) ??
    Promise.reject(new Error());

  it.each([`accounts/${ACCOUNT}`, ACCOUNT])("shows all that is set, by %s", async (id) => {
    emulator.edit("accounts", ACCOUNT, {
      login_design: { header_text: "Hi", a_new_member: "Ho" },
      a_new_one: [1],
    });
    const looked = await look(id);
    expect(looked.id).toBe(`accounts/${ACCOUNT}`);
    expect(looked.inputs).toBeUndefined();
    expect(looked.props).toMatchObject({
      accountId: ACCOUNT,
      authDomain: TEAM_DOMAIN,
      name: "Widget Corp",
      sessionDuration: "24h",
      loginDesign: { headerText: "Hi", a_new_member: "Ho" },
      additionalSettings: { a_new_one: [1] },
    });
  });

  it("may be a zone's", async () => {
    emulator.seed("zones", ZONE, { name: "Of a zone" });
    expect((await look(`zones/${ZONE}`)).props).toMatchObject({ zoneId: ZONE, name: "Of a zone" });
  });

  it("is an error where there is none: it would count as one without settings", async () => {
    emulator.remove("accounts", ACCOUNT);
    await expect(look(ACCOUNT)).rejects.toThrow(
      `There is no Zero Trust organization on accounts/${ACCOUNT}.`,
    );
  });

  it("is an error where the id is none, without a call", async () => {
    emulator.clearRequests();
    await expect(look(`users/${ACCOUNT}`)).rejects.toThrow("names no Zero Trust organization");
    expect(emulator.requests).toEqual([]);
  });
});

describe("a zone's organization", () => {
  it("is managed by the settings that a zone takes", async () => {
    emulator.seed("zones", ZONE, { deny_unmatched_requests: true });
    const zone = new OneResourceStack(organization, emulator);
    const args = { zoneId: ZONE, name: "Of a zone", loginDesign: { headerText: "Hi" } };
    expect(await zone.up(args)).toBe("created");
    expect(zone.state?.id).toBe(`zones/${ZONE}`);
    expect(zone.inputs).toEqual(args);
    expect(await zone.up(args)).toBe("same");
    expect(await zone.refresh()).toBe("clean");
    expect(emulator.organization("zones", ZONE)).toMatchObject({ deny_unmatched_requests: true });
  });
});
