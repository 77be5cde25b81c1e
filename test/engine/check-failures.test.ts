import { startEmulator, type Emulator } from "../../emulator/index.js";
import { accountId } from "./accounts.js";
import { diagnosticsOf } from "./diagnostics.js";
import { createProject, organization, type Project, type Run } from "./project.js";

jest.setTimeout(120_000);

const PROGRAM = organization("wrong", {
  accountId: accountId(1),
  zoneId: accountId(9),
  sesionDuration: "24h",
  sessionDuration: "a day",
  loginDesign: { backgroundColor: 112233 },
  mfaConfig: { allowedAuthenticators: [] },
  mfaRequiredForAllApps: true,
  serviceTokenInactivity: { enabled: true, inactivityThresholdDays: 30 },
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

  it("fails before any request", async () => {
    expect(run.exitCode).not.toBe(0);
    expect(emulator.requests).toEqual([]);
    expect(await project.state()).toEqual({});
  });

  it("prints all failures at once, each with its property and what to do", () => {
    expect(diagnosticsOf(run)).toMatchInlineSnapshot(`
      "  pulumi-nodejs:dynamic/zerotrust:Organization (wrong):
          error: pulumi-nodejs:dynamic/zerotrust:Organization resource 'wrong': property zoneId value {00000000000000000000000000000009} has a problem: conflicts with accountId. Declare one of them
          error: pulumi-nodejs:dynamic/zerotrust:Organization resource 'wrong': property loginDesign.backgroundColor value {<nil>} has a problem: must be a string, not the number 112233
          error: pulumi-nodejs:dynamic/zerotrust:Organization resource 'wrong': property serviceTokenInactivity.action value {<nil>} has a problem: is missing; it must be a string
          error: pulumi-nodejs:dynamic/zerotrust:Organization resource 'wrong': property sessionDuration value {a day} has a problem: must be a duration such as "24h" or "1h30m" (units: ns, us, ms, s, m, h), not "a day"
          error: pulumi-nodejs:dynamic/zerotrust:Organization resource 'wrong': property sesionDuration value {24h} has a problem: is not an input. Did you mean sessionDuration?
          error: pulumi-nodejs:dynamic/zerotrust:Organization resource 'wrong': property mfaConfig.allowedAuthenticators value {<nil>} has a problem: mfaRequiredForAllApps needs at least one authenticator. Declare some, such as ["totp"]"
    `);
  });
});
