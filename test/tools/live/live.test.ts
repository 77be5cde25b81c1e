import { EMULATOR_TOKEN, startEmulator, type Emulator } from "../../../emulator/index.js";
import { run } from "../../../tools/live/live.js";
import { ACCOUNT, OTHER_ACCOUNT, SERVICE_TOKEN, TEAM_DOMAIN } from "../../ids.js";

const LIVE = {
  auth_domain: TEAM_DOMAIN,
  name: "Widget Corp",
  session_duration: "24h",
  login_design: { header_text: "Widget Corp", footer_text: "Need help?" },
};

let emulator: Emulator;
let printed: string[];
let interruption: AbortController;
let before: NodeJS.ProcessEnv;
/** What happens when a request comes in. */
let whenSeen: (method: string) => void;

beforeAll(async () => {
  // One for all: the provider keeps its first client for as long as its process lives.
  emulator = await startEmulator({
    personality: "sparse",
    onRequest: ({ method }) => whenSeen(method),
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
  whenSeen = () => undefined;
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

const twice = ["--account-id", ACCOUNT, "--confirm-account-id", ACCOUNT];

/** What is live, without the time of its last change. */
function organization() {
  return { ...emulator.organization("accounts", ACCOUNT), updated_at: undefined };
}

const methods = () => emulator.requests.map(({ method }) => method);

describe("the live check does not start", () => {
  it.each([
    ["without an account", []],
    ["with an account told once", ["--account-id", ACCOUNT]],
    ["with two accounts", ["--account-id", ACCOUNT, "--confirm-account-id", OTHER_ACCOUNT]],
    ["with something that is no id", ["--account-id", "widget", "--confirm-account-id", "widget"]],
  ])("%s", async (_, args) => {
    expect(await live(...args)).toBe(2);
    expect(emulator.requests).toEqual([]);
  });
});

describe("the live check looks", () => {
  it("and writes nothing", async () => {
    expect(await live(...twice)).toBe(0);
    expect(printed).toMatchInlineSnapshot(`
      [
        "Zero Trust organization: as this release and the emulator expect",
        "DoH settings: as this release and the emulator expect",
      ]
    `);
    expect(methods()).toEqual(["GET", "GET"]);
  });

  it("and names what this release does not know", async () => {
    emulator.seed("accounts", ACCOUNT, {
      ...LIVE,
      setting_of_tomorrow: "on",
      login_design: { ...LIVE.login_design, animation: "slow" },
      session_duration: "a while",
      mfa_config: { allowed_authenticators: ["brain_wave"], session_duration: "1h" },
    });
    emulator.seedDoh(ACCOUNT, { doh_jwt_duration: "12h" });
    expect(await live(...twice)).toBe(1);
    expect(printed).toMatchInlineSnapshot(`
      [
        "Zero Trust organization:",
        "  setting_of_tomorrow: not known to this release",
        "  login_design.animation: not known to this release",
        "  sessionDuration: would be refused if stated so: must be a duration such as "24h" or "1h30m" (units: ns, us, ms, s, m, h), not "a while"",
        "  mfaConfig.allowedAuthenticators: "brain_wave" is not among the values known to this release (totp, biometrics, security_key, piv_key, ssh_fido2_key); it is passed on as it is.",
        "DoH settings: as this release and the emulator expect",
      ]
    `);
  });

  it("and names what the emulator answers otherwise", async () => {
    const body = { success: true, errors: [], messages: [], result: { ...LIVE, name: null } };
    emulator.fault({ method: "GET", status: 200, body });
    expect(await live(...twice)).toBe(1);
    expect(printed).toMatchInlineSnapshot(`
      [
        "Zero Trust organization:",
        "  cache_device_posture: answered as absent, where the emulator answers a boolean",
        "  created_at: answered as absent, where the emulator answers a string",
        "  has_migrated_private_apps: answered as absent, where the emulator answers a boolean",
        "  name: answered as null, where the emulator answers a string",
        "  trusted_accounts: answered as absent, where the emulator answers an empty list",
        "  updated_at: answered as absent, where the emulator answers a string",
        "DoH settings: as this release and the emulator expect",
      ]
    `);
  });

  it("and says why it could not", async () => {
    emulator.remove("accounts", ACCOUNT);
    expect(await live(...twice)).toBe(1);
    expect(printed).toMatchInlineSnapshot(`
      [
        "There is no organization on accounts/023e105f4ecef8ad9ca31a8372d0c353.",
      ]
    `);
  });
});

describe("the live check's round trip", () => {
  beforeEach(() => {
    emulator.addServiceToken(ACCOUNT, { id: SERVICE_TOKEN });
    emulator.seedDoh(ACCOUNT, { service_token_id: SERVICE_TOKEN, doh_jwt_duration: "12h" });
  });

  it("changes one setting of each, and restores it", async () => {
    const found = { organization: organization(), doh: emulator.doh(ACCOUNT) };
    expect(await live(...twice, "--write")).toBe(0);
    expect(printed.slice(2)).toMatchInlineSnapshot(`
      [
        "Zero Trust organization: login_design is {"header_text":"Widget Corp","footer_text":"Need help?"} now",
        "Zero Trust organization: login_design there and back: fine",
        "DoH settings: doh_jwt_duration is "12h" now",
        "DoH settings: doh_jwt_duration there and back: fine",
      ]
    `);
    expect(methods().filter((method) => method === "PUT")).toHaveLength(4);
    expect({ organization: organization(), doh: emulator.doh(ACCOUNT) }).toEqual(found);
  });

  it("leaves alone what could not be put back", async () => {
    emulator.editDoh(ACCOUNT, { doh_jwt_duration: null });
    emulator.behavior.dohResponse = "token_only";
    await live(...twice, "--write");
    expect(printed.at(-1)).toContain("DoH settings: left alone");
  });

  it("restores after a failure", async () => {
    const found = organization();
    // Taken, and answered with an error.
    emulator.fault({ method: "PUT", status: 400, takesEffect: true, body: {} });
    expect(await live(...twice, "--write")).toBe(1);
    expect(printed.join("\n")).toContain("the change failed");
    expect(printed.join("\n")).not.toContain("NOT RESTORED");
    expect(organization()).toEqual(found);
  });

  it("restores after an interruption", async () => {
    const found = { organization: organization(), doh: emulator.doh(ACCOUNT) };
    whenSeen = (method) => method === "PUT" && interruption.abort();
    expect(await live(...twice, "--write")).toBe(1);
    expect(methods().filter((method) => method === "PUT")).toHaveLength(2);
    expect({ organization: organization(), doh: emulator.doh(ACCOUNT) }).toEqual(found);
    expect(printed.at(-1)).toBe("Interrupted; what was changed is restored.");
  });

  it("says loudly what it could not restore", async () => {
    emulator.fault({ method: "PUT", skip: 1, status: 403, body: {} });
    expect(await live(...twice, "--write")).toBe(1);
    expect(printed.join("\n")).toMatch(/NOT RESTORED .*"footer_text":"Need help\?"/s);
  });
});
