import { EMULATOR_TOKEN, startEmulator, type Emulator } from "../../emulator/index.js";
import { dohSettings, organization } from "../../provider/provider.js";
import { ACCOUNT, OTHER_ACCOUNT, TEAM_DOMAIN } from "../ids.js";
import { json } from "../schema/arbitrary-settings.js";
import { fc } from "../property.js";
import { listen } from "./heard.js";
import { OneResourceStack, type Properties } from "./stack.js";

const ARGS = { accountId: ACCOUNT, name: "Widget Corp", authDomain: TEAM_DOMAIN };
const SOURCE = { __provider: "code" };
const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

listen();

let emulator: Emulator;
beforeEach(async () => {
  emulator = await startEmulator();
  emulator.seed("accounts", ACCOUNT, { auth_domain: TEAM_DOMAIN, name: "Widget Corp" });
  new OneResourceStack(organization, emulator);
});
afterEach(() => emulator.close());

const failureOf = async (run: Promise<unknown> | undefined): Promise<Error> => {
  const error: unknown = await run?.then(
    () => new Error("it did not fail"),
    (reason: unknown) => reason,
  );
  return error instanceof Error ? error : new Error(`not an Error: ${String(error)}`);
};

describe("what is returned", () => {
  const create = async (args: Properties) =>
    (await organization.create({ ...args, ...SOURCE })).outs as Properties;

  it("may be written to: the plugin adds the code to it", async () => {
    const outs = await create({ ...ARGS, loginDesign: {} });
    const read = await organization.read?.(`accounts/${ACCOUNT}`, { ...outs, ...SOURCE });
    const checked = await organization.check?.({}, { ...ARGS, ...SOURCE });
    for (const returned of [outs, outs.loginDesign, read?.props, read?.inputs, checked?.inputs])
      expect(Object.isExtensible(returned)).toBe(true);
  });

  it("is nobody else's: writing to it changes no later answer", async () => {
    const stated = { ...ARGS, loginDesign: { headerText: "Hi" } };
    const { loginDesign } = await create(stated);
    Object.assign(loginDesign as Properties, { headerText: "scribbled" });
    expect(stated.loginDesign).toEqual({ headerText: "Hi" });
    expect((await create(stated)).loginDesign).toEqual({ headerText: "Hi" });
  });
});

describe("what is Pulumi's own", () => {
  it("never reaches inputs, nor the API", async () => {
    const hidden = { __dryRun: false, __something: { a: 1 }, ...SOURCE };
    const checked = await organization.check?.({}, { ...ARGS, ...hidden });
    expect(checked).toEqual({ inputs: ARGS, failures: [] });
    await organization.create({ ...ARGS, name: "Gadget Corp", ...hidden });
    expect(JSON.stringify(emulator.requests.map(({ body }) => body))).not.toContain("__");
  });
});

describe("diff", () => {
  const diff = (olds: object, news: object) =>
    organization.diff?.(`accounts/${ACCOUNT}`, { ...ARGS, ...olds }, { ...ARGS, ...news });

  it("says that nothing changes where the meaning is the same, whatever was computed", async () => {
    const olds = { sessionDuration: "24h", updatedAt: "before", createdAt: "then" };
    expect(await diff(olds, { sessionDuration: "1440m" })).toEqual({ changes: false });
  });

  it("leaves it to the engine to say what changes: only so are the details shown", async () => {
    const result = await diff({ sessionDuration: "24h" }, { sessionDuration: "12h" });
    expect(result?.changes).toBeUndefined();
    expect(result?.replaces).toEqual([]);
  });

  it("counts a setting that is newly stated or taken out, also an empty one", async () => {
    expect((await diff({}, { denyUnmatchedRequests: false }))?.changes).toBeUndefined();
    expect((await diff({ sessionDuration: "" }, {}))?.changes).toBeUndefined();
  });

  it("replaces where account or zone change", async () => {
    expect((await diff({}, { accountId: OTHER_ACCOUNT }))?.replaces).toEqual(["accountId"]);
    const zone = { accountId: undefined, zoneId: OTHER_ACCOUNT };
    expect((await diff({}, zone))?.replaces).toEqual(["accountId", "zoneId"]);
  });

  it("does not take an id in another letter case for another one", async () => {
    const upper = { accountId: ACCOUNT.toUpperCase() };
    expect(await diff({}, upper)).toEqual({ changes: false });
    expect((await diff({}, { ...upper, sessionDuration: "1h" }))?.replaces).toEqual([]);
  });

  it("takes what a preview does not know yet for a change", async () => {
    expect((await diff({ sessionDuration: "24h" }, { sessionDuration: UNKNOWN }))?.changes).toBe(
      undefined,
    );
  });
});

