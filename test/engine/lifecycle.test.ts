import { startEmulator, type Emulator, type Settings } from "../../emulator/index.js";
import { accountId, liveSettings, requestsTo } from "./accounts.js";
import { diagnosticsOf } from "./diagnostics.js";
import { createProject, organization, succeeded, type Project } from "./project.js";

jest.setTimeout(120_000);

let emulator: Emulator;
let project: Project;

beforeAll(async () => {
  emulator = await startEmulator();
  project = await createProject(emulator);
});

afterAll(async () => {
  await project.remove();
  await emulator.close();
});

describe("an organization", () => {
  const KEPT = accountId(1);
  const LEFT = accountId(2);
  const ENTERED = accountId(3);
  const DESIGN = { login_design: { header_text: "Widget Corp" } };

  const live = (...accounts: readonly string[]): (Settings | undefined)[] =>
    accounts.map((account) => emulator.organization("accounts", account));

  beforeAll(async () => {
    emulator.seed("accounts", KEPT, { session_duration: "24h" });
    emulator.seed("accounts", LEFT, { session_duration: "24h" });
    emulator.seed("accounts", ENTERED, DESIGN);
    await project.program(
      organization("kept", {
        accountId: KEPT,
        denyUnmatchedRequests: true,
        loginDesign: { headerText: "Widget Corp" },
        mfaConfig: { sessionDuration: "8h" },
        sessionDuration: "12h",
      }),
      organization("moved", { accountId: LEFT, sessionDuration: "12h" }),
    );
    await succeeded(project.up());
  });

  describe("of which an argument is taken out, and another that moves to another account", () => {
    let diagnostics: string;
    let leftBefore: unknown;

    beforeAll(async () => {
      [leftBefore] = live(LEFT);
      await project.program(
        `new zerotrust.Organization("kept", {
           accountId: "${KEPT}",
           sessionDuration: "12h",
           loginDesign: { headerText: pulumi.output(undefined) },
           mfaConfig: pulumi.output({ sessionDuration: undefined }),
         });`,
        organization("moved", { accountId: ENTERED, sessionDuration: "12h" }),
      );
      emulator.clearRequests();
      const run = project.up();
      await succeeded(run);
      diagnostics = diagnosticsOf(await run);
    });

    it("keeps the live value of the argument, which is not managed any more", async () => {
      expect(requestsTo(emulator, KEPT)).toEqual(["GET"]);
      expect(liveSettings(emulator, KEPT)).toMatchObject({ deny_unmatched_requests: true });
      const { kept } = await project.state();
      expect(kept?.outputs).toMatchObject({ sessionDuration: "12h" });
      expect(kept?.outputs).not.toHaveProperty("denyUnmatchedRequests");
    });

    it("keeps objects of which the program turns out to state nothing, once it is known", async () => {
      expect(liveSettings(emulator, KEPT)).toMatchObject({
        login_design: { header_text: "Widget Corp" },
        mfa_config: { session_duration: "8h" },
      });
      const { kept } = await project.state();
      expect(Object.keys(kept?.inputs ?? {}).sort()).toEqual([
        "__provider",
        "accountId",
        "sessionDuration",
      ]);
    });

    it("is another resource on another account: adopted there, and left as it is here", async () => {
      expect(requestsTo(emulator, ENTERED)).toEqual(["GET", "PUT"]);
      expect(liveSettings(emulator, ENTERED)).toMatchObject({ ...DESIGN, session_duration: "12h" });
      expect(requestsTo(emulator, LEFT)).toEqual([]);
      expect(live(LEFT)).toEqual([leftBefore]);
      const { moved } = await project.state();
      expect(moved?.id).toBe(`accounts/${ENTERED}`);
    });

    it("says of the one that it leaves that it stays", () => {
      expect(diagnostics).toMatchInlineSnapshot(`
        "  pulumi:pulumi:Stack (zero-trust-test-test):
            No API call; the Zero Trust organization of account 00000000000000000000000000000002 is unchanged."
      `);
    });

    it("has no drift in what is not managed any more", async () => {
      emulator.edit("accounts", KEPT, { deny_unmatched_requests: false });
      expect(await project.drift()).toMatchObject({ exitCode: 0 });
    });
  });

  it("that is gone is drift, with a line that says why it is dropped from state", async () => {
    emulator.remove("accounts", ENTERED);
    const drift = await project.drift();
    expect(drift.exitCode).toBe(7);
    expect(drift.output).toContain(
      `Cloudflare responded that there is no Zero Trust organization of account ${ENTERED}. A refresh removes the resource from Pulumi's state.`,
    );

    const refresh = project.pulumi("refresh", "--yes", "--skip-preview");
    await succeeded(refresh);
    expect(diagnosticsOf(await refresh)).toMatchInlineSnapshot(`
      "  pulumi:pulumi:Stack (zero-trust-test-test):
          Cloudflare responded that there is no Zero Trust organization of account 00000000000000000000000000000003. A refresh removes the resource from Pulumi's state."
    `);
    expect(Object.keys(await project.state())).toEqual(["kept"]);
  });

  it("is left as it is when the stack is destroyed, which says so and asks Cloudflare nothing", async () => {
    const before = live(KEPT);
    emulator.clearRequests();
    const destroy = project.destroy();
    await succeeded(destroy);

    expect(emulator.requests).toEqual([]);
    expect(live(KEPT)).toEqual(before);
    expect(await project.state()).toEqual({});
    expect(diagnosticsOf(await destroy)).toMatchInlineSnapshot(`
      "  pulumi:pulumi:Stack (zero-trust-test-test):
          No API call; the Zero Trust organization of account 00000000000000000000000000000001 is unchanged."
    `);
  });
});

