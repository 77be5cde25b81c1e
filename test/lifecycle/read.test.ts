import { startEmulator, type Emulator } from "../../emulator/index.js";
import { organization } from "../../provider/provider.js";
import { rejection } from "../cloudflare/errors.js";
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

describe("A refresh", () => {
  it("removes the resource from state, with one line, if the organization does not exist", async () => {
    emulator.remove("accounts", ACCOUNT);
    expect(await stack.refresh()).toBe("not found");
    expect(logs.infos).toEqual([
      `Cloudflare responded that the Zero Trust organization of account ${ACCOUNT} does not exist. A refresh removes the resource from Pulumi's state.`,
    ]);
  });

  it("fails and keeps the state if a rejection does not say that the organization does not exist", async () => {
    const before = structuredClone(stack.state);
    emulator.fault(rejection(403, { code: 9999, message: "access.api.error.other" }));
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
