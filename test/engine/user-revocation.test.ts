import { startEmulator, type Emulator } from "../../emulator/index.js";
import { ZONE } from "../ids.js";
import { accountId, organizationPath } from "./accounts.js";
import { diagnosticsOf } from "./diagnostics.js";
import { createProject, succeeded, type Project } from "./project.js";
import { resource } from "./source.js";

jest.setTimeout(240_000);

const ACCOUNT = accountId(1);
const OTHER_ACCOUNT = accountId(2);
const REFUSING_ACCOUNT = accountId(3);
const DENYING_ACCOUNT = accountId(4);

const ALL = {
  accountId: ACCOUNT,
  userUid: "f5c9d1a0-6a0c-4d6f-8f3e-2d1a7c9b4e11",
  devices: true,
  warpSessionReauth: true,
  triggers: ["incident 1"],
};

/** One revocation for each input that the second deployment changes, named after the input. */
const before = (name: string) => ({ ...ALL, email: `${name}@example.com` });
const CHANGES: Record<string, object> = {
  email: { email: "someone.else@example.com" },
  userUid: { userUid: "0c6f2a3e-9d1b-4c58-8e77-52b1f0a9d364" },
  devices: { devices: false },
  warpSessionReauth: { warpSessionReauth: undefined },
  triggers: { triggers: ["incident 1", { ticket: 2 }] },
  accountId: { accountId: OTHER_ACCOUNT },
};

const revocation = (name: string, args: object) => resource("UserRevocation", name, args);
const UNCHANGED = [
  revocation("unchanged", before("unchanged")),
  revocation("zone", { zoneId: ZONE, email: "zone@example.com" }),
];