describe("a creation of which half went through", () => {
  const ACCOUNT = accountId(4);
  const PAGES = { forbidden: "699d98642c564d2e855e9661899b7252" };
  const ARGS = {
    accountId: ACCOUNT,
    name: "Widget Corp",
    authDomain: "widget.cloudflareaccess.com",
    customPages: PAGES,
  };
  const REFUSAL = {
    code: 12062,
    message: "access.api.error.invalid_org_config",
    error_chain: [{ message: "custom_pages.forbidden: no such page" }],
  };

  it("keeps in state what was made, and says what is missing", async () => {
    emulator.fault({
      method: "PUT",
      status: 400,
      body: { success: false, errors: [REFUSAL], messages: [], result: null },
    });
    await project.program(organization("organization", ARGS));
    const run = await project.up();

    expect(run.exitCode).not.toBe(0);
    expect(requestsTo(emulator, ACCOUNT)).toEqual(["GET", "POST", "PUT"]);
    expect(diagnosticsOf(run)).toMatchInlineSnapshot(`
      "  pulumi-nodejs:dynamic/zerotrust:Organization (organization):
          error: 1 error occurred:
          	* PUT /accounts/00000000000000000000000000000004/access/organizations was rejected with 400
            12062: access.api.error.invalid_org_config
              custom_pages.forbidden: no such page
            (ray id …)
          Cloudflare rejected the settings. The lines above name the setting."
    `);
    const { organization: half } = await project.state();
    expect(half?.id).toBe(`accounts/${ACCOUNT}`);
    expect(half?.initErrors).toHaveLength(1);
    expect(half?.outputs).toMatchObject({ name: "Widget Corp" });
    expect(half?.outputs).not.toHaveProperty("customPages"); // no response confirmed it
  });

  it("is finished by the next run", async () => {
    emulator.clearRequests();
    await succeeded(project.up());

    expect(requestsTo(emulator, ACCOUNT)).toEqual(["GET", "PUT"]);
    expect(liveSettings(emulator, ACCOUNT)).toMatchObject({ custom_pages: PAGES });
    const { organization: whole } = await project.state();
    expect(whole?.initErrors).toBeUndefined();
    expect(whole?.outputs).toMatchObject({ customPages: PAGES });
  });

  it("loses nothing either when an update is refused after it", async () => {
    emulator.seed("accounts", accountId(5), { auth_domain: "taken.cloudflareaccess.com" });
    const before = await project.state();
    await project.program(
      organization("organization", { ...ARGS, authDomain: "taken.cloudflareaccess.com" }),
    );
    const run = await project.up();

    expect(run.exitCode).not.toBe(0);
    expect(diagnosticsOf(run)).toMatchInlineSnapshot(`
      "  pulumi-nodejs:dynamic/zerotrust:Organization (organization):
          error: PUT /accounts/00000000000000000000000000000004/access/organizations was rejected with 400
            11003: access.api.error.auth_domain_not_available
            (ray id …)
          Another organization uses this authDomain. Team names are unique among all Cloudflare customers. Choose another one."
    `);
    const after = await project.state();
    expect(after.organization?.inputs).toEqual(before.organization?.inputs);
    expect(after.organization?.outputs).toEqual(before.organization?.outputs);
  });
});

