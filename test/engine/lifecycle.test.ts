import { startEmulator, type Emulator } from "../../emulator/index.js";
import { accountId, liveSettings, requestsTo } from "./accounts.js";
import { diagnosticsOf } from "./diagnostics.js";
import { createProject, organization, type Project, type Run } from "./project.js";

jest.setTimeout(120_000);

const KEPT = accountId(1);
const LEFT = accountId(2);
const ENTERED = accountId(3);
const PARTIAL = accountId(4);
const READ = accountId(5);

const DESIGN = { login_design: { header_text: "Widget Corp" } };
const PAGES = { forbidden: "699d98642c564d2e855e9661899b7252" };
const REJECTION = {
  code: 12062,
  message: "access.api.error.invalid_org_config",
  error_chain: [{ message: "custom_pages.forbidden: no such page" }],
};

/** A creation of two requests, and an organization that is only read. Both are in every program. */
const COMMON = [
  organization("partial", {
    accountId: PARTIAL,
    name: "Widget Corp",
    authDomain: "widget.cloudflareaccess.com",
    customPages: PAGES,
  }),
  `const read = zerotrust.Organization.get("read", "${READ}");`,
  `exports.read = [read.id, read.sessionDuration, read.loginDesign, read.warpAuthSessionDuration.apply((value) => value ?? "not set")];`,
];

