import { startEmulator, type Emulator } from "../../emulator/index.js";
import { accountId } from "./accounts.js";
import { diagnosticsOf } from "./diagnostics.js";
import { createProject, organization, type Project, type Run } from "./project.js";

jest.setTimeout(120_000);

const PROGRAM = organization("wrong", {
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
});

describe("A preview with invalid inputs", () => {
  let emulator: Emulator;
  let project: Project;
  let run: Run;

  beforeAll(async () => {
    emulator = await startEmulator();
    project = await createProject(emulator);
    await project.program(PROGRAM);
    run = await project.preview();
  });
  afterAll(async () => {
    await project.remove();
    await emulator.close();
  });

  it("fails before any request", async () => {
    expect(run.exitCode).not.toBe(0);
    expect(emulator.requests).toEqual([]);
    expect(await project.state()).toEqual({});
  });

  it("prints all failures at once, each with its property and what to do", () => {
    expect(diagnosticsOf(run)).toMatchInlineSnapshot(`
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
  });
});
