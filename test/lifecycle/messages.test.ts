import { startEmulator, type Emulator } from "../../emulator/index.js";
import { organization } from "../../provider/provider.js";
import { withoutRayId } from "../cloudflare/connection-to.js";
import { ACCOUNT, TEAM_DOMAIN, ZONE } from "../ids.js";
import { listen } from "./heard.js";
import { OneResourceStack } from "./stack.js";

const ARGS = { accountId: ACCOUNT, name: "Widget Corp", authDomain: TEAM_DOMAIN };
const heard = listen();

let emulator: Emulator;
let stack: OneResourceStack;
beforeEach(async () => {
  emulator = await startEmulator();
  stack = new OneResourceStack(organization, emulator);
});
afterEach(() => emulator.close());

const adopt = (settings: object = {}) =>
  emulator.seed("accounts", ACCOUNT, {
    auth_domain: TEAM_DOMAIN,
    name: "Widget Corp",
    ...settings,
  });
const failureOf = async (operation: Promise<unknown>): Promise<string> => {
  const message = await operation.then(
    () => "it did not fail",
    (error: unknown) => (error as Error).message,
  );
  return withoutRayId(message);
};

describe("an error says what to do", () => {
  it("where there is no organization, and the program does not say how to make one", async () => {
    expect(await failureOf(stack.up({ accountId: ACCOUNT }))).toMatchInlineSnapshot(
      `"There is no Zero Trust organization on accounts/023e105f4ecef8ad9ca31a8372d0c353 yet, and to have it made the program must state name and authDomain. If it should exist, check the id; Zero Trust is enabled for an account by picking a plan in the dashboard."`,
    );
  });

  it("where the settings, stated and live, contradict each other", async () => {
    adopt({
      mfa_config: { allowed_authenticators: ["totp"], session_duration: "24h" },
      mfa_required_for_all_apps: true,
    });
    expect(await failureOf(stack.up({ ...ARGS, mfaConfig: {} }))).toMatchInlineSnapshot(`
      "Nothing was written to the Zero Trust organization of accounts/023e105f4ecef8ad9ca31a8372d0c353, since its settings would contradict each other:
        mfaConfig.allowedAuthenticators: mfaRequiredForAllApps needs at least one authenticator: state some, such as ["totp"]
        mfaConfig.sessionDuration: mfaRequiredForAllApps needs an MFA session duration: state one, such as "24h""
    `);
    expect(emulator.requests.map(({ method }) => method)).toEqual(["GET"]);
  });

  it("where a refusal may come from keys that nobody here knows", async () => {
    await emulator.close();
    emulator = await startEmulator({ outputOnlyFields: ["cache_of_tomorrow"] });
    adopt({ cache_of_tomorrow: true, another_one: 1, stated_one: 1 });
    stack = new OneResourceStack(organization, emulator);
    const args = { ...ARGS, additionalSettings: { stated_one: 2 } };
    expect(await failureOf(stack.up(args))).toMatchInlineSnapshot(`
      "PUT /accounts/023e105f4ecef8ad9ca31a8372d0c353/access/organizations was refused with 400
        12062: access.api.error.invalid_org_config
          cache_of_tomorrow: unknown field
        (ray id <ray>)
      Cloudflare rejected the settings. The lines above name the setting.
      The body held settings that this release does not know, as Cloudflare answered them: cache_of_tomorrow. If they are at fault, have them left out: CLOUDFLARE_ZERO_TRUST_NEVER_SEND=cache_of_tomorrow in the environment, zerotrust:neverSend in the stack's configuration, or neverSend of the Provider."
    `);
    expect(emulator.organization("accounts", ACCOUNT)).toMatchObject({ stated_one: 1 });

    const without = new OneResourceStack(organization, emulator, {
      config: { "zerotrust:neverSend": "cache_of_tomorrow" },
    });
    expect(await without.up(args)).toBe("created");
    expect(emulator.organization("accounts", ACCOUNT)).toMatchObject({
      cache_of_tomorrow: true,
      another_one: 1,
      stated_one: 2,
    });
  });
});