describe("a failure", () => {
  const refusal = {
    status: 400,
    body: { success: false, errors: [{ code: 12130, message: "No." }] },
    times: Infinity,
  };

  it.each<[string, () => Promise<unknown> | undefined]>([
    ["create", () => organization.create({ ...ARGS, ...SOURCE })],
    ["update", () => organization.update?.(`accounts/${ACCOUNT}`, ARGS, { ...ARGS, ...SOURCE })],
    ["read", () => organization.read?.(`accounts/${ACCOUNT}`, { ...ARGS, ...SOURCE })],
  ])("of %s says what Cloudflare said, and shows no stack", async (_, operation) => {
    emulator.fault(refusal);
    const error = await failureOf(operation());
    expect(error.message).toContain("12130: No.");
    expect(`${String(error)} ${error.stack}`).not.toMatch(/\n\s+at |node_modules|\.[jt]s:\d/);
    expect(error.message).not.toContain(EMULATOR_TOKEN);
  });

  it.each<[string, () => Promise<unknown> | undefined, string]>([
    ["check", () => organization.check?.({}, null), "Checking failed"],
    ["diff", () => organization.diff?.("", null, null), "Comparing failed"],
    ["read", () => organization.read?.("elsewhere", SOURCE), "Reading from Cloudflare failed"],
  ])("of %s is called so in the line that the SDK prints besides", async (_, operation, line) => {
    const error = await failureOf(operation());
    expect(`${String(error)}: ${error.stack}`).toBe(`${line}: its own message says why`);
  });

  it("without credentials says where to put them", async () => {
    const before = process.env;
    process.env = {
      ...before,
      CLOUDFLARE_API_TOKEN: "",
      CLOUDFLARE_API_KEY: "",
      CLOUDFLARE_EMAIL: "",
    };
    const nothing = { get: () => undefined, require: () => "" };
    await dohSettings.configure?.({ config: nothing });
    const error = await failureOf(dohSettings.create({ accountId: ACCOUNT, ...SOURCE }));
    process.env = before;
    expect(error.message).toMatch(/^No Cloudflare credentials were found/);
  });
});

describe("configure", () => {
  it("is done before anything is awaited: a parallel call may already be there", async () => {
    const get = (key: string) =>
      ({ "zerotrust:apiToken": EMULATOR_TOKEN, "zerotrust:baseUrl": emulator.baseUrl })[key];
    void dohSettings.configure?.({ config: { get, require: get } as never });
    await dohSettings.read?.(`accounts/${ACCOUNT}`, { accountId: ACCOUNT, ...SOURCE });
    expect(emulator.requests.at(-1)?.path).toMatch(/\/doh$/);
  });
});

describe("check", () => {
  it("throws at no input", async () => {
    const names = ["accountId", "zoneId", "name", "loginDesign", "mfaConfig", "additionalSettings"];
    const anything = fc.oneof(
      fc.dictionary(fc.constantFrom(...names, "__proto__", "constructor", "toString"), json),
      fc.dictionary(fc.string(), json),
    );
    await fc.assert(
      fc.asyncProperty(anything, anything, async (olds, news) => {
        const result = await organization.check?.({ ...olds }, { ...news, ...SOURCE });
        expect(Array.isArray(result?.failures)).toBe(true);
      }),
      { numRuns: 300 },
    );
  });
});
