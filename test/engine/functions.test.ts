import { EMULATOR_TOKEN, startEmulator, type Emulator } from "../../emulator/index.js";
import { CLIENT_ID, SERVICE_TOKEN, TEAM_DOMAIN, ZONE } from "../ids.js";
import { accountId, organizationPath } from "./accounts.js";
import { createProject, succeeded, type Project, type Run } from "./project.js";

jest.setTimeout(240_000);

const ACCOUNT = accountId(1);
const OTHER_ACCOUNT = accountId(2);
const NO_ORGANIZATION = accountId(3);
const OTHER_TOKEN = "other-token-other-token-other-token-0000";

/** The live organization, and what the functions return of it. */
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
const RETURNED = {
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
  },
  trustedAccounts: ["someone"],
};

const PROGRAM = `
const accountId = "${ACCOUNT}";
const managed = new zerotrust.DohSettings("managed", { accountId });
const other = new zerotrust.Provider("other", { apiToken: "${OTHER_TOKEN}" });
// A preview does not know its token, because the token comes from a resource.
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

if (!pulumi.runtime.isDryRun()) {
  const revoke = (args, options) => reason(zerotrust.revokeUser(args, options));
  exports.revoked = revoke({ accountId, email: "a@example.com", devices: true, userUid: "uid", warpSessionReauth: false });
  exports.revokedOnZone = revoke({ zoneId: "${ZONE}", email: "b@example.com" });
  exports.revokedElsewhere = revoke({ ...elsewhere, email: "c@example.com" }, { provider: other });
  exports.zoneTakesEmail = revoke({ zoneId: "${ZONE}", email: "d@example.com", devices: true });
  exports.noEmail = revoke({ accountId, email: "d" });
}
`;

describe("The functions in a program", () => {
  let emulator: Emulator;
  let project: Project;
  let preview: Run;
  let outputs: Record<string, unknown>;

  beforeAll(async () => {
    emulator = await startEmulator({
      personality: "sparse",
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

  it.each(["organization", "organizationOutput"])(
    "return all fields of an organization by input names, and unknown ones by API names (%s)",
    (name) => {
      expect(outputs[name]).toEqual(RETURNED);
    },
  );

  it("return the organization of a zone", () => {
    expect(outputs.zone).toMatchObject({ id: `zones/${ZONE}`, zoneId: ZONE, name: "Zone Corp" });
  });

  it.each(["doh", "dohOutput"])(
    "return all fields of DoH settings and their service token (%s)",
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

  it("use the credentials of a Provider, and do not make their result a secret", () => {
    expect(outputs.elsewhere).toMatchObject({ name: "Other Corp" });
    expect(outputs.elsewhereDoh).toEqual({
      id: `accounts/${OTHER_ACCOUNT}`,
      accountId: OTHER_ACCOUNT,
    });
    expect(outputs.elsewhereOutput).toBe("Other Corp");
    expect(outputs.notAllowed).toContain("9109: Unauthorized to access requested resource");
  });

  it("wait in their Output form for credentials that a preview does not know, and otherwise fail", () => {
    expect(preview.exitCode).toBe(0);
    expect(preview.output).toMatch(/elsewhereOutput *: \[unknown\]|elsewhereOutput *: output</);
    expect(preview.output).toContain(
      "getOrganization: the credentials of the Provider are not known yet in this preview. Use the function's Output form, which waits for them.",
    );
    expect(outputs.late).toBe("no error");
  });

  it("fail for an account without an organization, and return empty DoH settings for it", () => {
    expect(outputs.noOrganization).toMatchInlineSnapshot(
      `"getOrganization: accounts/00000000000000000000000000000003 has no Zero Trust organization. To create one, choose a Zero Trust plan in the dashboard, or deploy an Organization resource that declares authDomain and name."`,
    );
    expect(outputs.noDoh).toEqual({
      id: `accounts/${NO_ORGANIZATION}`,
      accountId: NO_ORGANIZATION,
    });
  });

  it("revoke a user's sessions on accounts and zones, also with the credentials of a Provider", () => {
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

  it("make no request if the arguments of a revocation are invalid", () => {
    expect([outputs.zoneTakesEmail, outputs.noEmail]).toMatchInlineSnapshot(`
      [
        "revokeUser: a zone accepts email only. Remove devices, or pass an accountId.",
        "revokeUser: email must be an email address such as "user@example.com".",
      ]
    `);
  });
});
