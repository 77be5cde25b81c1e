import { readdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { EMULATOR_TOKEN } from "../../../emulator/index.js";
import { ACCOUNT, SERVICE_TOKEN, ZONE } from "../../ids.js";
import { useImportFixture } from "./import-fixture.js";

const FILES = ["zero-trust.import.json", "zero-trust.ts"];

describe("import", () => {
  const { fixture, runImport } = useImportFixture();

  const textOf = (name: string) => readFile(path.join(fixture.folder, name), "utf8");
  const importedIds = async () => {
    const { resources } = JSON.parse(await textOf("zero-trust.import.json")) as {
      resources: { id: string }[];
    };
    return resources.map(({ id }) => id);
  };

  it("writes a program with every setting that is set, and prints the next steps", async () => {
    fixture.emulator.seed("accounts", ACCOUNT, {
      name: 'Widget "Corp"',
      auth_domain: "widget.cloudflareaccess.com",
      auto_redirect_to_identity: true,
      login_design: { background_color: "#112233", footer_text: "two\nlines" },
      mfa_config: { allowed_authenticators: ["totp", "biometrics"], session_duration: "24h0m0s" },
      setting_of_tomorrow: { mode: "strict", levels: [1, 2], "odd name": null },
    });
    fixture.emulator.seedDoh(ACCOUNT, { service_token_id: SERVICE_TOKEN });
    const { exitCode, stdout } = await runImport("--account-id", ACCOUNT);
    expect(exitCode).toBe(0);
    expect(stdout).toMatchInlineSnapshot(`
      "✓ organization  Zero Trust organization of account 023e105f4ecef8ad9ca31a8372d0c353 (8 settings)
      ✓ doh           DoH settings of account 023e105f4ecef8ad9ca31a8372d0c353 (1 setting)

      Wrote zero-trust.ts and zero-trust.import.json to /infra.

      Next steps:
        1. Load zero-trust.ts from your program, or make it your program:
             import "./zero-trust";
        2. Import the resources into the selected stack:
             pulumi --cwd /infra import --file zero-trust.import.json --generate-code=false --protect=false
        3. Check that the preview shows no changes. If it does, the next \`pulumi up\` writes them: change the program first.
             pulumi --cwd /infra preview --refresh
      "
    `);
    expect(await textOf("zero-trust.ts")).toMatchInlineSnapshot(`
      "import * as zerotrust from "pulumi-cloudflare-zero-trust";

      new zerotrust.Organization("organization", {
        accountId: "023e105f4ecef8ad9ca31a8372d0c353",
        name: 'Widget "Corp"',
        authDomain: "widget.cloudflareaccess.com",
        autoRedirectToIdentity: true,
        loginDesign: {
          backgroundColor: "#112233",
          footerText: "two\\nlines",
        },
        mfaConfig: {
          allowedAuthenticators: ["totp", "biometrics"],
          sessionDuration: "24h",
        },
        additionalSettings: {
          setting_of_tomorrow: {
            mode: "strict",
            levels: [1, 2],
            "odd name": null,
          },
        },
      });

      new zerotrust.DohSettings("doh", {
        accountId: "023e105f4ecef8ad9ca31a8372d0c353",
        serviceTokenId: "f174e90a-fafe-4643-bbbc-4a0ed4fc8415",
      });
      "
    `);
    expect(new Set(fixture.emulator.requests.map(({ method }) => method))).toEqual(
      new Set(["GET"]),
    );
    expect((await Promise.all(FILES.map(textOf))).join()).not.toContain(EMULATOR_TOKEN);
  });

  it.each(["null", "empty", "default_duration", "not_found", "not_enabled"] as const)(
    "writes no DohSettings if the API returns %s for DoH settings that are not configured",
    async (dohUnset) => {
      fixture.emulator.seed("accounts", ACCOUNT);
      fixture.emulator.behavior.dohUnset = dohUnset;
      expect(await runImport("--account-id", ACCOUNT)).toMatchObject({ exitCode: 0 });
      expect(await importedIds()).toEqual([`accounts/${ACCOUNT}`]);
    },
  );

  it("imports the account of CLOUDFLARE_ACCOUNT_ID by default", async () => {
    process.env.CLOUDFLARE_ACCOUNT_ID = ACCOUNT;
    fixture.emulator.seed("accounts", ACCOUNT);
    await runImport();
    expect(await importedIds()).toEqual([`accounts/${ACCOUNT}`]);
  });

  it("imports a zone under the name of --name, despite CLOUDFLARE_ACCOUNT_ID", async () => {
    process.env.CLOUDFLARE_ACCOUNT_ID = ACCOUNT;
    fixture.emulator.seed("zones", ZONE, { auth_domain: "zone.cloudflareaccess.com" });
    await runImport("--zone-id", ZONE, "--name", "shop's");
    expect(await importedIds()).toEqual([`zones/${ZONE}`]);
    expect(await textOf("zero-trust.ts")).toContain(
      `new zerotrust.Organization("shop's", {\n  zoneId: "${ZONE}",\n`,
    );
  });

  it("prints JSON with --json", async () => {
    fixture.emulator.seed("accounts", ACCOUNT, { user_seat_expiration_inactive_time: "720h" });
    const run = await runImport("--account-id", ACCOUNT, "--json");
    expect(JSON.parse(run.stdout)).toEqual({
      program: "/infra/zero-trust.ts",
      importFile: "/infra/zero-trust.import.json",
      resources: [
        {
          type: "Organization",
          name: "organization",
          id: `accounts/${ACCOUNT}`,
          settings: ["name", "authDomain"],
          omitted: [
            { property: "userSeatExpirationInactiveTime", reason: "must be at least 730h" },
          ],
          unset: expect.arrayContaining(["isUiReadOnly", "loginDesign"]) as unknown,
        },
      ],
      failures: [],
      imported: false,
    });
  });

  it.each<[string, number, string[], string]>([
    [
      "no account",
      2,
      [],
      "Specify what to import: --account-id, --zone-id or --accounts, or set CLOUDFLARE_ACCOUNT_ID.\n",
    ],
    [
      "an invalid id",
      2,
      ["--account-id", "widget"],
      'Invalid --account-id "widget": an id has 32 hexadecimal digits. The dashboard shows it on the overview page of the account or zone.\n',
    ],
    [
      "an account together with a zone",
      2,
      ["--account-id", ACCOUNT, "--zone-id", ZONE],
      "error: option '--zone-id <id>' cannot be used with option '--account-id <id>'\nRun with --help for usage.\n",
    ],
    [
      "an invalid name",
      2,
      ["--account-id", ACCOUNT, "--name", "a::b"],
      'Invalid --name "a::b": a resource name must not contain "::".\n',
    ],
    [
      "a list that does not exist",
      1,
      ["--accounts", "/nope.txt"],
      "Cannot read /nope.txt: no such file.\n",
    ],
    ["a folder instead of a list", 1, ["--accounts", "/"], "Cannot read /: it is a directory.\n"],
    [
      "--run outside a Pulumi project",
      1,
      ["--account-id", ACCOUNT, "--run"],
      "Cannot run `pulumi import`: /infra and the directories above have no Pulumi.yaml. Run the command in a Pulumi project, choose its directory with --out, or leave out --run. Nothing was written.\n",
    ],
  ])(
    "rejects %s with exit code %d before the first request",
    async (_what, exitCode, args, stderr) => {
      expect(await runImport(...args)).toEqual({ exitCode, stdout: "", stderr });
      expect(await readdir(fixture.folder)).toEqual([]);
      expect(fixture.emulator.requests).toEqual([]);
    },
  );

  it("names CLOUDFLARE_ACCOUNT_ID if its id is invalid", async () => {
    process.env.CLOUDFLARE_ACCOUNT_ID = "widget";
    const { exitCode, stderr } = await runImport();
    expect(exitCode).toBe(2);
    expect(stderr).toMatch(/^Invalid CLOUDFLARE_ACCOUNT_ID "widget": an id has/);
  });

  it("checks for the Pulumi CLI before the first request if --run is set", async () => {
    await writeFile(path.join(fixture.folder, "Pulumi.yaml"), "name: infra\nruntime: nodejs\n");
    process.env.PATH = fixture.folder;
    expect(await runImport("--account-id", ACCOUNT, "--run")).toEqual({
      exitCode: 1,
      stdout: "",
      stderr:
        "Cannot run `pulumi import`: `pulumi` is not on PATH. Install it from https://www.pulumi.com/docs/install/. Or leave out --run. Nothing was written.\n",
    });
    expect(fixture.emulator.requests).toEqual([]);
  });

  it("names the variables for credentials and the permission if no credential is set", async () => {
    Reflect.deleteProperty(process.env, "CLOUDFLARE_API_TOKEN");
    expect(await runImport("--account-id", ACCOUNT)).toEqual({
      exitCode: 1,
      stdout: "",
      stderr:
        'No credentials are set in the environment. Set CLOUDFLARE_API_TOKEN, or CLOUDFLARE_API_KEY and CLOUDFLARE_EMAIL. To read, an API token needs the permission "Access: Organizations" (Read) or "Access: Organizations, Identity Providers, and Groups" (Read).\n',
    });
  });

  it("checks for existing files before the first request", async () => {
    await writeFile(path.join(fixture.folder, "zero-trust.ts"), "mine");
    const run = await runImport("--account-id", ACCOUNT);
    expect(run).toMatchObject({ exitCode: 1, stdout: "" });
    expect(run.stderr).toMatch(/^zero-trust\.ts already exists in \/infra\. Nothing was written\./);
    expect(fixture.emulator.requests).toEqual([]);
  });
});
