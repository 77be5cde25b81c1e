import { readdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { ACCOUNT, OTHER_ACCOUNT, ZONE } from "../../ids.js";
import { useImportFixture } from "./import-fixture.js";

describe("import --accounts", () => {
  const fixture = useImportFixture();

  const importFile = async () =>
    JSON.parse(await readFile(path.join(fixture.folder, "zero-trust.import.json"), "utf8")) as {
      resources: { name: string }[];
    };

  async function listFile(...lines: string[]): Promise<string> {
    const file = path.join(fixture.folder, "accounts.txt");
    await writeFile(file, lines.join("\n"));
    return file;
  }

  it("continues after an account that fails, and exits with 1", async () => {
    fixture.emulator.seed("accounts", ACCOUNT, { auth_domain: "widget.cloudflareaccess.com" });
    fixture.emulator.seed("zones", ZONE, { auth_domain: "zone.cloudflareaccess.com" });
    const file = await listFile(`${ACCOUNT} first`, `${OTHER_ACCOUNT} missing`, `zones/${ZONE}`);
    expect(await fixture.run("--accounts", file)).toMatchInlineSnapshot(`
      {
        "exitCode": 1,
        "stderr": "  ------------------------ 0 of 3 accounts
        ======================== 3 of 3 accounts
      Note: the program does not declare settings of "first" that are false, empty or at their default: allowAuthenticateViaWarp, denyUnmatchedRequests, isUiReadOnly, loginDesign, mfaRequiredForAllApps, strictServiceTokenAuth, warpAuthNonBrowser401.
      Note: the program does not declare settings of "zone" that are false, empty or at their default: isUiReadOnly, loginDesign.
      Cannot read missing (accounts/0a1b2c3d4e5f60718293a4b5c6d7e8f9):
        The account 0a1b2c3d4e5f60718293a4b5c6d7e8f9 has no Zero Trust organization. Check the id. To enable Zero Trust, choose a plan in the dashboard, or deploy an Organization resource that declares authDomain and name.
      1 account could not be imported.
      ",
        "stdout": "✓ first  Zero Trust organization of account 023e105f4ecef8ad9ca31a8372d0c353 (2 settings)
      ✓ zone   Zero Trust organization of zone 699d98642c564d2e855e9661899b7252 (2 settings)

      Wrote zero-trust.ts and zero-trust.import.json to /infra.

      Next steps:
        1. Fix the list, and write both files again:
             npx pulumi-cloudflare-zero-trust import --accounts /infra/accounts.txt --out /infra --force
        2. Load zero-trust.ts from your program, or make it your program:
             import "./zero-trust";
        3. Import the resources into the selected stack:
             pulumi --cwd /infra import --file zero-trust.import.json --generate-code=false --protect=false
        4. Check that the preview shows no changes. If it does, the next \`pulumi up\` writes them: change the program first.
             pulumi --cwd /infra preview --refresh
      ",
      }
    `);
    expect((await importFile()).resources.map(({ name }) => name)).toEqual(["first", "zone"]);
  });

  it("does not run `pulumi import` after an account that fails", async () => {
    fixture.emulator.seed("accounts", ACCOUNT);
    const file = await listFile(`${ACCOUNT} first`, `${OTHER_ACCOUNT} missing`);
    await writeFile(path.join(fixture.folder, "Pulumi.yaml"), "name: infra\nruntime: nodejs\n");
    // Passes the check of the version, and fails if it is run for anything else.
    await writeFile(
      path.join(fixture.folder, "pulumi"),
      '#!/bin/sh\n[ "$1" = version ] && echo v3.260.0\n',
      { mode: 0o755 },
    );
    process.env.PATH = fixture.folder;
    const run = await fixture.run("--accounts", file, "--run");
    expect(run.exitCode).toBe(1);
    expect(run.stderr).toContain("1 account could not be imported. `pulumi import` was not run.\n");
    expect(run.stdout).toContain("--accounts /infra/accounts.txt --out /infra --run --force\n");
    expect(run.stdout).not.toContain("Import the resources");
  });

  it("writes no files if all accounts fail", async () => {
    const file = await listFile(ACCOUNT, OTHER_ACCOUNT);
    const run = await fixture.run("--accounts", file);
    expect(run).toMatchObject({ exitCode: 1, stdout: "" });
    expect(run.stderr).toContain("2 accounts could not be imported. Nothing was written.");
    expect(run.stderr).toContain(
      `Cannot read accounts/${ACCOUNT}:\n  The account ${ACCOUNT} has no Zero Trust organization.`,
    );
    expect(run.stderr).toContain(`Cannot read accounts/${OTHER_ACCOUNT}: same reason.\n`);
    expect(await readdir(fixture.folder)).toEqual(["accounts.txt"]);
    const { stdout } = await fixture.run("--accounts", file, "--json");
    expect(JSON.parse(stdout)).toEqual({
      resources: [],
      failures: [ACCOUNT, OTHER_ACCOUNT].map((id) => ({
        id: `accounts/${id}`,
        outcome: "not read",
        error: expect.stringContaining("has no Zero Trust organization") as unknown,
      })),
      imported: false,
    });
  });

  it("rejects an account whose team name is already the name of another resource", async () => {
    fixture.emulator.seed("accounts", ACCOUNT, { auth_domain: "widget.cloudflareaccess.com" });
    fixture.emulator.seed("accounts", OTHER_ACCOUNT, {
      auth_domain: "gadget.cloudflareaccess.com",
    });
    const run = await fixture.run("--accounts", await listFile(`${ACCOUNT} gadget`, OTHER_ACCOUNT));
    expect(run.exitCode).toBe(1);
    expect(run.stderr).toContain(
      `Cannot import accounts/${OTHER_ACCOUNT}:\n  The resource name "gadget" is already used for accounts/${ACCOUNT}. Add another name for accounts/${OTHER_ACCOUNT} to the list.\n1 account could not be imported.\n`,
    );
  });

  it("reads more accounts than it reads concurrently, and keeps their order", async () => {
    const ids = Array.from({ length: 40 }, (_, index) => index.toString().padStart(32, "0"));
    for (const id of ids) fixture.emulator.seed("accounts", id);
    const run = await fixture.run("--accounts", await listFile(...ids), "--json");
    expect(run.exitCode).toBe(0);
    const { resources } = JSON.parse(run.stdout) as { resources: { id: string }[] };
    expect(resources.map(({ id }) => id)).toEqual(ids.map((id) => `accounts/${id}`));
  });
});
