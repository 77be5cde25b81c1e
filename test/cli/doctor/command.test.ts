import { startEmulator, type Emulator } from "../../../emulator/index.js";
import { ACCOUNT, OTHER_ACCOUNT, SERVICE_TOKEN, ZONE } from "../../ids.js";
import { pointCommandAt, runCommand } from "../run-command.js";

const CREATED_AT = "2024-01-01T05:20:00Z";

let emulator: Emulator;
let restoreEnvironment: () => void;
beforeEach(async () => {
  emulator = await startEmulator();
  restoreEnvironment = pointCommandAt(emulator);
  for (const name of ["HTTPS_PROXY", "https_proxy", "NO_PROXY", "no_proxy"])
    Reflect.deleteProperty(process.env, name);
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
afterEach(async () => {
  restoreEnvironment();
  await emulator.close();
});

const doctor = (...args: string[]) => runCommand(["doctor", ...args]);
const READABLE = `✓ Organization   can be read for account ${ACCOUNT}: authDomain widget.cloudflareaccess.com, name Widget Corp, createdAt ${CREATED_AT}\n`;

/*
 * Whether there is a Pulumi CLI depends on the machine. Therefore these tests do not compare the exit code of a
 * successful run, which the tests on the real engine do.
 */
describe("doctor", () => {
  it("reads the organization and the DoH settings of an account, and only sends GET requests", async () => {
    const { stdout, stderr } = await doctor("--account-id", ACCOUNT);
    expect(stderr).toBe("");
    expect(stdout).toContain(READABLE);
    expect(stdout).toContain(
      `✓ DohSettings    can be read for account ${ACCOUNT}: name Service token, serviceTokenId ${SERVICE_TOKEN}\n`,
    );
    expect(emulator.requests.map(({ method }) => method)).toEqual(["GET", "GET"]);
  });

  it("takes the account from CLOUDFLARE_ACCOUNT_ID", async () => {
    process.env.CLOUDFLARE_ACCOUNT_ID = ACCOUNT;
    expect((await doctor()).stdout).toContain(READABLE);
  });

  it("does not check the access without an account or a zone", async () => {
    expect((await doctor()).stdout).toContain(
      "! Access         not checked\n                 Specify --account-id or --zone-id, or set CLOUDFLARE_ACCOUNT_ID.\n",
    );
    expect(emulator.requests).toEqual([]);
  });

  it("prints the same findings as JSON", async () => {
    const { stdout } = await doctor("--zone-id", ZONE, "--json");
    expect(JSON.parse(stdout)).toMatchObject({
      findings: expect.arrayContaining([
        expect.objectContaining({ check: "Node.js", status: "ok" }),
        {
          check: "Organization",
          status: "ok",
          message: `can be read for zone ${ZONE}: authDomain zone.cloudflareaccess.com, name Zone, createdAt ${CREATED_AT}`,
        },
      ]) as unknown,
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

  it("exits with 1 for an account without an organization", async () => {
    const { exitCode, stdout } = await doctor("--account-id", OTHER_ACCOUNT);
    expect(exitCode).toBe(1);
    expect(stdout).toContain(
      `✗ Organization   The account ${OTHER_ACCOUNT} has no Zero Trust organization. Check the id.`,
    );
  });

  it.each<[string, Record<string, string>, string]>([
    [
      "no credentials",
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
    Object.assign(process.env, variables);
    const { exitCode, stdout } = await doctor("--account-id", ACCOUNT);
    expect(exitCode).toBe(1);
    expect(stdout).toContain(message);
  });
});
