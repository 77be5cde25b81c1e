import { startEmulator, type Emulator, type Fault } from "../../emulator/index.js";
import { organization } from "../../provider/provider.js";
import { ACCOUNT, TEAM_DOMAIN, ZONE } from "../ids.js";
import { captureLogs } from "./captured-logs.js";
import { OneResourceStack } from "./stack.js";

const PROGRAM = { accountId: ACCOUNT, name: "Widget Corp", sessionDuration: "24h" };
const logs = captureLogs();

let emulator: Emulator;
let stack: OneResourceStack;
beforeEach(async () => {
  emulator = await startEmulator();
  emulator.seed("accounts", ACCOUNT, { auth_domain: TEAM_DOMAIN, name: "Widget Corp" });
  stack = new OneResourceStack(organization, emulator);
  await stack.up(PROGRAM);
  logs.infos.length = 0;
});
afterEach(() => emulator.close());

const rejected = (status: number, code: number, message: string): Fault => ({
  status,
  body: { success: false, result: null, errors: [{ code, message }] },
  times: Infinity,
});

describe("A refresh", () => {
  it.each(["not_enabled", "sparse", "not_found"] as const)(
    "removes the resource from state, with one line, if the organization does not exist (%s)",
    async (response) => {
      emulator.behavior.neverEnabled = response;
      emulator.remove("accounts", ACCOUNT);
      expect(await stack.refresh()).toBe("not found");
      expect(logs.infos).toEqual([
        `Cloudflare responded that the Zero Trust organization of account ${ACCOUNT} does not exist. A refresh removes the resource from Pulumi's state.`,
      ]);
    },
  );

  it.each<[string, Fault]>([
    ["the token lacks the permission", rejected(403, 10000, "Authentication error")],
    [
      "the token belongs to another account",
      rejected(403, 9109, "Unauthorized to access requested resource"),
    ],
    ["the token is invalid", rejected(403, 9109, "Invalid access token")],
    ["the token is unknown", rejected(401, 1000, "Invalid API Token")],
    ["9999 has another message", rejected(403, 9999, "access.api.error.other")],
    ["the route does not exist", rejected(404, 7000, "No route for that URI")],
    ["the id is not routed", rejected(404, 7003, "Could not route to /client/v4")],
    ["a proxy responds with 404", { status: 404, body: "<html>Not Found</html>", times: Infinity }],
    ["the rate limit is exhausted", rejected(429, 971, "Rate limited")],
    ["the API is unavailable", rejected(503, 1101, "Unavailable")],
    ["Cloudflare does not respond", { reset: "before", times: Infinity }],
    ["the response is truncated", { truncateAfter: 30, times: Infinity }],
  ])("fails and keeps the state if %s", async (_, fault) => {
    const before = structuredClone(stack.state);
    emulator.fault(fault);
    await expect(stack.refresh()).rejects.toThrow();
    expect(stack.state).toEqual(before);
  });
});

describe("The read of an organization that the program does not manage", () => {
  const read = (id: string) =>
    organization.read?.(id, { __provider: "code", __external: true }) ??
    Promise.reject(new Error());

  it.each([`accounts/${ACCOUNT}`, ACCOUNT, ACCOUNT.toUpperCase()])(
    "returns every live value for the id %s",
    async (id) => {
      emulator.edit("accounts", ACCOUNT, {
        login_design: { header_text: "Hi", a_new_member: "Ho" },
        a_new_one: [1],
        trusted_accounts: ["one"],
      });
      const result = await read(id);
      expect(result.id).toBe(`accounts/${ACCOUNT}`);
      expect(result.inputs).toBeUndefined();
      expect(result.props).toMatchObject({
        accountId: ACCOUNT,
        authDomain: TEAM_DOMAIN,
        name: "Widget Corp",
        sessionDuration: "24h",
        loginDesign: { headerText: "Hi", a_new_member: "Ho" },
        additionalSettings: { a_new_one: [1] },
        trustedAccounts: ["one"],
      });
    },
  );

  it("returns the organization of a zone", async () => {
    emulator.seed("zones", ZONE, { name: "Of a zone" });
    expect((await read(`zones/${ZONE}`)).props).toMatchObject({ zoneId: ZONE, name: "Of a zone" });
  });

  it("fails if the organization does not exist", async () => {
    emulator.remove("accounts", ACCOUNT);
    await expect(read(ACCOUNT)).rejects.toThrow(
      `The Zero Trust organization of account ${ACCOUNT} does not exist.`,
    );
  });

  it("fails without a request if the id is invalid", async () => {
    emulator.clearRequests();
    await expect(read(`users/${ACCOUNT}`)).rejects.toThrow(
      `"users/${ACCOUNT}" is not an id of the Zero Trust organization.`,
    );
    expect(emulator.requests).toEqual([]);
  });
});
