import { startEmulator, type Emulator } from "../../emulator/index.js";
import { SERVICE_TOKEN } from "../ids.js";
import { temporaryFolder } from "../cli/run-command.js";
import { accountId } from "./accounts.js";
import { command } from "./command.js";
import { createProject, type Project } from "./project.js";

jest.setTimeout(120_000);

const WIDGET = accountId(1);
const CREATED_AT = "2024-01-01T05:20:00Z";

/** Replaces versions and ports, which differ between machines or runs. */
function stable(text: string): string {
  return text.replace(/127\.0\.0\.1:\d+/g, "localhost").replace(/\d+\.\d+\.\d+/g, "0.0.0");
}

describe("doctor", () => {
  let emulator: Emulator;
  let project: Project;

  beforeAll(async () => {
    emulator = await startEmulator();
    emulator.seed("accounts", WIDGET, {
      auth_domain: "widget.cloudflareaccess.com",
      name: "Widget Corp",
      created_at: CREATED_AT,
    });
    emulator.seedDoh(WIDGET, { service_token_id: SERVICE_TOKEN });
    project = await createProject(emulator);
  });

  afterAll(async () => {
    await project.remove();
    await emulator.close();
  });

  it("exits with 0 and reports each check if a deployment would succeed, and only sends GET requests", async () => {
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

  it("exits with 1 and names the commands that install the missing packages of a folder", async () => {
    const { folder, remove } = await temporaryFolder();
    const run = await command({ ...project, folder }, "doctor");
    await remove();
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
});
