import { EMULATOR_TOKEN, startEmulator, type Emulator } from "../../emulator/index.js";
import { ZONE } from "../ids.js";
import { accountId } from "./accounts.js";
import { changesOf, diagnosticsOf } from "./diagnostics.js";
import { createProject, succeeded, type Project } from "./project.js";
import { resource } from "./source.js";

jest.setTimeout(240_000);

const ACCOUNT = accountId(1);
const BARE_ACCOUNT = accountId(2);
const SEEN_ZONE = accountId(3);
const EMAIL = "admin@example.com";
const API_KEY = "global-key-global-key-global-key-0";

const ORGANIZATION = `/zones/${ZONE}/access/organizations`;
const ZONE_DOMAIN = "zone.cloudflareaccess.com";

/** All that a zone takes. */
const STATED = {
  zoneId: ZONE,
  name: "Zone Corp",
  authDomain: ZONE_DOMAIN,
  isUiReadOnly: true,
  uiReadOnlyToggleReason: "managed by Pulumi",
  loginDesign: { backgroundColor: "#112233", headerText: "Zone Corp" },
  userSeatExpirationInactiveTime: "1460h",
};

const PROGRAM = [
  resource("Organization", "zone", STATED),
  resource("UserRevocation", "revocation", { zoneId: ZONE, email: "leaver@example.com" }),
  `const seen = ({ accountId, zoneId, name }) => ({ accountId, zoneId, name });`,
  `exports.got = {`,
  `  zone: seen(zerotrust.Organization.get("gotZone", "zones/${SEEN_ZONE}")),`,
  `  account: seen(zerotrust.Organization.get("gotAccount", "accounts/${ACCOUNT}")),`,
  `  bare: seen(zerotrust.Organization.get("gotBare", "${BARE_ACCOUNT}")),`,
  `};`,
  `exports.lookedUp = zerotrust.getOrganizationOutput({ zoneId: zone.zoneId });`,
];

