import { startEmulator, type Emulator } from "../../emulator/index.js";
import { accountId, liveSettings, requestsTo } from "./accounts.js";
import { environmentFor, startPlugin, type Plugin, type Properties } from "./plugin.js";

jest.setTimeout(60_000);

const ACCOUNT = accountId(1);
const ID = `accounts/${ACCOUNT}`;
const TEAM = { name: "Widget Corp", authDomain: "widget.cloudflareaccess.com" };
const LIVE_TEAM = { name: "Widget Corp", auth_domain: "widget.cloudflareaccess.com" };

const args = (settings: Properties = {}): Properties => ({
  __provider:
    'exports.handler = () => require("pulumi-cloudflare-zero-trust/provider").organization;',
  accountId: ACCOUNT,
  ...settings,
});

let emulator: Emulator;
let plugin: Plugin;
let pristine: Pick<Emulator, "behavior" | "credentials">;

beforeAll(async () => {
  emulator = await startEmulator({ outputOnlyFields: ["answered_only"] });
  pristine = structuredClone({ behavior: emulator.behavior, credentials: emulator.credentials });
  plugin = await startPlugin(environmentFor(emulator));
  await plugin.configure();
});

beforeEach(() => {
  const { behavior, credentials } = structuredClone(pristine);
  Object.assign(emulator.behavior, behavior);
  emulator.credentials.splice(0, Infinity, ...credentials);
  emulator.seed("accounts", ACCOUNT, LIVE_TEAM);
  emulator.clearRequests();
});

afterAll(async () => {
  await plugin.stop();
  await emulator.close();
});

/** What a person reads of a call that has to fail. */
async function refusal(call: Promise<unknown>): Promise<string> {
  const error: unknown = await call.then(
    () => new Error("It was not refused."),
    (reason: unknown) => reason,
  );
  const { details = String(error) } = error as { details?: string };
  return details.replace(/\(ray id [^)]+\)/, "(ray id …)");
}

function answer(status: number, code: number, message: string, chain: readonly string[] = []) {
  const error = { code, message, error_chain: chain.map((reason) => ({ message: reason })) };
  return { status, body: { success: false, errors: [error], messages: [], result: null } };
}

describe("there is no organization", () => {
  it.each(["not_enabled", "sparse", "not_found"] as const)(
    "where Cloudflare says so, in whatever form (%s)",
    async (form) => {
      emulator.remove("accounts", ACCOUNT);
      emulator.behavior.neverEnabled = form;

      expect(await plugin.read(ID, args())).toMatchObject({ id: "" });
      emulator.clearRequests();
      await plugin.create(args(TEAM));
      expect(requestsTo(emulator, ACCOUNT)).toEqual(["GET", "POST"]);
      expect(liveSettings(emulator, ACCOUNT)).toEqual(LIVE_TEAM);
    },
  );

  it("and then there is one, made by someone else meanwhile: it is adopted", async () => {
    emulator.fault({ method: "GET", ...answer(403, 9999, "access.api.error.not_enabled") });
    await plugin.create(args({ ...TEAM, sessionDuration: "12h" }));
    expect(requestsTo(emulator, ACCOUNT)).toEqual(["GET", "POST", "GET", "PUT"]);
    expect(liveSettings(emulator, ACCOUNT)).toEqual({ ...LIVE_TEAM, session_duration: "12h" });
  });

  it("and Cloudflare makes none before a plan is picked", async () => {
    emulator.remove("accounts", ACCOUNT);
    emulator.behavior.postRejected = true;
    expect(await refusal(plugin.create(args(TEAM)))).toMatchInlineSnapshot(`
      "POST /accounts/00000000000000000000000000000001/access/organizations was rejected with 403
        9999: access.api.error.not_enabled: access is not enabled. Visit the Access dashboard and click the 'Enable Access' button.
        (ray id …)
      Zero Trust is not enabled for account 00000000000000000000000000000001. Choose a plan in the dashboard."
    `);
  });
});

describe("an organization is never taken for gone, and the person is told what to do, when", () => {
  it("the token lacks the permission", async () => {
    emulator.credentials.forEach((credential) => (credential.access = "none"));
    expect(await refusal(plugin.read(ID, args()))).toMatchInlineSnapshot(`
      "GET /accounts/00000000000000000000000000000001/access/organizations was rejected with 403
        10000: Authentication error
        (ray id …)
      The API token from the environment lacks a permission for account 00000000000000000000000000000001. Check the id, and add the permission "Access: Organizations" (Read) or "Access: Organizations, Identity Providers, and Groups" (Read) to the token for it. The organization may exist nevertheless."
    `);
  });

  it("the token may read and not write", async () => {
    emulator.credentials.forEach((credential) => (credential.access = "read"));
    expect(await plugin.read(ID, args())).toMatchObject({ id: ID });
    const update = plugin.update(ID, args(), args({ sessionDuration: "12h" }));
    expect(await refusal(update)).toMatchInlineSnapshot(`
      "PUT /accounts/00000000000000000000000000000001/access/organizations was rejected with 403
        10000: Authentication error
        (ray id …)
      The API token from the environment lacks a permission for account 00000000000000000000000000000001. Check the id, and add the permission "Access: Organizations" (Write) or "Access: Organizations, Identity Providers, and Groups" (Write) to the token for it. The organization may exist nevertheless."
    `);
  });

  it("the token is one of another account", async () => {
    emulator.credentials.forEach((credential) => (credential.ids = [accountId(2)]));
    expect(await refusal(plugin.read(ID, args()))).toMatchInlineSnapshot(`
      "GET /accounts/00000000000000000000000000000001/access/organizations was rejected with 403
        9109: Unauthorized to access requested resource
        (ray id …)
      The API token from the environment lacks a permission for account 00000000000000000000000000000001. Check the id, and add the permission "Access: Organizations" (Read) or "Access: Organizations, Identity Providers, and Groups" (Read) to the token for it. The organization may exist nevertheless."
    `);
  });

  it("the token is unknown", async () => {
    emulator.credentials.splice(0);
    expect(await refusal(plugin.read(ID, args()))).toMatchInlineSnapshot(`
      "GET /accounts/00000000000000000000000000000001/access/organizations was rejected with 403
        9109: Invalid access token
        (ray id …)
      The API token from the environment is invalid, expired or revoked. Create a new token."
    `);
  });

  it("there is no such route", async () => {
    emulator.fault(answer(404, 7000, "No route for that URI"));
    expect(await refusal(plugin.read(ID, args()))).toMatchInlineSnapshot(`
      "GET /accounts/00000000000000000000000000000001/access/organizations was rejected with 404
        7000: No route for that URI
        (ray id …)
      The API does not know this route or id. Check account 00000000000000000000000000000001 and the base URL."
    `);
  });

  it("a 9999 speaks of something else", async () => {
    emulator.fault(answer(403, 9999, "access.api.error.something_else"));
    expect(await refusal(plugin.read(ID, args()))).toMatchInlineSnapshot(`
      "GET /accounts/00000000000000000000000000000001/access/organizations was rejected with 403
        9999: access.api.error.something_else
        (ray id …)"
    `);
  });
});

