import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { startEmulator, type Emulator } from "../../emulator/index.js";
import { SERVICE_TOKEN, ZONE } from "../ids.js";
import { accountId } from "./accounts.js";
import { command } from "./command.js";
import { createProject, type Project } from "./project.js";

jest.setTimeout(120_000);

const WIDGET = accountId(1);
const CREATED_AT = "2024-01-01T05:20:00Z";

/** Replaces versions, ports and ray ids, which differ between machines or runs. */
function stable(text: string): string {
  return text
    .replace(/127\.0\.0\.1:\d+/g, "localhost")
    .replace(/\d+\.\d+\.\d+/g, "0.0.0")
    .replace(/\(ray id [^)]+\)/g, "(ray id …)");
}

describe("doctor", () => {
  let emulator: Emulator;
  let project: Project;
  let environment: Project["environment"];

  beforeAll(async () => {
    emulator = await startEmulator();
    emulator.seed("accounts", WIDGET, {
      auth_domain: "widget.cloudflareaccess.com",
      name: "Widget Corp",
      created_at: CREATED_AT,
    });
    emulator.seedDoh(WIDGET, { service_token_id: SERVICE_TOKEN });
    emulator.seed("zones", ZONE, {
      auth_domain: "zone.cloudflareaccess.com",
      name: "Zone",
      created_at: CREATED_AT,
    });
    project = await createProject(emulator);
    environment = { ...project.environment };
  });

  beforeEach(() => {
    emulator.clearRequests();
    Object.assign(project.environment, environment);
  });

  afterAll(async () => {
    await project.remove();
    await emulator.close();
  });

  it("reports no error if a deployment would succeed, and only sends GET requests", async () => {
    const run = await command(project, "doctor", "--account-id", WIDGET);
    expect(run).toMatchObject({ exitCode: 0, stderr: "" });
    expect(stable(run.stdout)).toMatchInlineSnapshot(`
      "✓ Node.js        0.0.0
      ✓ Package        pulumi-cloudflare-zero-trust 0.0.0
      ✓ SDK            @pulumi/pulumi 0.0.0
      ✓ Pulumi CLI     0.0.0
      ✓ Credentials    API token from CLOUDFLARE_API_TOKEN, for CLOUDFLARE_BASE_URL http://localhost/client/v4
      ✓ Organization   can be read for account 00000000000000000000000000000001: authDomain widget.cloudflareaccess.com, name Widget Corp, createdAt 2024-01-01T05:20:00Z
      ✓ DohSettings    can be read for account 00000000000000000000000000000001: name Service token, serviceTokenId f174e90a-fafe-4643-bbbc-4a0ed4fc8415
      ! Permissions    Only reading was checked, because this command never writes.
                       Previews, refreshes and drift checks need the permission "Access: Organizations" (Read) or "Access: Organizations, Identity Providers, and Groups" (Read).
                       Deployments need the permission "Access: Organizations" (Write) or "Access: Organizations, Identity Providers, and Groups" (Write).
                       UserRevocation and revokeUser need the permission "Access: Organizations" (Revoke) or "Access: Organizations, Identity Providers, and Groups" (Write)."
    `);
    expect(emulator.requests.map(({ method }) => method)).toEqual(["GET", "GET"]);
  });

  it("prints the same findings as JSON", async () => {
    const run = await command(project, "doctor", "--zone-id", ZONE, "--json");
    expect(run.exitCode).toBe(0);
    expect(JSON.parse(run.stdout)).toMatchObject({
      ok: true,
      findings: expect.arrayContaining([
        expect.objectContaining({ check: "Pulumi CLI", status: "ok" }),
        {
          check: "Organization",
          status: "ok",
          message: `can be read for zone ${ZONE}: authDomain zone.cloudflareaccess.com, name Zone, createdAt 2024-01-01T05:20:00Z`,
        },
      ]) as unknown,
    });
  });

  it("reports each error with what to do", async () => {
    project.environment.PATH = project.folder;
    project.environment.CLOUDFLARE_API_TOKEN = "one-that-was-revoked";
    const run = await command(project, "doctor", "--account-id", WIDGET);
    expect(run.exitCode).toBe(1);
    expect(stable(run.stdout)).toMatchInlineSnapshot(`
      "✓ Node.js        0.0.0
      ✓ Package        pulumi-cloudflare-zero-trust 0.0.0
      ✓ SDK            @pulumi/pulumi 0.0.0
      ✗ Pulumi CLI     \`pulumi\` is not on PATH.
                       Install it from https://www.pulumi.com/docs/install/.
      ✓ Credentials    API token from CLOUDFLARE_API_TOKEN, for CLOUDFLARE_BASE_URL http://localhost/client/v4
      ✗ Organization   GET /accounts/00000000000000000000000000000001/access/organizations was rejected with 403
                         9109: Invalid access token
                         (ray id …)
                       The API token from the environment is invalid, expired or revoked. Create a new token."
    `);
    expect(run.stdout + run.stderr).not.toContain("one-that-was-revoked");
  });

  it("reports an account without an organization", async () => {
    const run = await command(project, "doctor", "--account-id", accountId(9));
    expect(run.exitCode).toBe(1);
    expect(run.stdout).toContain(
      `✗ Organization   The account ${accountId(9)} has no Zero Trust organization. Check the id.`,
    );
  });

  it("reports a folder in which no program would run", async () => {
    const folder = await mkdtemp(path.join(tmpdir(), "zero-trust-nowhere-"));
    const run = await command({ ...project, folder }, "doctor");
    await rm(folder, { recursive: true });
    expect(run.exitCode).toBe(1);
    expect(stable(run.stdout).replaceAll(folder, "/folder")).toMatchInlineSnapshot(`
      "✓ Node.js        0.0.0
      ✗ Package        pulumi-cloudflare-zero-trust is not installed in /folder.
                       Run this command in the directory of your Pulumi project. If it is, run \`npm install pulumi-cloudflare-zero-trust\`.
      ✗ SDK            @pulumi/pulumi is not installed in /folder.
                       Run \`npm install @pulumi/pulumi@^3\` in the directory of your Pulumi project.
      ✓ Pulumi CLI     0.0.0
      ✓ Credentials    API token from CLOUDFLARE_API_TOKEN, for CLOUDFLARE_BASE_URL http://localhost/client/v4
      ! Access         not checked
                       Specify --account-id or --zone-id, or set CLOUDFLARE_ACCOUNT_ID."
    `);
  });

  it.each<[string, Record<string, string | undefined>, string]>([
    [
      "no credentials",
      { CLOUDFLARE_API_TOKEN: undefined },
      "✗ Credentials    No credentials are set in the environment.\n",
    ],
    [
      "an empty variable for credentials",
      { CLOUDFLARE_API_TOKEN: "" },
      "✗ Credentials    CLOUDFLARE_API_TOKEN is set but empty.\n",
    ],
    [
      "a base URL at which no server listens",
      { CLOUDFLARE_BASE_URL: "http://127.0.0.1:1/client/v4" },
      "Cannot connect to 127.0.0.1:1, the host in CLOUDFLARE_BASE_URL.",
    ],
    [
      "a proxy that does not listen",
      { CLOUDFLARE_BASE_URL: "https://api.invalid/client/v4", HTTPS_PROXY: "http://127.0.0.1:1" },
      "Cannot connect to 127.0.0.1:1, the proxy in HTTPS_PROXY.",
    ],
  ])("exits with 1 and names the variable for %s", async (_what, variables, message) => {
    for (const name of ["HTTPS_PROXY", "https_proxy", "NO_PROXY", "no_proxy"])
      project.environment[name] = undefined;
    Object.assign(project.environment, variables);
    const run = await command(project, "doctor", "--account-id", WIDGET);
    expect(run.exitCode).toBe(1);
    expect(run.stdout).toContain(message);
  });

  it("takes the account from CLOUDFLARE_ACCOUNT_ID", async () => {
    project.environment.CLOUDFLARE_ACCOUNT_ID = WIDGET;
    const run = await command(project, "doctor");
    expect(run.exitCode).toBe(0);
    expect(run.stdout).toContain(`✓ Organization   can be read for account ${WIDGET}: `);
  });
});
