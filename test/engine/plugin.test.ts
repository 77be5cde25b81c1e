import { EMULATOR_TOKEN, startEmulator, type Emulator } from "../../emulator/index.js";
import { accountId, organizationPath, requestsTo } from "./accounts.js";
import { environmentFor, startPlugin, type Plugin, type Properties } from "./plugin.js";
import { until } from "./running-command.js";

jest.setTimeout(60_000);

const ACCOUNT = accountId(1);
const ID = `accounts/${ACCOUNT}`;
const SOURCE = {
  __provider:
    'exports.handler = () => require("pulumi-cloudflare-zero-trust/provider").organization;',
};

const args = (settings: Properties = {}): Properties => ({
  ...SOURCE,
  accountId: ACCOUNT,
  ...settings,
});

describe("The SDK's plugin process", () => {
  let emulator: Emulator;
  let plugin: Plugin;

  beforeAll(async () => {
    emulator = await startEmulator();
    plugin = await startPlugin(environmentFor(emulator));
    await plugin.configure();
  });
  beforeEach(() => {
    emulator.seed("accounts", ACCOUNT, {
      name: "Widget Corp",
      session_duration: "24h",
      login_design: { header_text: "Widget Corp" },
    });
    emulator.clearRequests();
  });
  afterAll(async () => {
    await plugin.stop();
    await emulator.close();
  });

  /** Waits for a log line, because the plugin prints it on another channel than the response. */
  const logged = (line: string) => until(() => plugin.log.at(-1) === line);

  describe("in check", () => {
    it("returns valid inputs without nulls and hidden inputs, and sends no request", async () => {
      const declared = args({ sessionDuration: "12h", loginDesign: { headerText: "" } });
      const inputs = { ...declared, name: null, __dryRun: false };
      expect(await plugin.check({}, inputs)).toEqual({ inputs: declared, failures: [] });
      expect(emulator.requests).toEqual([]);
    });

    it("returns each failure with its property", async () => {
      const invalid = args({ sessionDuration: "long", loginDesign: { headerText: 1 } });
      expect((await plugin.check({}, invalid)).failures).toEqual([
        "loginDesign.headerText: must be a string, not the number 1",
        'sessionDuration: must be a duration such as "24h" or "1h30m" (units: ns, us, ms, s, m, h), not "long"',
      ]);
    });

    it("logs warnings as warnings of the engine", async () => {
      await plugin.check({}, args({ mfaConfig: { allowedAuthenticators: ["passkey"] } }));
      expect(plugin.log.at(-1)).toMatch(
        /^WARNING: .*"passkey" is not a value that this release knows/,
      );
    });
  });

  describe("in diff", () => {
    it("returns no changes for equivalent values", async () => {
      const olds = args({ sessionDuration: "24h", createdAt: "2026-11-01T00:00:00Z" });
      const news = args({ sessionDuration: "1440m" });
      expect(await plugin.diff(ID, olds, news)).toEqual({ changes: "none", replaces: [] });
    });

    it("leaves changes unknown, so that the engine shows them, and replaces for another account", async () => {
      const news = args({ sessionDuration: "12h" });
      const unknown = { changes: "unknown", replaces: [] };
      expect(await plugin.diff(ID, args({ sessionDuration: "24h" }), news)).toEqual(unknown);
      const moved = args({ accountId: accountId(2) });
      expect(await plugin.diff(ID, args(), moved)).toEqual({ ...unknown, replaces: ["accountId"] });
      expect(emulator.requests).toEqual([]);
    });
  });

  describe("in create", () => {
    it("adopts the live organization, and returns declared and computed outputs", async () => {
      const { id, outputs } = await plugin.create(args({ sessionDuration: "1440m" }));
      const live = emulator.organization("accounts", ACCOUNT);
      expect(id).toBe(ID);
      expect(outputs).toEqual(
        args({
          sessionDuration: "1440m",
          createdAt: live?.created_at as string,
          updatedAt: live?.updated_at as string,
          trustedAccounts: [],
        }),
      );
      expect(requestsTo(emulator, ACCOUNT)).toEqual(["GET"]);
    });

    it("fails with a message and without a stack trace", async () => {
      const failing = plugin.create(args({ accountId: accountId(9), sessionDuration: "12h" }));
      await expect(failing).rejects.toMatchObject({
        details: expect.stringMatching(
          /^The Zero Trust organization of account \w+ does not exist/,
        ) as string,
      });
    });

    it("responds in time after a partial failure", async () => {
      emulator.remove("accounts", ACCOUNT);
      emulator.fault({ method: "PUT", status: 400 });
      const failing = plugin.create(
        args({
          name: "Widget Corp",
          authDomain: "widget.cloudflareaccess.com",
          customPages: { forbidden: "699d98642c564d2e855e9661899b7252" },
        }),
      );
      await expect(failing).rejects.toMatchObject({
        details: expect.stringContaining("was rejected with 400") as string,
      });
      expect(requestsTo(emulator, ACCOUNT)).toEqual(["GET", "POST", "PUT"]);
    });
  });

  describe("in read", () => {
    it("returns outputs and inputs with the live values of managed settings", async () => {
      const { id, outputs, inputs } = await plugin.read(ID, args({ sessionDuration: "12h" }));
      expect(id).toBe(ID);
      expect(inputs).toEqual(args({ sessionDuration: "24h" }));
      expect(outputs).toMatchObject(args({ sessionDuration: "24h" }));
      expect(outputs).toHaveProperty("updatedAt");
    });

    it("returns a blank id for an organization that was not found, and logs the reason", async () => {
      emulator.remove("accounts", ACCOUNT);
      expect(await plugin.read(ID, args())).toMatchObject({ id: "" });
      await logged(
        `INFO: Cloudflare responded that the Zero Trust organization of account ${ACCOUNT} does not exist. A refresh removes the resource from Pulumi's state.`,
      );
    });
  });

  it("writes the difference in update, and returns all outputs", async () => {
    const olds = args({ sessionDuration: "24h" });
    const outputs = await plugin.update(ID, olds, args({ sessionDuration: "12h" }));
    expect(outputs).toMatchObject(args({ sessionDuration: "12h" }));
    expect(outputs).toHaveProperty("createdAt");
    expect(requestsTo(emulator, ACCOUNT)).toEqual(["GET", "PUT"]);
    expect(emulator.requests.at(-1)).toMatchObject({
      path: organizationPath(ACCOUNT),
      body: {
        session_duration: "12h",
        name: "Widget Corp",
        login_design: { header_text: "Widget Corp" },
      },
    });
  });

  it("sends no request in delete, and logs that the organization is unchanged", async () => {
    await plugin.delete(ID, args());
    expect(emulator.requests).toEqual([]);
    await logged(
      `INFO: No API call; the Zero Trust organization of account ${ACCOUNT} is unchanged.`,
    );
  });

  it("is configured for every call, also for concurrent first calls", async () => {
    const configured = await startPlugin({});
    try {
      await configured.configure({
        "cloudflare:apiToken": EMULATOR_TOKEN,
        "cloudflare:baseUrl": emulator.baseUrl,
      });
      const reads = await Promise.all([1, 2, 3].map(() => configured.read(ID, args())));
      expect(reads.map(({ id }) => id)).toEqual([ID, ID, ID]);
    } finally {
      await configured.stop();
    }
  });

  it("writes nothing to standard error, except one line instead of the stack trace of a failed read", async () => {
    expect(plugin.errorOutput()).toBe("");
    emulator.fault({ method: "GET", status: 403 });
    await expect(plugin.read(ID, args())).rejects.toMatchObject({
      details: expect.stringContaining("was rejected with 403") as string,
    });
    expect(plugin.errorOutput()).toMatchInlineSnapshot(`
      "Reading from Cloudflare failed: the error message of the resource says why
      "
    `);
  });
});
