import { writeFile } from "node:fs/promises";
import path from "node:path";
import { ACCOUNT, OTHER_ACCOUNT, SERVICE_TOKEN, ZONE } from "../../ids.js";
import { runCommand, useCommandFixture } from "../run-command.js";

const CREATED_AT = "2024-01-01T05:20:00Z";

const fixture = useCommandFixture();
beforeEach(async () => {
  const { emulator, folder } = fixture;
  await writeFile(path.join(folder, "pulumi"), "#!/bin/sh\necho v3.260.0\n", { mode: 0o755 });
  process.env.PATH = folder;
  emulator.seed("accounts", ACCOUNT, {
    auth_domain: "widget.cloudflareaccess.com",
    name: "Widget Corp",
    created_at: CREATED_AT,
  });
  emulator.seedDoh(ACCOUNT, { service_token_id: SERVICE_TOKEN });
  emulator.seed("zones", ZONE, {
    auth_domain: "zone.cloudflareaccess.com",
    name: "Zone",
    created_at: CREATED_AT,
  });
});

const doctor = (...args: string[]) => runCommand(["doctor", ...args]);

/** Replaces versions and ports, which differ between machines or runs. */
function stable(text: string): string {
  return text.replace(/127\.0\.0\.1:\d+/g, "localhost").replace(/\d+\.\d+\.\d+/g, "0.0.0");
}

describe("doctor", () => {
  it("exits with 0 and reports each check if a deployment would succeed, and only sends GET requests", async () => {
    const run = await doctor("--account-id", ACCOUNT);
    expect(run).toMatchObject({ exitCode: 0, stderr: "" });
    expect(stable(run.stdout)).toMatchInlineSnapshot(`
      "✓ Node.js        0.0.0
      ✓ Package        pulumi-cloudflare-zero-trust 0.0.0
      ✓ SDK            @pulumi/pulumi 0.0.0
      ✓ Pulumi CLI     0.0.0
      ✓ Credentials    API token from CLOUDFLARE_API_TOKEN, for CLOUDFLARE_BASE_URL http://localhost/client/v4
      ✓ Organization   can be read for account 023e105f4ecef8ad9ca31a8372d0c353: authDomain widget.cloudflareaccess.com, name Widget Corp, createdAt 2024-01-01T05:20:00Z
      ✓ DohSettings    can be read for account 023e105f4ecef8ad9ca31a8372d0c353: name Service token, serviceTokenId f174e90a-fafe-4643-bbbc-4a0ed4fc8415
      ! Permissions    Only reading was checked, because this command never writes.
                       Previews, refreshes and drift checks need the permission "Access: Organizations" (Read) or "Access: Organizations, Identity Providers, and Groups" (Read).
                       Deployments need the permission "Access: Organizations" (Write) or "Access: Organizations, Identity Providers, and Groups" (Write).
                       UserRevocation and revokeUser need the permission "Access: Organizations" (Revoke) or "Access: Organizations, Identity Providers, and Groups" (Write).
      "
    `);
    expect(fixture.emulator.requests.map(({ method }) => method)).toEqual(["GET", "GET"]);
  });

  it("does not check the access without an account or a zone", async () => {
    expect((await doctor()).stdout).toContain(
      "! Access         not checked\n                 Specify --account-id or --zone-id, or set CLOUDFLARE_ACCOUNT_ID.\n",
    );
    expect(fixture.emulator.requests).toEqual([]);
  });

  it("escapes characters of live values that a terminal acts on", async () => {
    fixture.emulator.edit("accounts", ACCOUNT, { name: "Widget\u001B[2J \u202ECorp" });
    const { stdout } = await doctor("--account-id", ACCOUNT);
    expect(stdout).toContain(String.raw`, name Widget\u001b[2J \u202eCorp, `);
  });

  it("reports DoH settings that are not configured as readable", async () => {
    fixture.emulator.seed("accounts", OTHER_ACCOUNT);
    const { exitCode, stdout } = await doctor("--account-id", OTHER_ACCOUNT);
    expect(exitCode).toBe(0);
    expect(stdout).toContain("✓ DohSettings    can be read, and is not configured\n");
  });

  it("prints the same findings as JSON", async () => {
    const { stdout } = await doctor("--zone-id", ZONE, "--json");
    const { ok, findings } = JSON.parse(stdout) as { ok: boolean; findings: object[] };
    expect(ok).toBe(true);
    expect(findings).toContainEqual({
      check: "Organization",
      status: "ok",
      message: `can be read for zone ${ZONE}: authDomain zone.cloudflareaccess.com, name Zone, createdAt ${CREATED_AT}`,
    });
  });

  it("exits with 1 for a revoked token, and does not print it", async () => {
    process.env.CLOUDFLARE_API_TOKEN = "one-that-was-revoked";
    const { exitCode, stdout, stderr } = await doctor("--account-id", ACCOUNT);
    expect(exitCode).toBe(1);
    expect(stdout.replace(/\(ray id [^)]+\)/, "(ray id …)")).toContain(
      [
        `✗ Organization   GET /accounts/${ACCOUNT}/access/organizations was rejected with 403`,
        "                   9109: Invalid access token",
        "                   (ray id …)",
        "                 The API token from the environment is invalid, expired or revoked. Create a new token.",
        "",
      ].join("\n"),
    );
    expect(stdout + stderr).not.toContain("one-that-was-revoked");
    expect(stdout).not.toContain("Permissions");
  });

  it("exits with 1 if the account of CLOUDFLARE_ACCOUNT_ID has no organization", async () => {
    process.env.CLOUDFLARE_ACCOUNT_ID = OTHER_ACCOUNT;
    const { exitCode, stdout } = await doctor();
    expect(exitCode).toBe(1);
    expect(stdout).toContain(
      `✗ Organization   The account ${OTHER_ACCOUNT} has no Zero Trust organization. Check the id.`,
    );
  });

  it("exits with 1 after the check of the credentials if none is set", async () => {
    process.env.CLOUDFLARE_API_TOKEN = "";
    const { exitCode, stdout, stderr } = await doctor("--account-id", ACCOUNT);
    expect({ exitCode, stderr }).toEqual({ exitCode: 1, stderr: "" });
    expect(stdout).toContain("✗ Credentials    CLOUDFLARE_API_TOKEN is set but empty.\n");
    expect(fixture.emulator.requests).toEqual([]);
  });
});