describe("an organization that is only looked at", () => {
  const ACCOUNT = accountId(6);

  it("shows all that is set, asks once, and writes nothing", async () => {
    emulator.seed("accounts", ACCOUNT, {
      name: "Widget Corp",
      auth_domain: "looked-at.cloudflareaccess.com",
      session_duration: "24h",
      deny_unmatched_requests: true,
      login_design: { header_text: "Widget Corp" },
      mfa_config: { allowed_authenticators: ["totp"] },
      setting_of_tomorrow: { mode: "strict" },
    });
    const before = emulator.organization("accounts", ACCOUNT);
    await project.program(
      `const looked = zerotrust.Organization.get("looked", "${ACCOUNT}");`,
      `exports.id = looked.id;`,
      `exports.sessionDuration = looked.sessionDuration;`,
      `exports.design = looked.loginDesign;`,
      `exports.warp = looked.warpAuthSessionDuration.apply((value) => value ?? "not set");`,
    );
    emulator.clearRequests();
    await succeeded(project.up());

    expect(requestsTo(emulator, ACCOUNT)).toEqual(["GET"]);
    expect(emulator.organization("accounts", ACCOUNT)).toEqual(before);
    expect(await project.outputs()).toEqual({
      id: `accounts/${ACCOUNT}`,
      sessionDuration: "24h",
      design: { headerText: "Widget Corp" },
      warp: "not set",
    });
    const { looked } = await project.state();
    expect(looked?.id).toBe(`accounts/${ACCOUNT}`);
    expect(looked?.outputs).toMatchObject({
      accountId: ACCOUNT,
      name: "Widget Corp",
      authDomain: "looked-at.cloudflareaccess.com",
      sessionDuration: "24h",
      denyUnmatchedRequests: true,
      loginDesign: { headerText: "Widget Corp" },
      mfaConfig: { allowedAuthenticators: ["totp"] },
      additionalSettings: { setting_of_tomorrow: { mode: "strict" } },
      createdAt: before?.created_at,
      updatedAt: before?.updated_at,
    });
  });

  it("refreshes without drift", async () => {
    expect(await project.drift()).toMatchObject({ exitCode: 0 });
  });

  it("must exist", async () => {
    await project.program(`zerotrust.Organization.get("absent", "accounts/${accountId(7)}");`);
    const run = await project.preview();

    expect(run.exitCode).not.toBe(0);
    expect(diagnosticsOf(run)).toMatchInlineSnapshot(`
      "  pulumi-nodejs:dynamic/zerotrust:Organization (absent):
          error: Preview failed: There is no Zero Trust organization of account 00000000000000000000000000000007.
        pulumi:pulumi:Stack (zero-trust-test-test):
          Reading from Cloudflare failed: see the message"
    `);
  });
});