/** Zones are documented with the global API key only: everything here runs with it, and tokens are refused. */
describe("a zone", () => {
  let emulator: Emulator;
  let project: Project;

  const requests = () =>
    emulator.requests
      .filter(({ path }) => path === ORGANIZATION)
      .map(({ method, body }) => (body === undefined ? method : [method, body]));

  beforeAll(async () => {
    emulator = await startEmulator({
      credentials: [{ email: EMAIL, apiKey: API_KEY }, { apiToken: EMULATOR_TOKEN }],
      behavior: { zoneRejectsTokens: true },
      personality: "explicit",
    });
    emulator.seed("zones", ZONE, {
      auth_domain: ZONE_DOMAIN,
      name: "Before",
      deny_unmatched_requests: true,
      login_design: { footer_text: "someone's footer" },
    });
    emulator.seed("zones", SEEN_ZONE, { name: "Seen Corp" });
    emulator.seed("accounts", ACCOUNT, { name: "Account Corp" });
    emulator.seed("accounts", BARE_ACCOUNT, { name: "Bare Corp" });
    project = await createProject(emulator);
    Object.assign(project.environment, {
      CLOUDFLARE_API_TOKEN: undefined,
      CLOUDFLARE_API_KEY: API_KEY,
      CLOUDFLARE_EMAIL: EMAIL,
    });
    await project.program(...PROGRAM);
  });
  afterAll(async () => {
    await project.remove();
    await emulator.close();
  });

  it("is adopted with the global key: a PUT carries what a zone takes and nothing else", async () => {
    await succeeded(project.up());

    expect(requests().filter((request) => request !== "GET")).toEqual([
      [
        "PUT",
        {
          auth_domain: ZONE_DOMAIN,
          name: "Zone Corp",
          is_ui_read_only: true,
          ui_read_only_toggle_reason: "managed by Pulumi",
          login_design: {
            background_color: "#112233",
            footer_text: "someone's footer",
            header_text: "Zone Corp",
          },
          user_seat_expiration_inactive_time: "1460h",
        },
      ],
    ]);
    expect(emulator.organization("zones", ZONE)).toMatchObject({ deny_unmatched_requests: true });
    for (const { headers } of emulator.requests) {
      expect(headers).toMatchObject({ "x-auth-email": EMAIL, "x-auth-key": API_KEY });
      expect(headers).not.toHaveProperty("authorization");
    }
  });

  it("has ids that say so, and `get` takes them, those of accounts and bare ones", async () => {
    const { zone, revocation } = await project.state();
    expect(zone).toMatchObject({ id: `zones/${ZONE}`, outputs: STATED });
    expect(revocation?.id).toMatch(new RegExp(`^zones/${ZONE}/revocations/`));

    const { got, lookedUp } = await project.outputs();
    expect(got).toEqual({
      zone: { zoneId: SEEN_ZONE, name: "Seen Corp" },
      account: { accountId: ACCOUNT, name: "Account Corp" },
      bare: { accountId: BARE_ACCOUNT, name: "Bare Corp" },
    });
    expect(lookedUp).toMatchObject({ ...STATED, id: `zones/${ZONE}`, denyUnmatchedRequests: true });
  });

  it("applied again changes nothing, and a refresh is clean", async () => {
    emulator.clearRequests();
    await succeeded(project.up("--expect-no-changes"));
    await succeeded(project.drift());
    expect(emulator.requests.map(({ method }) => method)).not.toContain("PUT");
    expect(emulator.requests.map(({ method }) => method)).not.toContain("POST");
  });

  it("shows its drift by name and exits 7", async () => {
    emulator.edit("zones", ZONE, {
      login_design: { background_color: "#112233", header_text: "Hacked" },
      user_seat_expiration_inactive_time: null,
    });

    const { exitCode, output } = await project.drift();

    expect(exitCode).toBe(7);
    expect(changesOf("zone", output)).toEqual([
      "~ loginDesign: {",
      `~ headerText: "Zone Corp" => "Hacked"`,
      `- userSeatExpirationInactiveTime: "1460h"`,
    ]);
  });

  it("is healed, with a warning where that resets what a zone cannot send", async () => {
    emulator.behavior.zonePutResetsDenyUnmatched = true;

    const run = await project.up("--refresh", "--run-program");

    expect(run.exitCode).toBe(0);
    expect(emulator.organization("zones", ZONE)).toMatchObject({
      login_design: { background_color: "#112233", header_text: "Zone Corp" },
      user_seat_expiration_inactive_time: "1460h",
    });
    expect(diagnosticsOf(run)).toContain(
      `warning: The write also changed settings of the Zero Trust organization of zone ${ZONE} that it did not ask for: denyUnmatchedRequests.`,
    );
  });

  it("stays when it is destroyed, which makes no call", async () => {
    emulator.clearRequests();
    const { exitCode, output } = await project.destroy();
    expect(exitCode).toBe(0);
    expect(output).toContain(
      `No API call; the Zero Trust organization of zone ${ZONE} is unchanged.`,
    );
    expect(emulator.requests).toHaveLength(0);
    expect(emulator.organization("zones", ZONE)).toBeDefined();
  });

  it("takes no argument of accounts: each is refused by name, with what a zone takes", async () => {
    await project.program(
      resource("Organization", "wrong", {
        ...STATED,
        accountId: undefined,
        sessionDuration: "24h",
        denyUnmatchedRequests: true,
        mfaConfig: { allowedAuthenticators: ["totp"] },
      }),
    );

    const run = await project.preview();

    expect(run.exitCode).not.toBe(0);
    expect(emulator.requests).toHaveLength(0);
    expect(diagnosticsOf(run)).toMatchInlineSnapshot(`
      "  pulumi-nodejs:dynamic/zerotrust:Organization (wrong):
          error: pulumi-nodejs:dynamic/zerotrust:Organization resource 'wrong': property denyUnmatchedRequests value {true} has a problem: is not accepted for a zone. Zones accept name, authDomain, isUiReadOnly, uiReadOnlyToggleReason, loginDesign, userSeatExpirationInactiveTime
          error: pulumi-nodejs:dynamic/zerotrust:Organization resource 'wrong': property mfaConfig value {map[allowedAuthenticators:{[{totp}]}]} has a problem: is not accepted for a zone. Zones accept name, authDomain, isUiReadOnly, uiReadOnlyToggleReason, loginDesign, userSeatExpirationInactiveTime
          error: pulumi-nodejs:dynamic/zerotrust:Organization resource 'wrong': property sessionDuration value {24h} has a problem: is not accepted for a zone. Zones accept name, authDomain, isUiReadOnly, uiReadOnlyToggleReason, loginDesign, userSeatExpirationInactiveTime"
    `);
  });

  it("refuses a token with a hint at the credentials that are documented", async () => {
    await project.program(
      `const token = new zerotrust.Provider("token", { apiToken: "${EMULATOR_TOKEN}" });`,
      `zerotrust.Organization.get("got", "zones/${ZONE}", { provider: token });`,
    );

    const run = await project.preview();

    expect(run.exitCode).not.toBe(0);
    expect(diagnosticsOf(run)).toContain(
      "For zones, Cloudflare documents only the email and global API key.",
    );
  });
});
