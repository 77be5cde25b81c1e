import { startEmulator, type Emulator } from "../../emulator/index.js";
import { accountId } from "./accounts.js";
import { diagnosticsOf } from "./diagnostics.js";
import { createProject, organization, type Project } from "./project.js";

jest.setTimeout(120_000);

const ACCOUNT = accountId(1);
const NOT_ENABLED = accountId(2);

describe("bad input", () => {
  let emulator: Emulator;
  let project: Project;

  beforeAll(async () => {
    emulator = await startEmulator();
    emulator.seed("accounts", ACCOUNT);
    project = await createProject(emulator);
  });

  beforeEach(() => emulator.clearRequests());

  afterEach(async () => {
    expect(await project.state()).toEqual({});
  });

  afterAll(async () => {
    await project.remove();
    await emulator.close();
  });

  /** What a person reads when the CLI refuses. */
  async function refused(...args: string[]): Promise<string> {
    const run = await project.up(...args);
    expect(run.exitCode).not.toBe(0);
    return diagnosticsOf(run);
  }

  it("is reported all at once, each at its property, before any call", async () => {
    await project.program(
      organization("wrong", {
        accountId: "widget-corp",
        zoneId: accountId(9),
        name: "",
        authDomain: "https://widget.cloudflareaccess.com/",
        sesionDuration: "24h",
        is_ui_read_only: true,
        sessionDuration: "a day",
        userSeatExpirationInactiveTime: "720h",
        warpAuthSessionDuration: "90s",
        denyUnmatchedRequests: "yes",
        loginDesign: { headerTxt: "Widget Corp", backgroundColor: 112233 },
        mfaConfig: { allowedAuthenticators: [], sessionDuration: "721h", requiredAaguids: "any" },
        mfaRequiredForAllApps: true,
        serviceTokenInactivity: { enabled: true, inactivityThresholdDays: 29 },
        additionalSettings: { updated_at: "2026-01-01T00:00:00Z" },
      }),
    );
    expect(await refused()).toMatchInlineSnapshot(`
      "  pulumi-nodejs:dynamic/zerotrust:Organization (wrong):
          error: pulumi-nodejs:dynamic/zerotrust:Organization resource 'wrong': property zoneId value {00000000000000000000000000000009} has a problem: conflicts with accountId. Declare one of them
          error: pulumi-nodejs:dynamic/zerotrust:Organization resource 'wrong': property accountId value {widget-corp} has a problem: must have 32 hexadecimal digits, as the dashboard shows it
          error: pulumi-nodejs:dynamic/zerotrust:Organization resource 'wrong': property name value {} has a problem: must not be empty; it cannot be cleared
          error: pulumi-nodejs:dynamic/zerotrust:Organization resource 'wrong': property authDomain value {https://widget.cloudflareaccess.com/} has a problem: must be a full host name such as "team.cloudflareaccess.com", without scheme, port or path
          error: pulumi-nodejs:dynamic/zerotrust:Organization resource 'wrong': property denyUnmatchedRequests value {yes} has a problem: must be true or false, not a string
          error: pulumi-nodejs:dynamic/zerotrust:Organization resource 'wrong': property loginDesign.backgroundColor value {<nil>} has a problem: must be a string, not the number 112233
          error: pulumi-nodejs:dynamic/zerotrust:Organization resource 'wrong': property loginDesign.headerTxt value {<nil>} has a problem: is not an input. Did you mean headerText?
          error: pulumi-nodejs:dynamic/zerotrust:Organization resource 'wrong': property mfaConfig.requiredAaguids value {<nil>} has a problem: must be a UUID such as "2fc0579f-8113-47ea-b116-bb5a8db9202a"
          error: pulumi-nodejs:dynamic/zerotrust:Organization resource 'wrong': property mfaConfig.sessionDuration value {<nil>} has a problem: must be at most 720h
          error: pulumi-nodejs:dynamic/zerotrust:Organization resource 'wrong': property serviceTokenInactivity.action value {<nil>} has a problem: is missing; it must be a string
          error: pulumi-nodejs:dynamic/zerotrust:Organization resource 'wrong': property serviceTokenInactivity.inactivityThresholdDays value {<nil>} has a problem: must be a whole number from 30 to 365, not the number 29
          error: pulumi-nodejs:dynamic/zerotrust:Organization resource 'wrong': property sessionDuration value {a day} has a problem: must be a duration such as "24h" or "1h30m" (units: ns, us, ms, s, m, h), not "a day"
          error: pulumi-nodejs:dynamic/zerotrust:Organization resource 'wrong': property userSeatExpirationInactiveTime value {720h} has a problem: must be at least 730h
          error: pulumi-nodejs:dynamic/zerotrust:Organization resource 'wrong': property warpAuthSessionDuration value {90s} has a problem: accepts only the units m and h, not s
          error: pulumi-nodejs:dynamic/zerotrust:Organization resource 'wrong': property additionalSettings.updated_at value {<nil>} has a problem: is computed by Cloudflare and cannot be set
          error: pulumi-nodejs:dynamic/zerotrust:Organization resource 'wrong': property is_ui_read_only value {true} has a problem: is not an input. Did you mean isUiReadOnly?
          error: pulumi-nodejs:dynamic/zerotrust:Organization resource 'wrong': property sesionDuration value {24h} has a problem: is not an input. Did you mean sessionDuration?
          error: pulumi-nodejs:dynamic/zerotrust:Organization resource 'wrong': property mfaConfig.allowedAuthenticators value {<nil>} has a problem: mfaRequiredForAllApps needs at least one authenticator. Declare some, such as ["totp"]"
    `);
    expect(emulator.requests).toEqual([]);
  });

  it("such as no credentials gets the places to put them", async () => {
    await project.program(organization("organization", { accountId: ACCOUNT, name: "Widgets" }));
    const token = project.environment.CLOUDFLARE_API_TOKEN;
    project.environment.CLOUDFLARE_API_TOKEN = undefined;
    const diagnostics = await refused();
    project.environment.CLOUDFLARE_API_TOKEN = token;

    expect(diagnostics).toMatchInlineSnapshot(`
      "  pulumi-nodejs:dynamic/zerotrust:Organization (organization):
          error: No Cloudflare credentials found. Set an API token in one of these places:
            - the environment: CLOUDFLARE_API_TOKEN (or CLOUDFLARE_API_KEY and CLOUDFLARE_EMAIL)
            - the stack configuration: pulumi config set --secret cloudflare:apiToken
            - a Provider of this package, passed as the resource option \`provider\`
          The token needs the permission "Access: Organizations" (Write) or "Access: Organizations, Identity Providers, and Groups" (Write)."
    `);
    expect(emulator.requests).toEqual([]);
  });

  it("such as a token without permission gets the permission's name", async () => {
    const credential = emulator.credentials[0];
    if (credential === undefined) throw new Error("The emulator has no credential.");
    credential.access = "none";
    const diagnostics = await refused();
    credential.access = "write";

    expect(diagnostics).toMatchInlineSnapshot(`
      "  pulumi-nodejs:dynamic/zerotrust:Organization (organization):
          error: GET /accounts/00000000000000000000000000000001/access/organizations was rejected with 403
            10000: Authentication error
            (ray id …)
          The API token from the environment lacks a permission for account 00000000000000000000000000000001. Check the id, and add the permission "Access: Organizations" (Read) or "Access: Organizations, Identity Providers, and Groups" (Read) to the token for it. The organization may exist nevertheless."
    `);
  });

  it("such as an account without an organization, and nothing to make one of, gets what to state", async () => {
    await project.program(
      organization("organization", { accountId: NOT_ENABLED, sessionDuration: "24h" }),
    );
    expect(await refused()).toMatchInlineSnapshot(`
      "  pulumi-nodejs:dynamic/zerotrust:Organization (organization):
          error: There is no Zero Trust organization of account 00000000000000000000000000000002 yet. To create it, declare name and authDomain. If it should exist, check the id. Zero Trust is enabled for an account by choosing a plan in the dashboard."
    `);
    expect(emulator.requests.map(({ method }) => method)).toEqual(["GET"]);
  });
});
