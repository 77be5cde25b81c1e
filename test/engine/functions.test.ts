import { EMULATOR_TOKEN, startEmulator, type Emulator } from "../../emulator/index.js";
import { CLIENT_ID, SERVICE_TOKEN, TEAM_DOMAIN, ZONE } from "../ids.js";
import { accountId, organizationPath } from "./accounts.js";
import { createProject, succeeded, type Project, type Run } from "./project.js";

jest.setTimeout(240_000);

const ACCOUNT = accountId(1);
const OTHER_ACCOUNT = accountId(2);
const NO_ORGANIZATION = accountId(3);
const OTHER_TOKEN = "other-token-other-token-other-token-0000";

/** What was live before, and what the functions have to answer of it. */
const LIVE = {
  auth_domain: TEAM_DOMAIN,
  name: "Widget Corp",
  session_duration: "12h",
  login_design: { header_text: "Widget Corp", brand_new_member: 4 },
  mfa_piv_key_requirements: { ssh_key_size: [256, 2048] },
  deny_unmatched_requests: false,
  brand_new_setting: { level: 3, hosts: ["a", "b"] },
  trusted_accounts: ["someone"],
};
const ANSWERED = {
  id: `accounts/${ACCOUNT}`,
  accountId: ACCOUNT,
  authDomain: TEAM_DOMAIN,
  name: "Widget Corp",
  sessionDuration: "12h",
  loginDesign: { headerText: "Widget Corp", brand_new_member: 4 },
  mfaPivKeyRequirements: { sshKeySize: [256, 2048] },
  denyUnmatchedRequests: false,
  createdAt: expect.any(String) as string,
  updatedAt: expect.any(String) as string,
  additionalSettings: { brand_new_setting: { level: 3, hosts: ["a", "b"] } },
  responseOnly: {
    cache_device_posture: false,
    has_migrated_private_apps: false,
    trusted_accounts: ["someone"],
  },
};

const PROGRAM = `
const accountId = "${ACCOUNT}";
const managed = new zerotrust.DohSettings("managed", { accountId });
const other = new zerotrust.Provider("other", { apiToken: "${OTHER_TOKEN}" });
// Its token comes from a resource, so a preview does not know it.
const late = new zerotrust.Provider("late", { apiToken: managed.id.apply(() => "${OTHER_TOKEN}") });
const elsewhere = { accountId: "${OTHER_ACCOUNT}" };
const reason = (promise) => promise.then(() => "no error", ({ message }) => message);

exports.organization = zerotrust.getOrganization({ accountId });
exports.organizationOutput = zerotrust.getOrganizationOutput({ accountId: managed.accountId });
exports.zone = zerotrust.getOrganization({ zoneId: "${ZONE}" });
exports.doh = zerotrust.getDohSettings({ accountId });
exports.dohOutput = zerotrust.getDohSettingsOutput({ accountId: managed.accountId });
exports.elsewhere = zerotrust.getOrganization(elsewhere, { provider: other });
exports.elsewhereDoh = zerotrust.getDohSettings(elsewhere, { provider: other });
exports.elsewhereOutput = zerotrust.getOrganizationOutput(elsewhere, { provider: late }).name;
exports.late = reason(zerotrust.getOrganization(elsewhere, { provider: late }));
exports.noOrganization = reason(zerotrust.getOrganization({ accountId: "${NO_ORGANIZATION}" }));
exports.noDoh = zerotrust.getDohSettings({ accountId: "${NO_ORGANIZATION}" });
exports.notAllowed = reason(zerotrust.getOrganization(elsewhere));
exports.neither = reason(zerotrust.getOrganization({}));
exports.both = reason(zerotrust.getOrganization({ accountId, zoneId: "${ZONE}" }));
exports.noId = reason(zerotrust.getDohSettings({ accountId: "my-account" }));

if (!pulumi.runtime.isDryRun()) {
  const revoke = (args, options) => reason(zerotrust.revokeUser(args, options));
  exports.revoked = revoke({ accountId, email: "a@example.com", devices: true, userUid: "uid", warpSessionReauth: false });
  exports.revokedOnZone = revoke({ zoneId: "${ZONE}", email: "b@example.com" });
  exports.revokedElsewhere = revoke({ ...elsewhere, email: "c@example.com" }, { provider: other });
  exports.zoneTakesEmail = revoke({ zoneId: "${ZONE}", email: "d@example.com", devices: true });
  exports.noEmail = revoke({ accountId, email: "d" });
}
`;