describe("a refusal", () => {
  it("blames no setting by the mere word `name`, which any sentence may hold", async () => {
    adopt({ another_one: 1 });
    const chain = [{ message: "unknown field name" }];
    const error = { code: 12062, message: "access.api.error.invalid_org_config" };
    emulator.fault({
      method: "PUT",
      status: 400,
      body: {
        success: false,
        errors: [{ ...error, error_chain: chain }],
        messages: [],
        result: null,
      },
    });
    const args = { accountId: ACCOUNT, sessionDuration: "1h" };
    expect(await failureOf(stack.up(args))).toContain(
      "CLOUDFLARE_ZERO_TRUST_NEVER_SEND=another_one ",
    );
  });
});

describe("a member that nobody here knows", () => {
  const LIVE = { action: "disable", enabled: true, inactivity_threshold_days: 30, notify: "ops" };
  const stated = { action: "disable", enabled: true, inactivityThresholdDays: 90 };
  const args = { ...ARGS, serviceTokenInactivity: stated };

  it("is named where it is refused, and can be left out", async () => {
    adopt({ service_token_inactivity: LIVE });
    const message = await failureOf(stack.up(args));
    expect(message).toMatch(/are at fault.*_NEVER_SEND=service_token_inactivity\.notify in the/s);

    const config = { "zerotrust:neverSend": "service_token_inactivity.notify" };
    const without = new OneResourceStack(organization, emulator, { config });
    expect(await without.up(args)).toBe("created");
    expect(emulator.requests.at(-1)?.body).toMatchObject({
      service_token_inactivity: { action: "disable", enabled: true, inactivity_threshold_days: 90 },
    });
    expect(heard.warnings.join()).toContain("with this write: serviceTokenInactivity.notify.");
  });
});

describe("a warning", () => {
  it("names what Cloudflare took and does not show as stated", async () => {
    adopt();
    emulator.behavior.strictServiceTokenAuthOff = "ignored";
    emulator.edit("accounts", ACCOUNT, { strict_service_token_auth: true });
    await stack.up({ ...ARGS, strictServiceTokenAuth: false });
    expect(heard.warnings.join("\n")).toMatchInlineSnapshot(
      `"Cloudflare took the settings of the Zero Trust organization of accounts/023e105f4ecef8ad9ca31a8372d0c353, but does not show these as stated: strictServiceTokenAuth."`,
    );
    expect(stack.outputs.strictServiceTokenAuth).toBe(true);
  });

  it("names what a write changed although nobody asked for it", async () => {
    adopt({ trusted_accounts: ["one"] });
    emulator.behavior.putClearsTrustedAccounts = true;
    await stack.up({ ...ARGS, sessionDuration: "12h" });
    expect(heard.warnings.join("\n")).toMatchInlineSnapshot(
      `"Something that the program does not state changed on the Zero Trust organization of accounts/023e105f4ecef8ad9ca31a8372d0c353 with this write: trusted_accounts. Look at it in the dashboard."`,
    );
  });

  it("names what a zone's write resets, since it can't carry it", async () => {
    emulator.seed("zones", ZONE, { deny_unmatched_requests: true });
    emulator.behavior.zonePutResetsDenyUnmatched = true;
    await stack.up({ zoneId: ZONE, name: "Of a zone" });
    expect(heard.warnings.join("\n")).toMatchInlineSnapshot(
      `"Something that the program does not state changed on the Zero Trust organization of zones/699d98642c564d2e855e9661899b7252 with this write: denyUnmatchedRequests. Look at it in the dashboard."`,
    );
  });

  it("is not given where all went as stated", async () => {
    adopt({ trusted_accounts: ["one"], login_design: { header_text: "Hi" } });
    await stack.up({ ...ARGS, sessionDuration: "12h", loginDesign: {} });
    expect(heard.warnings).toEqual([]);
  });
});

describe("a line", () => {
  it("passes on what Cloudflare says to a write", async () => {
    emulator.behavior.writeMessages.push({ code: 1234, message: "Saved, and noted." });
    await stack.up(ARGS);
    expect(heard.infos).toEqual(["Cloudflare says: Saved, and noted. (1234)"]);
  });

  it("says, once, that a destroyed organization stays", async () => {
    adopt();
    await stack.up(ARGS);
    await stack.destroy();
    expect(heard.infos.join("\n")).toMatchInlineSnapshot(
      `"The Zero Trust organization of accounts/023e105f4ecef8ad9ca31a8372d0c353 cannot be deleted through the API: dropped from Pulumi's state only, and nothing changes there."`,
    );
  });
});
