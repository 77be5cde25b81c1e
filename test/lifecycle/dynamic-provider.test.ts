import { EMULATOR_TOKEN, startEmulator, type Emulator } from "../../emulator/index.js";
import { dohSettings, organization } from "../../provider/provider.js";
import { errorOf } from "../cloudflare/errors.js";
import { ACCOUNT, OTHER_ACCOUNT, TEAM_DOMAIN } from "../ids.js";
import { captureLogs } from "./captured-logs.js";
import { OneResourceStack, type Properties } from "./stack.js";

const INPUTS = { accountId: ACCOUNT, name: "Widget Corp", authDomain: TEAM_DOMAIN };
const SOURCE = { __provider: "code" };

captureLogs();

let emulator: Emulator;
beforeEach(async () => {
  emulator = await startEmulator();
  emulator.seed("accounts", ACCOUNT, { auth_domain: TEAM_DOMAIN, name: "Widget Corp" });
  new OneResourceStack(organization, emulator);
});
afterEach(() => emulator.close());

describe("The returned properties", () => {
  const create = async (inputs: Properties) =>
    (await organization.create({ ...inputs, ...SOURCE })).outs as Properties;

  it("are extensible, because the plugin adds __provider to them", async () => {
    const outs = await create({ ...INPUTS, loginDesign: {} });
    const read = await organization.read?.(`accounts/${ACCOUNT}`, { ...outs, ...SOURCE });
    const checked = await organization.check?.({}, { ...INPUTS, ...SOURCE });
    for (const returned of [outs, outs.loginDesign, read?.props, read?.inputs, checked?.inputs])
      expect(Object.isExtensible(returned)).toBe(true);
  });

  it("are copies, so that a change of them changes no later result", async () => {
    const declared = { ...INPUTS, loginDesign: { headerText: "Hi" } };
    const { loginDesign } = await create(declared);
    Object.assign(loginDesign as Properties, { headerText: "scribbled" });
    expect(declared.loginDesign).toEqual({ headerText: "Hi" });
    expect((await create(declared)).loginDesign).toEqual({ headerText: "Hi" });
  });
});

describe("Hidden keys", () => {
  it("are neither in checked inputs nor in requests", async () => {
    const hidden = { __program: { isPreview: false }, __something: { a: 1 }, ...SOURCE };
    const checked = await organization.check?.({}, { ...INPUTS, ...hidden });
    expect(checked).toEqual({ inputs: INPUTS, failures: [] });
    await organization.create({ ...INPUTS, name: "Gadget Corp", ...hidden });
    expect(JSON.stringify(emulator.requests.map(({ body }) => body))).not.toContain("__");
  });
});

describe("The diff", () => {
  const OTHER_CODE = { __provider: "other code" };
  const UPPER_CASE = { accountId: ACCOUNT.toUpperCase() };

  it.each<[string, olds: Properties, news: Properties, result: object]>([
    [
      "has no changes if only computed outputs differ",
      { updatedAt: "before", createdAt: "then" },
      {},
      { changes: false },
    ],
    [
      "leaves changes undefined if a value differs, so that the engine shows the details",
      { sessionDuration: "24h" },
      { sessionDuration: "12h" },
      { replaces: [] },
    ],
    [
      "has changes if another provider's code is in state",
      OTHER_CODE,
      SOURCE,
      { changes: true, replaces: [] },
    ],
    [
      "replaces the resource if another provider's code is in state and the account changes",
      OTHER_CODE,
      { ...SOURCE, accountId: OTHER_ACCOUNT },
      { changes: true, replaces: ["accountId"] },
    ],
    [
      "replaces the resource if a zone takes the place of the account",
      {},
      { accountId: undefined, zoneId: OTHER_ACCOUNT },
      { replaces: ["accountId", "zoneId"] },
    ],
    ["ignores the letter case of an id", {}, UPPER_CASE, { changes: false }],
    [
      "ignores the letter case of an id if a value differs",
      {},
      { ...UPPER_CASE, sessionDuration: "1h" },
      { replaces: [] },
    ],
  ])("%s", async (_, olds, news, result) => {
    const id = `accounts/${ACCOUNT}`;
    expect(await organization.diff?.(id, { ...INPUTS, ...olds }, { ...INPUTS, ...news })).toEqual(
      result,
    );
  });
});

describe("The error", () => {
  it.each<[string, () => Promise<unknown> | undefined, string]>([
    ["check", () => organization.check?.({}, null), "Checking failed"],
    ["diff", () => organization.diff?.("", null, null), "Comparing failed"],
    ["read", () => organization.read?.("invalid", SOURCE), "Reading from Cloudflare failed"],
  ])(
    "of %s points to its message in the second line that the SDK prints",
    async (_, operation, line) => {
      const error = await errorOf(Promise.resolve(operation()));
      expect(`${String(error)}: ${error.stack}`).toBe(
        `${line}: the error message of the resource says why`,
      );
    },
  );
});

describe("configure", () => {
  it("takes effect before it returns, because the SDK does not await it", async () => {
    const get = (key: string) =>
      ({ "zerotrust:apiToken": EMULATOR_TOKEN, "zerotrust:baseUrl": emulator.baseUrl })[key];
    void dohSettings.configure?.({ config: { get, require: get } as never });
    await dohSettings.read?.(`accounts/${ACCOUNT}`, { accountId: ACCOUNT, ...SOURCE });
    expect(emulator.requests.at(-1)?.path).toMatch(/\/doh$/);
  });
});
