import { startEmulator, type Emulator } from "../../emulator/index.js";
import { accountId, liveSettings } from "./accounts.js";
import { createProject, succeeded, type Project } from "./project.js";

jest.setTimeout(180_000);

const UPDATED = accountId(1);
const FAILED = accountId(2);
const ACCOUNTS = [UPDATED, FAILED];

const MFA = { allowedAuthenticators: ["totp", "security_key"], sessionDuration: "24h" };
const program = (headerText: string) => {
  const inputs = (account: string) =>
    JSON.stringify({
      accountId: account,
      loginDesign: { headerText },
      denyUnmatchedRequests: false,
      mfaConfig: MFA,
    });
  return [
    `new zerotrust.Organization("updated", ${inputs(UPDATED)});`,
    `new zerotrust.Organization("failed", ${inputs(FAILED)});`,
  ];
};
const TIGHTENED = {
  deny_unmatched_requests: true,
  mfa_config: { allowed_authenticators: ["security_key"], session_duration: "1h" },
};

describe("pulumi up without a refresh, after someone tightened settings in the dashboard", () => {
  let emulator: Emulator;
  let project: Project;

  beforeAll(async () => {
    emulator = await startEmulator();
    for (const account of ACCOUNTS)
      emulator.seed("accounts", account, { deny_unmatched_requests: false });
    project = await createProject(emulator);
    project.environment.CLOUDFLARE_RETRIES = "0";
    await project.program(...program("Hi"));
    await succeeded(project.up());
    for (const account of ACCOUNTS) emulator.edit("accounts", account, TIGHTENED);
    await project.program(...program("Hello"));
  });

  it("lists and writes only the changed setting, and warns about each other setting that drifted", async () => {
    emulator.fault({
      method: "PUT",
      path: new RegExp(FAILED),
      status: 503,
      body: {},
      delayMs: 2000,
    });
    const { exitCode, output } = await project.pulumi("up", "--yes", "--diff");
    const [preview = ""] = output.split(/^Updating /m);
    expect(preview).toContain('~ headerText: "Hi" => "Hello"');
    expect(preview).not.toMatch(/denyUnmatchedRequests|mfaConfig/);
    expect(exitCode).not.toBe(0);
    expect(liveSettings(emulator, UPDATED)).toMatchObject({
      ...TIGHTENED,
      login_design: { header_text: "Hello" },
    });
    expect(output).toContain(
      `These settings of the Zero Trust organization of account ${UPDATED} changed outside of Pulumi and keep their live values:`,
    );
    expect(output).toContain(
      "denyUnmatchedRequests: last deployed false, live true. Requests to hosts that no Access application covers are blocked.",
    );
    expect(output).toContain(
      "Run `pulumi up --refresh --run-program` to restore the declared values.",
    );
  });

  it("resumes a failed update without writing more than its preview listed", async () => {
    const output = await succeeded(project.up());
    expect(output).toContain(`organization of account ${FAILED} changed outside of Pulumi`);
    expect(liveSettings(emulator, FAILED)).toMatchObject({
      ...TIGHTENED,
      login_design: { header_text: "Hello" },
    });
  });

  it("restores the declared values with --refresh", async () => {
    const output = await succeeded(project.up("--refresh", "--run-program", "--diff"));
    expect(output).toContain("~ denyUnmatchedRequests: true => false");
    for (const account of [UPDATED, FAILED])
      expect(emulator.organization("accounts", account)).toMatchObject({
        deny_unmatched_requests: false,
        login_design: { header_text: "Hello" },
      });
  });
});
