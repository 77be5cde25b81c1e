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
const USER = { email: "user@example.com" };

let emulator: Emulator;
beforeEach(async () => {
  emulator = await startEmulator();
  emulator.seed("accounts", ACCOUNT);
  emulator.addServiceToken(ACCOUNT, { id: SERVICE_TOKEN });
});
afterEach(() => emulator.close());

type Access = "none" | "read" | "revoke" | "write";
type Row = [operation: string, least: Access, lesser: Access, run: () => Promise<unknown>];

/** Replaces the permission of the API token. */
const allow = (access: Access) => {
  emulator.credentials.splice(0, Infinity, { apiToken: EMULATOR_TOKEN, access });
};
async function expectLeast(least: Access, lesser: Access, run: Row[3]): Promise<void> {
  allow(lesser);
  await expect(run()).rejects.toThrow(LACKING);
  allow(least);
  await run();
}

let registration = 0;
/** Previews a deployment, and throws if the preview warns that a permission is missing. */
async function preview(stack: OneResourceStack, program: Properties): Promise<void> {
  registration += 1;
  await stack.preview({
    ...program,
    __program: { isPreview: true, resource: "widget", registration },
  });
  for (const warning of logs.warnings.splice(0))
    if (warning.includes(LACKING)) throw new Error(warning);
}

describe.each([
  ["an Organization", organization, { sessionDuration: "12h" }, { sessionDuration: "24h" }],
  ["DohSettings", dohSettings, { serviceTokenId: SERVICE_TOKEN }, { dohJwtDuration: "12h" }],
] as const)("The least permission for %s", (_, provider, first, second) => {
  const program: Properties = { accountId: ACCOUNT, ...first };
  const changed: Properties = { accountId: ACCOUNT, ...first, ...second };
  let created: OneResourceStack;
  let deployed: OneResourceStack;
  beforeEach(async () => {
    created = new OneResourceStack(provider, emulator);
    deployed = new OneResourceStack(provider, emulator);
    await deployed.up(program);
  });

  it.each<Row>([
    ["create", "write", "read", () => created.up(changed)],
    ["update", "write", "read", () => deployed.up(changed)],
    ["preview the creation", "read", "none", () => preview(created, changed)],
    ["refresh", "read", "none", () => deployed.refresh()],
  ])("to %s is %s", async (_operation, least, lesser, run) => {
    await expectLeast(least, lesser, run);
  });

  it("to preview an update, to deploy without a change and to destroy is none", async () => {
    allow("none");
    await preview(deployed, changed);
    expect(await deployed.up(program)).toBe("same");
    await deployed.destroy();
  });
});

describe("The least permission", () => {
  const context = () => {
    const { baseUrl } = emulator;
    const config: Record<string, string> = {
      "zerotrust:apiToken": EMULATOR_TOKEN,
      "zerotrust:baseUrl": baseUrl,
      "zerotrust:retries": "0",
    };
    return { readConfig: (key: string) => config[key], log: () => undefined };
  };
  const deployRevocation = () =>
    new OneResourceStack(userRevocation, emulator).up({ accountId: ACCOUNT, ...USER });

  it.each<Row>([
    ["getOrganization", "read", "none", () => fetchOrganization(SCOPE, context())],
    ["getDohSettings", "read", "none", () => fetchDohSettings(SCOPE, context())],
    ["revokeUser", "revoke", "read", () => revoke(SCOPE, USER, context())],
    ["UserRevocation", "revoke", "read", deployRevocation],
  ])("for %s is %s", async (_, least, lesser, run) => {
    await expectLeast(least, lesser, run);
  });
});
