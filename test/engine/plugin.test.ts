import { EMULATOR_TOKEN, startEmulator, type Emulator } from "../../emulator/index.js";
import { accountId, liveSettings, organizationPath, requestsTo } from "./accounts.js";
import { environmentFor, startPlugin, type Plugin, type Properties } from "./plugin.js";
import { until } from "./underway.js";

jest.setTimeout(60_000);

const ACCOUNT = accountId(1);
const ID = `accounts/${ACCOUNT}`;
const SOURCE = {
  __provider:
    'exports.handler = () => require("pulumi-cloudflare-zero-trust/provider").organization;',
};
const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

const args = (settings: Properties = {}): Properties => ({
  ...SOURCE,
  accountId: ACCOUNT,
  ...settings,
});

describe("the SDK's plugin process", () => {
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

  /** What is printed comes on another way than the answer, and may come later. */
  const told = (line: string) => until(() => plugin.log.at(-1) === line);

  describe("check", () => {
    it("passes right arguments on as they are, without a call", async () => {
      const stated = args({ sessionDuration: "12h", loginDesign: { headerText: "" } });
      expect(await plugin.check({}, stated)).toEqual({ inputs: stated, failures: [] });
      expect(emulator.requests).toEqual([]);
    });

    it("leaves out what is null, and what only the resource class has to say to it", async () => {
      const stated = args({ sessionDuration: "12h", name: null, __dryRun: false });
      const { inputs } = await plugin.check({}, stated);
      expect(inputs).toEqual(args({ sessionDuration: "12h" }));
    });

    it("takes values that a preview does not know yet, wherever they stand", async () => {
      const stated = {
        ...SOURCE,
        accountId: UNKNOWN,
        denyUnmatchedRequests: UNKNOWN,
        loginDesign: { headerText: UNKNOWN },
        mfaConfig: { allowedAuthenticators: ["totp", UNKNOWN] },
        serviceTokenInactivity: UNKNOWN,
      };
      expect(await plugin.check({}, stated)).toEqual({ inputs: stated, failures: [] });
    });

    it("reports every problem at its property", async () => {
      const { failures } = await plugin.check(
        {},
        args({ sessionDuration: "long", loginDesign: { headerText: 1 } }),
      );
      expect(failures).toEqual([
        "loginDesign.headerText: must be a string, not the number 1",
        'sessionDuration: must be a duration such as "24h" or "1h30m" (units: ns, us, ms, s, m, h), not "long"',
      ]);
    });

    it("has warnings shown as warnings", async () => {
      await plugin.check({}, args({ mfaConfig: { allowedAuthenticators: ["passkey"] } }));
      expect(plugin.log.at(-1)).toMatch(
        /^WARNING: .*"passkey" is not a value that this release knows/,
      );
    });
  });

  describe("diff", () => {
    const diff = (olds: Properties, news: Properties) => plugin.diff(ID, args(olds), args(news));

    it("finds nothing where both mean the same", async () => {
      const olds = { sessionDuration: "24h", createdAt: "2026-11-01T00:00:00Z" };
      const news = { sessionDuration: "1440m" };
      expect(await diff(olds, news)).toEqual({ changes: "none", replaces: [] });
    });

    it.each([
      ["another value", { sessionDuration: "24h" }, { sessionDuration: "12h" }],
      ["a newly stated false", {}, { denyUnmatchedRequests: false }],
      ["an argument taken out", { denyUnmatchedRequests: true }, {}],
      [
        "a member taken out",
        { loginDesign: { headerText: "", footerText: "" } },
        { loginDesign: { headerText: "" } },
      ],
    ])("leaves %s to the engine to show", async (_, olds, news) => {
      expect(await diff(olds, news)).toEqual({ changes: "unknown", replaces: [] });
    });

    it("replaces on another account", async () => {
      const news = args({ accountId: accountId(2) });
      expect(await plugin.diff(ID, args(), news)).toEqual({
        changes: "unknown",
        replaces: ["accountId"],
      });
    });

    it("asks Cloudflare nothing", async () => {
      await diff({ sessionDuration: "24h" }, { sessionDuration: "12h" });
      expect(emulator.requests).toEqual([]);
    });
  });

  describe("create", () => {
    it("adopts the live organization and returns what is stated and computed", async () => {
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

    it("fails with a message and without a stack", async () => {
      const refused = plugin.create(args({ accountId: accountId(9), sessionDuration: "12h" }));
      await expect(refused).rejects.toMatchObject({
        details: expect.stringMatching(/^There is no Zero Trust organization of account/) as string,
      });
    });

    it("answers in time when only half of it went through", async () => {
      emulator.remove("accounts", ACCOUNT);
      emulator.fault({ method: "PUT", status: 400 });
      const half = plugin.create(
        args({
          name: "Widget Corp",
          authDomain: "widget.cloudflareaccess.com",
          customPages: { forbidden: "699d98642c564d2e855e9661899b7252" },
        }),
      );
      await expect(half).rejects.toMatchObject({
        details: expect.stringContaining("was rejected with 400") as string,
      });
      expect(requestsTo(emulator, ACCOUNT)).toEqual(["GET", "POST", "PUT"]);
    });

    it("writes to one organization one after another", async () => {
      emulator.fault({ method: "GET", delayMs: 200 });
      await Promise.all([
        plugin.create(args({ sessionDuration: "12h" })),
        plugin.create(args({ warpAuthSessionDuration: "36h" })),
      ]);
      expect(requestsTo(emulator, ACCOUNT)).toEqual(["GET", "PUT", "GET", "PUT"]);
      expect(liveSettings(emulator, ACCOUNT)).toMatchObject({
        session_duration: "12h",
        warp_auth_session_duration: "36h",
      });
    });
  });

  describe("read", () => {
    it("returns outputs and inputs with the live values of what is stated", async () => {
      const { id, outputs, inputs } = await plugin.read(ID, args({ sessionDuration: "12h" }));
      expect(id).toBe(ID);
      expect(inputs).toEqual(args({ sessionDuration: "24h" }));
      expect(outputs).toMatchObject(args({ sessionDuration: "24h" }));
      expect(outputs).toHaveProperty("updatedAt");
    });

    it("keeps the spelling that means the same, and reads what is gone as empty", async () => {
      const stated = args({
        sessionDuration: "1440m",
        userSeatExpirationInactiveTime: "1460h",
        denyUnmatchedRequests: true,
        loginDesign: { headerText: "Widget Corp", footerText: "Need help?" },
      });
      const { inputs } = await plugin.read(ID, stated);
      expect(inputs).toEqual(
        args({
          sessionDuration: "1440m",
          userSeatExpirationInactiveTime: "",
          denyUnmatchedRequests: false,
          loginDesign: { headerText: "Widget Corp", footerText: "" },
        }),
      );
    });

    it("answers a blank id for an organization that is gone, and says why", async () => {
      emulator.remove("accounts", ACCOUNT);
      expect(await plugin.read(ID, args())).toMatchObject({ id: "" });
      await told(
        `INFO: Cloudflare responded that there is no Zero Trust organization of account ${ACCOUNT}. A refresh removes the resource from Pulumi's state.`,
      );
    });
  });

  describe("update", () => {
    it("returns all outputs, and writes what differs", async () => {
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
  });

  describe("delete", () => {
    it("asks Cloudflare nothing, and says that the organization stays", async () => {
      await plugin.delete(ID, args());
      expect(emulator.requests).toEqual([]);
      await told(
        `INFO: No API call; the Zero Trust organization of account ${ACCOUNT} is unchanged.`,
      );
    });
  });

  it("is configured for every call, also for those that come together with the first", async () => {
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

  it("complains of nothing, and of a failed read with one line in place of the stack", async () => {
    expect(plugin.complaints()).toBe("");
    emulator.fault({ method: "GET", status: 403 });
    await expect(plugin.read(ID, args())).rejects.toMatchObject({
      details: expect.stringContaining("was rejected with 403") as string,
    });
    expect(plugin.complaints()).toMatchInlineSnapshot(`
      "Reading from Cloudflare failed: see the message
      "
    `);
  });
});
