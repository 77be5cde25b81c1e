import { EMULATOR_TOKEN, startEmulator, type Emulator } from "../../emulator/index.js";
import { fetchDohSettings, fetchOrganization, revoke } from "../../provider/functions/calls.js";
import { dohSettings, organization, userRevocation } from "../../provider/provider.js";
import { ACCOUNT, SERVICE_TOKEN } from "../ids.js";
import { captureLogs } from "./captured-logs.js";
import { OneResourceStack, type Properties } from "./stack.js";

/*
 * The least permission for each operation, as docs/recipes.md lists them.
 */

const logs = captureLogs();
const LACKING = "10000: Authentication error";
const SCOPE = { kind: "accounts", id: ACCOUNT } as const;
const EMAIL = "user@example.com";

let emulator: Emulator;
beforeEach(async () => {
  emulator = await startEmulator();
  emulator.seed("accounts", ACCOUNT);
  emulator.addServiceToken(ACCOUNT, { id: SERVICE_TOKEN });
});
afterEach(() => emulator.close());

/** Replaces the permission of the API token. */
const allow = (access: "none" | "read" | "revoke" | "write") => {
  emulator.credentials.splice(0, Infinity, { apiToken: EMULATOR_TOKEN, access });
};
const context = () => {
  const config: Record<string, string> = {
    "zerotrust:apiToken": EMULATOR_TOKEN,
    "zerotrust:baseUrl": emulator.baseUrl,
    "zerotrust:retries": "0",
  };
  return { readConfig: (key: string) => config[key], log: () => undefined };
};

describe.each([
  ["an Organization", organization, { sessionDuration: "12h" }, { sessionDuration: "24h" }],
  ["DohSettings", dohSettings, { serviceTokenId: SERVICE_TOKEN }, { dohJwtDuration: "12h" }],
] as const)("The least permission for %s", (_, provider, first, second) => {
  const program: Properties = { accountId: ACCOUNT, ...first };
  const changed: Properties = { accountId: ACCOUNT, ...first, ...second };
  let stack: OneResourceStack;
  beforeEach(() => {
    stack = new OneResourceStack(provider, emulator);
  });

  it("is Write to create and to update", async () => {
    allow("read");
    await expect(stack.up(program)).rejects.toThrow(LACKING);
    allow("write");
    await stack.up(program);
    allow("read");
    await expect(stack.up(changed)).rejects.toThrow(LACKING);
    allow("write");
    await stack.up(changed);
  });

  it("is Read to preview the creation", async () => {
    const dryRun = {
      ...program,
      __program: { isPreview: true, resource: "widget", registration: 1 },
    };
    allow("read");
    await stack.preview(dryRun);
    expect(logs.warnings.join("\n")).not.toContain(LACKING);
    allow("none");
    await stack.preview({ ...dryRun, __program: { ...dryRun.__program, registration: 2 } });
    expect(logs.warnings.join("\n")).toContain(LACKING);
  });

  it("is Read to refresh", async () => {
    await stack.up(program);
    allow("read");
    expect(await stack.refresh()).toBe("clean");
    allow("none");
    await expect(stack.refresh()).rejects.toThrow(LACKING);
  });

  it("is none to preview an update, to deploy without a change and to destroy", async () => {
    await stack.up(program);
    allow("none");
    await stack.preview({
      ...changed,
      __program: { isPreview: true, resource: "widget", registration: 3 },
    });
    expect(await stack.up(program)).toBe("same");
    await stack.destroy();
  });
});

describe("The least permission for the functions", () => {
  it("is Read for getOrganization and getDohSettings", async () => {
    allow("read");
    await fetchOrganization(SCOPE, context());
    await fetchDohSettings(SCOPE, context());
    allow("none");
    await expect(fetchOrganization(SCOPE, context())).rejects.toThrow(LACKING);
    await expect(fetchDohSettings(SCOPE, context())).rejects.toThrow(LACKING);
  });

  it("is Revoke for revokeUser and UserRevocation", async () => {
    const stack = new OneResourceStack(userRevocation, emulator);
    const program = { accountId: ACCOUNT, email: EMAIL };
    allow("read");
    await expect(revoke(SCOPE, { email: EMAIL }, context())).rejects.toThrow(LACKING);
    await expect(stack.up(program)).rejects.toThrow(LACKING);
    allow("revoke");
    await revoke(SCOPE, { email: EMAIL }, context());
    await stack.up(program);
    expect(emulator.revocations).toMatchObject([{ email: EMAIL }, { email: EMAIL }]);
  });
});