describe("functions in a program", () => {
  let emulator: Emulator;
  let project: Project;
  let preview: Run;
  let outputs: Record<string, unknown>;

  beforeAll(async () => {
    emulator = await startEmulator({
      credentials: [
        { apiToken: EMULATOR_TOKEN, ids: [ACCOUNT, NO_ORGANIZATION, ZONE] },
        { apiToken: OTHER_TOKEN, ids: [OTHER_ACCOUNT] },
      ],
    });
    emulator.seed("accounts", ACCOUNT, LIVE);
    emulator.seed("accounts", OTHER_ACCOUNT, { name: "Other Corp" });
    emulator.seed("zones", ZONE, { name: "Zone Corp" });
    emulator.addServiceToken(ACCOUNT, { id: SERVICE_TOKEN, client_id: CLIENT_ID, brand_new: 1 });
    emulator.seedDoh(ACCOUNT, { service_token_id: SERVICE_TOKEN, doh_jwt_duration: "12h" });
    project = await createProject(emulator);
    await project.program(PROGRAM);

    preview = await project.preview();
    await succeeded(project.up());
    outputs = await project.outputs();
  });
  afterAll(async () => {
    await project.remove();
    await emulator.close();
  });

  it.each(["organization", "organizationOutput"])(
    "answer everything of an organization under the arguments' names, unknown keys too (%s)",
    (name) => {
      expect(outputs[name]).toEqual(ANSWERED);
    },
  );

  it("answer the organization of a zone", () => {
    expect(outputs.zone).toMatchObject({ id: `zones/${ZONE}`, zoneId: ZONE, name: "Zone Corp" });
  });

  it.each(["doh", "dohOutput"])(
    "answer everything of DoH settings, with the service token (%s)",
    (name) => {
      const time = expect.any(String) as string;
      expect(outputs[name]).toEqual({
        id: `accounts/${ACCOUNT}`,
        accountId: ACCOUNT,
        serviceTokenId: SERVICE_TOKEN,
        dohJwtDuration: "12h",
        clientId: CLIENT_ID,
        name: "Service token",
        duration: "8760h",
        enabled: true,
        createdAt: time,
        updatedAt: time,
        expiresAt: time,
        responseOnly: { brand_new: 1 },
      });
    },
  );

  it("use the credentials of a given Provider, whose secrecy does not spread to the answer", () => {
    expect(outputs.elsewhere).toMatchObject({ name: "Other Corp" });
    expect(outputs.elsewhereDoh).toEqual({
      id: `accounts/${OTHER_ACCOUNT}`,
      accountId: OTHER_ACCOUNT,
    });
    expect(outputs.elsewhereOutput).toBe("Other Corp");
    expect(outputs.notAllowed).toContain("9109: Unauthorized to access requested resource");
  });

  it("wait in their Output form for credentials that a preview does not know; the others say so", () => {
    expect(preview.exitCode).toBe(0);
    expect(preview.output).toMatch(/elsewhereOutput *: \[unknown\]|elsewhereOutput *: output</);
    expect(preview.output).toContain(
      "The Provider's credentials are not known yet in this preview. Use the …Output form",
    );
    expect(outputs.late).toBe("no error");
  });

  it("fail for an account without an organization, whose DoH settings are empty", () => {
    expect(outputs.noOrganization).toMatchInlineSnapshot(
      `"getOrganization: there is no Zero Trust organization on accounts/00000000000000000000000000000003. Zero Trust is enabled for an account by picking a plan in the dashboard, or by an Organization resource that states authDomain and name."`,
    );
    expect(outputs.noDoh).toEqual({
      id: `accounts/${NO_ORGANIZATION}`,
      accountId: NO_ORGANIZATION,
    });
  });

  it("refuse arguments that do not name one account or zone", () => {
    expect([outputs.neither, outputs.both, outputs.noId]).toMatchInlineSnapshot(`
      [
        "getOrganization: give exactly one of accountId and zoneId.",
        "getOrganization: give exactly one of accountId and zoneId.",
        "getDohSettings: accountId must be 32 hexadecimal digits, as the dashboard shows it.",
      ]
    `);
  });

  it("revoke a user's sessions on accounts and zones, by a Provider's credentials too", () => {
    expect(outputs).toMatchObject({
      revoked: "no error",
      revokedOnZone: "no error",
      revokedElsewhere: "no error",
    });
    const posts = emulator.requests.filter(({ method }) => method === "POST");
    expect(posts).toHaveLength(3);
    expect(posts.find(({ path }) => path.includes(ACCOUNT))).toMatchObject({
      path: `${organizationPath(ACCOUNT)}/revoke_user`,
      query: { devices: "true" },
      body: {
        email: "a@example.com",
        devices: true,
        user_uid: "uid",
        warp_session_reauth: false,
      },
    });
  });

  it("revoke nobody on wrong arguments", () => {
    expect([outputs.zoneTakesEmail, outputs.noEmail]).toMatchInlineSnapshot(`
      [
        "revokeUser: a zone takes email only, not devices.",
        "revokeUser: email must be an email address.",
      ]
    `);
  });
});
