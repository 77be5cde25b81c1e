import { EMULATOR_TOKEN, startEmulator, type Emulator } from "../../../emulator/index.js";
import { run } from "../../../tools/live/live.js";
import { captureLogs } from "../../lifecycle/captured-logs.js";
import { ACCOUNT, OTHER_ACCOUNT, SERVICE_TOKEN, TEAM_DOMAIN } from "../../ids.js";

const LIVE = {
  auth_domain: TEAM_DOMAIN,
  name: "Widget Corp",
  session_duration: "24h",
  login_design: { header_text: "Widget Corp", footer_text: "Need help?" },
};

captureLogs();

let emulator: Emulator;
let printed: string[];
let interruption: AbortController;
let before: NodeJS.ProcessEnv;
/** Called for each request. */
let onRequest: (method: string) => void;

beforeAll(async () => {
  // One emulator for all tests: the provider keeps its first client until its process ends.
  emulator = await startEmulator({
    personality: "sparse",
    onRequest: ({ method }) => onRequest(method),
  });
  before = { ...process.env };
  process.env.CLOUDFLARE_BASE_URL = emulator.baseUrl;
  process.env.CLOUDFLARE_API_TOKEN = EMULATOR_TOKEN;
});

afterAll(async () => {
  process.env = before;
  await emulator.close();
});

beforeEach(() => {
  onRequest = () => undefined;
  printed = [];
  interruption = new AbortController();
  emulator.behavior.dohResponse = "complete";
  emulator.clearFaults();
  emulator.clearRequests();
  emulator.seed("accounts", ACCOUNT, LIVE);
});

function live(...args: string[]): Promise<number> {
  return run(args, { print: (line) => printed.push(line), signal: interruption.signal });
}

const confirmedAccount = ["--account-id", ACCOUNT, "--confirm-account-id", ACCOUNT];

/** The live objects without the time of the last change. */
function liveObjects() {
  const organization = { ...emulator.organization("accounts", ACCOUNT), updated_at: undefined };
  return { organization, doh: emulator.doh(ACCOUNT) };
}

const methods = () => emulator.requests.map(({ method }) => method);

describe("test:live sends no request", () => {
  it.each([
    ["without an account", []],
    ["with one account id", ["--account-id", ACCOUNT]],
    ["with two account ids", ["--account-id", ACCOUNT, "--confirm-account-id", OTHER_ACCOUNT]],
    ["with an invalid id", ["--account-id", "widget", "--confirm-account-id", "widget"]],
  ])("%s", async (_, args) => {
    expect(await live(...args)).toBe(2);
    expect(emulator.requests).toEqual([]);
  });
});

describe("test:live without --write", () => {
  it("reads both objects and writes nothing", async () => {
    expect(await live(...confirmedAccount)).toBe(0);
    expect(printed).toEqual([
      "Zero Trust organization: no differences",
      "DoH settings: no differences",
    ]);
    expect(methods()).toEqual(["GET", "GET"]);
  });

  it("lists what this release does not know", async () => {
    emulator.seed("accounts", ACCOUNT, {
      ...LIVE,
      setting_of_tomorrow: "on",
      login_design: { ...LIVE.login_design, animation: "slow" },
      session_duration: "a while",
      mfa_config: { allowed_authenticators: ["brain_wave"], session_duration: "1h" },
    });
    emulator.seedDoh(ACCOUNT, { doh_jwt_duration: "12h" });
    expect(await live(...confirmedAccount)).toBe(1);
    expect(printed).toMatchInlineSnapshot(`
      [
        "Zero Trust organization:",
        "  setting_of_tomorrow: unknown to this release",
        "  sessionDuration: a program that declares this value is rejected: must be a duration such as "24h" or "1h30m" (units: ns, us, ms, s, m, h), not "a while"",
        "  loginDesign.animation is not known to this release. It is sent unchanged.",
        "  mfaConfig.allowedAuthenticators: "brain_wave" is not a value that this release knows (totp, biometrics, security_key, piv_key, ssh_fido2_key). It is sent unchanged.",
        "DoH settings: no differences",
      ]
    `);
  });

  it("lists differences from the emulator's responses", async () => {
    const body = { success: true, errors: [], messages: [], result: { ...LIVE, name: null } };
    emulator.fault({ method: "GET", status: 200, body });
    expect(await live(...confirmedAccount)).toBe(1);
    expect(printed).toMatchInlineSnapshot(`
      [
        "Zero Trust organization:",
        "  cache_device_posture: the response has no value, and the emulator's has a boolean",
        "  created_at: the response has no value, and the emulator's has a string",
        "  has_migrated_private_apps: the response has no value, and the emulator's has a boolean",
        "  name: the response has null, and the emulator's has a string",
        "  trusted_accounts: the response has no value, and the emulator's has an empty list",
        "  updated_at: the response has no value, and the emulator's has a string",
        "DoH settings: no differences",
      ]
    `);
  });

  it("prints why it cannot read the organization", async () => {
    emulator.remove("accounts", ACCOUNT);
    expect(await live(...confirmedAccount)).toBe(1);
    expect(printed).toEqual([`Account ${ACCOUNT} has no organization.`]);
  });
});

describe("test:live with --write", () => {
  beforeEach(() => {
    emulator.addServiceToken(ACCOUNT, { id: SERVICE_TOKEN });
    emulator.seedDoh(ACCOUNT, { service_token_id: SERVICE_TOKEN, doh_jwt_duration: "12h" });
  });

  it("changes one setting of each object and restores it", async () => {
    const found = liveObjects();
    expect(await live(...confirmedAccount, "--write")).toBe(0);
    expect(printed.slice(2)).toMatchInlineSnapshot(`
      [
        "Zero Trust organization: login_design has the value {"header_text":"Widget Corp","footer_text":"Need help?"}",
        "Zero Trust organization: login_design changed and restored: no differences",
        "DoH settings: doh_jwt_duration has the value "12h"",
        "DoH settings: doh_jwt_duration changed and restored: no differences",
      ]
    `);
    expect(methods().filter((method) => method === "PUT")).toHaveLength(4);
    expect(liveObjects()).toEqual(found);
  });

  it("skips a setting that it could not restore", async () => {
    emulator.editDoh(ACCOUNT, { doh_jwt_duration: null });
    emulator.behavior.dohResponse = "token_only";
    await live(...confirmedAccount, "--write");
    expect(printed.at(-1)).toContain("DoH settings: skipped");
  });

  it("restores the settings after a failure", async () => {
    const found = liveObjects();
    // Applied, and answered with an error.
    emulator.fault({ method: "PUT", status: 400, takesEffect: true, body: {} });
    expect(await live(...confirmedAccount, "--write")).toBe(1);
    expect(printed.join("\n")).toContain("the change failed");
    expect(printed.join("\n")).not.toContain("NOT RESTORED");
    expect(liveObjects()).toEqual(found);
  });

  it("restores the settings after Ctrl-C", async () => {
    const found = liveObjects();
    onRequest = (method) => method === "PUT" && interruption.abort();
    expect(await live(...confirmedAccount, "--write")).toBe(1);
    expect(methods().filter((method) => method === "PUT")).toHaveLength(2);
    expect(liveObjects()).toEqual(found);
    expect(printed.at(-1)).toBe("Interrupted. Every changed setting is restored.");
  });

  it("prints the previous value of a setting that it could not restore", async () => {
    emulator.fault({ method: "PUT", skip: 1, status: 403, body: {} });
    expect(await live(...confirmedAccount, "--write")).toBe(1);
    expect(printed.join("\n")).toMatch(/NOT RESTORED .*"footer_text":"Need help\?"/s);
  });
});
