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

/** Versions differ from one machine to the next, ports from one run to the next. */
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
    });
    emulator.seedDoh(WIDGET, { service_token_id: SERVICE_TOKEN });
    emulator.seed("zones", ZONE, { auth_domain: "zone.cloudflareaccess.com", name: "Zone" });
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

  it("finds all fine where a deployment would go well, by reading alone", async () => {
    const run = await command(project, "doctor", "--account-id", WIDGET);
    expect(run).toMatchObject({ exitCode: 0, stderr: "" });
    expect(stable(run.stdout)).toMatchInlineSnapshot(`
      "✓ Node           0.0.0
      ✓ package        pulumi-cloudflare-zero-trust 0.0.0
      ✓ SDK            @pulumi/pulumi 0.0.0
      ✓ Pulumi CLI     0.0.0
      ✓ credentials    an API token from the environment (CLOUDFLARE_API_TOKEN), for http://localhost/client/v4
      ✓ organization   accounts/00000000000000000000000000000001 can be read: widget.cloudflareaccess.com (Widget Corp)
      ✓ DoH settings   can be read
      ! writing        cannot be proven without writing, which this command never does.
                       A token needs "Access: Organizations, Identity Providers, and Groups" (Write) for it; Read is enough for previews and drift checks."
    `);
    expect(emulator.requests.map(({ method }) => method)).toEqual(["GET", "GET"]);
  });

  it("says for programs the same in JSON", async () => {
    const run = await command(project, "doctor", "--zone-id", ZONE, "--json");
    expect(run.exitCode).toBe(0);
    expect(JSON.parse(run.stdout)).toMatchObject({
      ok: true,
      findings: expect.arrayContaining([
        expect.objectContaining({ check: "Pulumi CLI", status: "fine" }),
        {
          check: "organization",
          status: "fine",
          says: `zones/${ZONE} can be read: zone.cloudflareaccess.com (Zone)`,
        },
      ]) as unknown,
    });
  });

  it("says what is wrong, and what to do about it", async () => {
    project.environment.PATH = project.folder;
    project.environment.CLOUDFLARE_API_TOKEN = "one-that-was-revoked";
    const run = await command(project, "doctor", "--account-id", WIDGET);
    expect(run.exitCode).toBe(1);
    expect(stable(run.stdout)).toMatchInlineSnapshot(`
      "✓ Node           0.0.0
      ✓ package        pulumi-cloudflare-zero-trust 0.0.0
      ✓ SDK            @pulumi/pulumi 0.0.0
      ✗ Pulumi CLI     There is no \`pulumi\` on PATH.
                       Install it from https://www.pulumi.com/docs/install/.
      ✓ credentials    an API token from the environment (CLOUDFLARE_API_TOKEN), for http://localhost/client/v4
      ✗ organization   GET /accounts/00000000000000000000000000000001/access/organizations was refused with 403
                         9109: Invalid access token
                         (ray id …)
                       The API token from the environment is wrong, expired or revoked: make a new one.
      ! writing        cannot be proven without writing, which this command never does.
                       A token needs "Access: Organizations, Identity Providers, and Groups" (Write) for it; Read is enough for previews and drift checks."
    `);
    expect(run.stdout + run.stderr).not.toContain("one-that-was-revoked");
  });

  it("says that there is no organization", async () => {
    const run = await command(project, "doctor", "--account-id", accountId(9));
    expect(run.exitCode).toBe(1);
    expect(run.stdout).toContain(
      `✗ organization   There is no Zero Trust organization on accounts/${accountId(9)}. Check the id;`,
    );
  });

  it("knows a folder where no program would run", async () => {
    const folder = await mkdtemp(path.join(tmpdir(), "zero-trust-nowhere-"));
    const run = await command({ ...project, folder }, "doctor");
    await rm(folder, { recursive: true });
    expect(run.exitCode).toBe(1);
    expect(stable(run.stdout).replaceAll(folder, "/folder")).toMatchInlineSnapshot(`
      "✓ Node           0.0.0
      ✗ package        A program in /folder would not find pulumi-cloudflare-zero-trust.
                       Run this in your Pulumi project, and there: npm install pulumi-cloudflare-zero-trust
      ✗ SDK            A program in /folder would not find @pulumi/pulumi.
                       In your Pulumi project: npm install @pulumi/pulumi@^3
      ✓ Pulumi CLI     0.0.0
      ✓ credentials    an API token from the environment (CLOUDFLARE_API_TOKEN), for http://localhost/client/v4
      ! organization   was not looked at: give --account-id or --zone-id."
    `);
  });
});