describe("The resources of a stack", () => {
  let emulator: Emulator;
  let project: Project;

  const live = (account: string) => emulator.organization("accounts", account);

  beforeAll(async () => {
    emulator = await startEmulator();
    emulator.seed("accounts", KEPT, { session_duration: "24h" });
    emulator.seed("accounts", LEFT, { session_duration: "24h" });
    emulator.seed("accounts", ENTERED, DESIGN);
    emulator.seed("accounts", READ, {
      name: "Widget Corp",
      auth_domain: "read.cloudflareaccess.com",
      session_duration: "24h",
      ...DESIGN,
      mfa_config: { allowed_authenticators: ["totp"] },
      setting_of_tomorrow: { mode: "strict" },
    });
    project = await createProject(emulator);
  });

  describe("after the first deployment, in which the second request of a creation is rejected,", () => {
    let run: Run;
    let readBefore: unknown;

    beforeAll(async () => {
      await project.program(
        organization("kept", {
          accountId: KEPT,
          denyUnmatchedRequests: true,
          loginDesign: { headerText: "Widget Corp" },
          mfaConfig: { sessionDuration: "8h" },
          sessionDuration: "12h",
        }),
        organization("moved", { accountId: LEFT, sessionDuration: "12h" }),
        ...COMMON,
      );
      emulator.fault({
        method: "PUT",
        path: new RegExp(PARTIAL),
        delayMs: 2000, // until the other resources are created
        status: 400,
        body: { success: false, errors: [REJECTION], messages: [], result: null },
      });
      readBefore = live(READ);
      run = await project.up();
    });

    it("include what was created, with an error that names the rejected setting", async () => {
      expect(run.exitCode).not.toBe(0);
      expect(requestsTo(emulator, PARTIAL)).toEqual(["GET", "POST", "PUT"]);
      const [error] = diagnosticsOf(run).split(/\n(?= {2}\S)/);
      expect(error).toMatchInlineSnapshot(`
        "  pulumi-nodejs:dynamic/zerotrust:Organization (partial):
            error: 1 error occurred:
            	* PUT /accounts/00000000000000000000000000000004/access/organizations was rejected with 400
              12062: access.api.error.invalid_org_config
                custom_pages.forbidden: no such page
              (ray id …)
            Cloudflare rejected the settings. The lines above name the setting."
      `);
      const { partial } = await project.state();
      expect(partial?.id).toBe(`accounts/${PARTIAL}`);
      expect(partial?.initErrors).toHaveLength(1);
      expect(partial?.outputs).toMatchObject({ name: "Widget Corp" });
      expect(partial?.outputs).not.toHaveProperty("customPages"); // no response confirmed it
    });

    it("include the one that `get` reads by one GET, with all live values", async () => {
      expect(requestsTo(emulator, READ)).toEqual(["GET"]);
      expect(live(READ)).toEqual(readBefore);
      const { read } = await project.state();
      expect(read?.id).toBe(`accounts/${READ}`);
      expect(read?.outputs).toMatchObject({
        accountId: READ,
        name: "Widget Corp",
        authDomain: "read.cloudflareaccess.com",
        sessionDuration: "24h",
        loginDesign: { headerText: "Widget Corp" },
        mfaConfig: { allowedAuthenticators: ["totp"] },
        additionalSettings: { setting_of_tomorrow: { mode: "strict" } },
        updatedAt: live(READ)?.updated_at,
      });
    });
  });

  describe("after inputs were removed and an account id changed", () => {
    let run: Run;
    let leftBefore: unknown;

    beforeAll(async () => {
      leftBefore = live(LEFT);
      await project.program(
        `new zerotrust.Organization("kept", {
           accountId: "${KEPT}",
           sessionDuration: "12h",
           loginDesign: { headerText: pulumi.output(undefined) },
           mfaConfig: pulumi.output({ sessionDuration: undefined }),
         });`,
        organization("moved", { accountId: ENTERED, sessionDuration: "12h" }),
        ...COMMON,
      );
      emulator.clearRequests();
      run = await project.up();
    });

    it("are completed after the partial failure", async () => {
      expect(run.exitCode).toBe(0);
      expect(requestsTo(emulator, PARTIAL)).toEqual(["GET", "PUT"]);
      expect(liveSettings(emulator, PARTIAL)).toMatchObject({ custom_pages: PAGES });
      const { partial } = await project.state();
      expect(partial?.initErrors).toBeUndefined();
      expect(partial?.outputs).toMatchObject({ customPages: PAGES });
    });

    it("keep the live values of removed inputs, also if the program knows them only later", async () => {
      expect(requestsTo(emulator, KEPT)).toEqual(["GET"]);
      expect(liveSettings(emulator, KEPT)).toMatchObject({
        deny_unmatched_requests: true,
        ...DESIGN,
        mfa_config: { session_duration: "8h" },
      });
      const { kept } = await project.state();
      expect(Object.keys(kept?.inputs ?? {}).sort()).toEqual([
        "__provider",
        "accountId",
        "sessionDuration",
      ]);
      expect(kept?.outputs).toMatchObject({ sessionDuration: "12h" });
      expect(kept?.outputs).not.toHaveProperty("denyUnmatchedRequests");
    });

    it("are replaced on another account, and leave the organization of the former account unchanged", async () => {
      expect(requestsTo(emulator, ENTERED)).toEqual(["GET", "PUT"]);
      expect(liveSettings(emulator, ENTERED)).toMatchObject({ ...DESIGN, session_duration: "12h" });
      expect(requestsTo(emulator, LEFT)).toEqual([]);
      expect(live(LEFT)).toEqual(leftBefore);
      expect((await project.state()).moved?.id).toBe(`accounts/${ENTERED}`);
      expect(run.output).toContain(
        `No API call; the Zero Trust organization of account ${LEFT} is unchanged.`,
      );
    });

    it("pass on the outputs of `get` to the program", async () => {
      expect(await project.outputs()).toEqual({
        read: [`accounts/${READ}`, "24h", { headerText: "Widget Corp" }, "not set"],
      });
    });
  });

  it("lose an organization that does not exist any more in a refresh, which prints the reason", async () => {
    emulator.remove("accounts", ENTERED);
    emulator.edit("accounts", KEPT, { deny_unmatched_requests: false }); // no longer managed
    const refresh = await project.pulumi("refresh", "--yes", "--skip-preview");
    expect(refresh.exitCode).toBe(0);
    expect(diagnosticsOf(refresh)).toMatchInlineSnapshot(`
      "  pulumi:pulumi:Stack (zero-trust-test-test):
          Cloudflare responded that the Zero Trust organization of account 00000000000000000000000000000003 does not exist. A refresh removes the resource from Pulumi's state."
    `);
    expect(Object.keys(await project.state()).sort()).toEqual(["kept", "partial", "read"]);
  });

  it("are destroyed without a request, and the live organizations are unchanged", async () => {
    const before = [KEPT, PARTIAL].map(live);
    emulator.clearRequests();
    const destroy = await project.destroy();

    expect(destroy.exitCode).toBe(0);
    expect(emulator.requests).toEqual([]);
    expect([KEPT, PARTIAL].map(live)).toEqual(before);
    expect(await project.state()).toEqual({});
    for (const account of [KEPT, PARTIAL])
      expect(destroy.output).toContain(
        `No API call; the Zero Trust organization of account ${account} is unchanged.`,
      );
  });
});