describe("UserRevocation", () => {
  let emulator: Emulator;
  let project: Project;

  const posts = () =>
    emulator.requests.filter(({ path }) => path.endsWith("/access/organizations/revoke_user"));

  beforeAll(async () => {
    emulator = await startEmulator();
    emulator.seed("zones", ZONE);
    for (const account of [ACCOUNT, OTHER_ACCOUNT, REFUSING_ACCOUNT, DENYING_ACCOUNT])
      emulator.seed("accounts", account);
    project = await createProject(emulator);
    await project.program(
      ...UNCHANGED,
      ...Object.keys(CHANGES).map((name) => revocation(name, before(name))),
    );
  });
  afterAll(async () => {
    await project.remove();
    await emulator.close();
  });

  it("sends one POST on create, with devices in query and body, and only the email for a zone", async () => {
    await succeeded(project.up());

    expect(emulator.requests).toHaveLength(2 + Object.keys(CHANGES).length);
    const [zone] = posts().filter(({ path }) => path.startsWith("/zones/"));
    expect(zone).toMatchObject({ method: "POST", query: {}, body: { email: "zone@example.com" } });
    expect(posts()).toContainEqual(
      expect.objectContaining({
        method: "POST",
        path: `${organizationPath(ACCOUNT)}/revoke_user`,
        query: { devices: "true" },
        body: {
          email: "unchanged@example.com",
          user_uid: ALL.userUid,
          devices: true,
          warp_session_reauth: true,
        },
      }),
    );
    expect(emulator.revocations).toHaveLength(posts().length);
  });

  it("has an id that does not contain the email", async () => {
    const ids = Object.values(await project.state()).map(({ id }) => id);
    for (const id of ids)
      expect(id).toMatch(/^(accounts|zones)\/[0-9a-f]{32}\/revocations\/[0-9a-f-]{36}$/);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it("makes no request if it is deployed again or refreshed, and shows no change and no drift", async () => {
    emulator.clearRequests();
    await succeeded(project.up("--expect-no-changes"));
    await succeeded(project.drift());
    expect(emulator.requests).toHaveLength(0);
  });

  it("sends another POST if any single input changes, and only then", async () => {
    await project.program(
      ...UNCHANGED,
      ...Object.entries(CHANGES).map(([name, change]) =>
        revocation(name, { ...before(name), ...change }),
      ),
    );

    const output = await succeeded(project.up());

    expect(output).toContain("~ 5 updated");
    expect(output).toContain("+-1 replaced"); // another account
    const emails = posts().map(({ body }) => (body as { email: string }).email);
    expect(emails.sort()).toEqual(
      [
        "accountId@example.com",
        "devices@example.com",
        "someone.else@example.com",
        "triggers@example.com",
        "userUid@example.com",
        "warpSessionReauth@example.com",
      ].sort(),
    );
    const sent = (email: string) =>
      posts().find(({ body }) => (body as { email: string }).email === email);
    expect(sent("devices@example.com")).toMatchObject({
      query: { devices: "false" },
      body: { devices: false },
    });
    expect(sent("warpSessionReauth@example.com")?.body).not.toHaveProperty("warp_session_reauth");
    expect(sent("accountId@example.com")?.path).toContain(OTHER_ACCOUNT);
  });

  it("makes no request on destroy", async () => {
    emulator.clearRequests();
    await succeeded(project.destroy());
    expect(emulator.requests).toHaveLength(0);
  });

  describe("after a failure", () => {
    const program = [
      revocation("refused", { accountId: REFUSING_ACCOUNT, email: "refused@example.com" }),
      revocation("denied", { accountId: DENYING_ACCOUNT, email: "denied@example.com" }),
    ];
    const pathOf = (account: string) => `${organizationPath(account)}/revoke_user`;

    it("is not in state, whether the API rejected it or answered with false", async () => {
      emulator.fault({
        path: pathOf(REFUSING_ACCOUNT),
        status: 403,
        body: {
          success: false,
          result: null,
          errors: [{ code: 10000, message: "Authentication error" }],
        },
      });
      emulator.fault({ path: pathOf(DENYING_ACCOUNT), body: { success: true, result: false } });
      await project.program(...program);

      const run = await project.up();

      expect(run.exitCode).not.toBe(0);
      const diagnostics = diagnosticsOf(run);
      expect(diagnostics).toContain("10000: Authentication error");
      expect(diagnostics).toContain(
        `Cloudflare accepted POST ${pathOf(DENYING_ACCOUNT)} but did not revoke the user's sessions.`,
      );
      expect(run.output).not.toContain("@example.com");
      expect(await project.state()).toEqual({});
    });

    it("is created by the next deployment", async () => {
      emulator.clearRequests();
      await succeeded(project.up());
      expect(posts()).toHaveLength(2);
    });
  });

  it("is rejected before any request if a zone has more than an email, or an invalid one", async () => {
    emulator.clearRequests();
    await project.program(
      revocation("wrong", { ...before("x"), accountId: undefined, zoneId: ZONE, email: "nobody" }),
    );

    const run = await project.preview();

    expect(run.exitCode).not.toBe(0);
    expect(emulator.requests).toHaveLength(0);
    expect(diagnosticsOf(run)).toMatchInlineSnapshot(`
      "  pulumi-nodejs:dynamic/zerotrust:UserRevocation (wrong):
          error: pulumi-nodejs:dynamic/zerotrust:UserRevocation resource 'wrong': property devices value {true} has a problem: is not accepted for a zone. Zones accept email
          error: pulumi-nodejs:dynamic/zerotrust:UserRevocation resource 'wrong': property userUid value {f5c9d1a0-6a0c-4d6f-8f3e-2d1a7c9b4e11} has a problem: is not accepted for a zone. Zones accept email
          error: pulumi-nodejs:dynamic/zerotrust:UserRevocation resource 'wrong': property warpSessionReauth value {true} has a problem: is not accepted for a zone. Zones accept email
          error: pulumi-nodejs:dynamic/zerotrust:UserRevocation resource 'wrong': property email value {nobody} has a problem: must be an email address such as "user@example.com""
    `);
  });
});