describe("a refused write says what is wrong, and leaves the organization as it is, when", () => {
  const update = (settings: Properties) => plugin.update(ID, args(), args(settings));
  let before: unknown;

  beforeEach(() => {
    before = emulator.organization("accounts", ACCOUNT);
  });

  it("the authDomain is another organization's", async () => {
    emulator.seed("accounts", accountId(2), { auth_domain: "taken.cloudflareaccess.com" });
    const refused = update({ authDomain: "taken.cloudflareaccess.com" });
    expect(await refusal(refused)).toMatchInlineSnapshot(`
      "PUT /accounts/00000000000000000000000000000001/access/organizations was rejected with 400
        11003: access.api.error.auth_domain_not_available
        (ray id …)
      Another organization uses this authDomain. Team names are unique among all Cloudflare customers. Choose another one."
    `);
    expect(emulator.organization("accounts", ACCOUNT)).toEqual(before);
  });

  it("the authDomain is held by single sign-on", async () => {
    emulator.behavior.dashboardSso = [ACCOUNT];
    const refused = update({ authDomain: "other.cloudflareaccess.com" });
    expect(await refusal(refused)).toMatchInlineSnapshot(`
      "PUT /accounts/00000000000000000000000000000001/access/organizations was rejected with 400
        12106: access.api.error.auth_domain_cannot_be_updated_dash_sso
        (ray id …)
      authDomain cannot change while single sign-on for the Cloudflare dashboard is active. Turn it off first, or keep the current authDomain."
    `);
    expect(emulator.organization("accounts", ACCOUNT)).toEqual(before);
  });

  it("an authenticator is not known to Cloudflare", async () => {
    emulator.behavior.mfaNames = "old";
    const refused = update({ mfaConfig: { allowedAuthenticators: ["piv_key"] } });
    expect(await refusal(refused)).toMatchInlineSnapshot(`
      "PUT /accounts/00000000000000000000000000000001/access/organizations was rejected with 400
        12062: access.api.error.invalid_org_config
          mfa_config.allowed_authenticators.0: invalid mfa authenticator type
        (ray id …)
      Cloudflare does not know a value of mfaConfig.allowedAuthenticators. "ssh_piv_key" is now called "piv_key"."
    `);
    expect(emulator.organization("accounts", ACCOUNT)).toEqual(before);
  });

  it("a key that this release does not know is only answered, and never taken", async () => {
    emulator.edit("accounts", ACCOUNT, { answered_only: "yes" });
    before = emulator.organization("accounts", ACCOUNT);
    expect(await refusal(update({ sessionDuration: "12h" }))).toMatchInlineSnapshot(`
      "PUT /accounts/00000000000000000000000000000001/access/organizations was rejected with 400
        12062: access.api.error.invalid_org_config
          answered_only: unknown field
        (ray id …)
      Cloudflare rejected the settings. The lines above name the setting.
      The program does not declare or change answered_only: the request repeated the live value. If Cloudflare rejects it, declare it, or leave it out of requests: set CLOUDFLARE_ZERO_TRUST_NEVER_SEND=answered_only, or use zerotrust:neverSend of the stack configuration or neverSend of the Provider. Cloudflare may reset a field that a request leaves out."
    `);
    expect(emulator.organization("accounts", ACCOUNT)).toEqual(before);
  });

  it("the settings would contradict each other", async () => {
    const refused = update({ mfaRequiredForAllApps: true });
    expect(await refusal(refused)).toMatchInlineSnapshot(`
      "PUT /accounts/00000000000000000000000000000001/access/organizations was rejected with 400
        12062: access.api.error.invalid_org_config
          mfa_required_for_all_apps: requires mfa_config.allowed_authenticators
        (ray id …)
      Cloudflare rejected the settings. The lines above name the setting."
    `);
    expect(emulator.organization("accounts", ACCOUNT)).toEqual(before);
    expect(requestsTo(emulator, ACCOUNT)).toEqual(["GET", "PUT"]); // Cloudflare decides (W10)
  });
});
