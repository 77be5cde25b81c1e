import { readdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { parseAccountList } from "../../../provider/cli/import/account-list.js";
import { ACCOUNT, OTHER_ACCOUNT, ZONE } from "../../ids.js";
import { useImportFixture } from "./import-fixture.js";

const parse = (...lines: string[]) => parseAccountList("accounts.txt", lines.join("\n"));

describe("parseAccountList", () => {
  it("reads one id per line, with an optional name after spaces or a comma", () => {
    expect(
      parse(
        "# our accounts",
        "",
        `${ACCOUNT}  widget   # the first`,
        `accounts/${OTHER_ACCOUNT},Gadget Corp\r`,
        `  zones/${ZONE}`,
      ),
    ).toEqual([
      { scope: { kind: "accounts", id: ACCOUNT }, name: "widget" },
      { scope: { kind: "accounts", id: OTHER_ACCOUNT }, name: "Gadget Corp" },
      { scope: { kind: "zones", id: ZONE }, name: undefined },
    ]);
  });

  it("names every invalid line in one error", () => {
    const lines = ["widget", ACCOUNT, `${ACCOUNT} again`, `${OTHER_ACCOUNT} a::b`, `${ZONE} again`];
    expect(() => parse(...lines)).toThrowErrorMatchingInlineSnapshot(`
      "Invalid account list accounts.txt:
        line 1: "widget" is not an account id (32 hexadecimal digits)
        line 3: account 023e105f4ecef8ad9ca31a8372d0c353 is already on line 2
        line 4: a resource name must not contain "::"
        line 5: the name "again" is already on line 3"
    `);
  });

  it.each(["", "\n\n", "# only a comment"])("rejects the list %j, which has no account", (text) => {
    expect(() => parse(text)).toThrow(
      "The account list accounts.txt is empty. Add one account id per line.",
    );
  });
});

describe("import --accounts", () => {
  const { fixture, runImport } = useImportFixture();

  async function listFile(...lines: string[]): Promise<string> {
    const file = path.join(fixture.folder, "accounts.txt");
    await writeFile(file, lines.join("\n"));
    return file;
  }

  it("continues after an account that fails, and exits with 1", async () => {
    fixture.emulator.seed("accounts", ACCOUNT, { auth_domain: "widget.cloudflareaccess.com" });
    fixture.emulator.seed("zones", ZONE, { auth_domain: "zone.cloudflareaccess.com" });
    const file = await listFile(`${ACCOUNT} first`, `${OTHER_ACCOUNT} missing`, `zones/${ZONE}`);
    const { exitCode, stdout, stderr } = await runImport("--accounts", file);
    expect(exitCode).toBe(1);
    expect(stderr).toMatchInlineSnapshot(`
      "  ------------------------ 0 of 3 accounts
        ======================== 3 of 3 accounts
      Note: the program does not declare settings of "first" that are false, empty or at their default: allowAuthenticateViaWarp, denyUnmatchedRequests, isUiReadOnly, loginDesign, mfaRequiredForAllApps, strictServiceTokenAuth, warpAuthNonBrowser401.
      Note: the program does not declare settings of "zone" that are false, empty or at their default: isUiReadOnly, loginDesign.
      Cannot read missing (accounts/0a1b2c3d4e5f60718293a4b5c6d7e8f9):
        The account 0a1b2c3d4e5f60718293a4b5c6d7e8f9 has no Zero Trust organization. Check the id. To enable Zero Trust, choose a plan in the dashboard, or deploy an Organization resource that declares authDomain and name.
      1 account could not be imported.
      "
    `);
    expect(stdout).toContain(
      "  1. Fix the list, and write both files again:\n       npx pulumi-cloudflare-zero-trust import --accounts /infra/accounts.txt --out /infra --force\n  2. Load",
    );
    const written = await readFile(path.join(fixture.folder, "zero-trust.import.json"), "utf8");
    const { resources } = JSON.parse(written) as { resources: { name: string }[] };
    expect(resources.map(({ name }) => name)).toEqual(["first", "zone"]);
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
    const run = await runImport("--accounts", file, "--run");
    expect(run.exitCode).toBe(1);
    expect(run.stderr).toContain("1 account could not be imported. `pulumi import` was not run.\n");
    expect(run.stdout).toContain("--accounts /infra/accounts.txt --out /infra --run --force\n");
    expect(run.stdout).not.toContain("Import the resources");
  });

  it("writes no files if all accounts fail", async () => {
    const file = await listFile(ACCOUNT, OTHER_ACCOUNT);
    const run = await runImport("--accounts", file);
    expect(run).toMatchObject({ exitCode: 1, stdout: "" });
    expect(run.stderr).toContain("2 accounts could not be imported. Nothing was written.");
    expect(run.stderr).toContain(
      `Cannot read accounts/${ACCOUNT}:\n  The account ${ACCOUNT} has no Zero Trust organization.`,
    );
    expect(run.stderr).toContain(`Cannot read accounts/${OTHER_ACCOUNT}: same reason.\n`);
    expect(await readdir(fixture.folder)).toEqual(["accounts.txt"]);
    const { stdout } = await runImport("--accounts", file, "--json");
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
    const run = await runImport("--accounts", await listFile(`${ACCOUNT} gadget`, OTHER_ACCOUNT));
    expect(run.exitCode).toBe(1);
    expect(run.stderr).toContain(
      `Cannot import accounts/${OTHER_ACCOUNT}:\n  The resource name "gadget" is already used for accounts/${ACCOUNT}. Add another name for accounts/${OTHER_ACCOUNT} to the list.\n1 account could not be imported.\n`,
    );
  });

  it("reads more accounts than it reads concurrently, and keeps their order", async () => {
    const ids = Array.from({ length: 40 }, (_, index) => index.toString().padStart(32, "0"));
    for (const id of ids) fixture.emulator.seed("accounts", id);
    const run = await runImport("--accounts", await listFile(...ids), "--json");
    expect(run.exitCode).toBe(0);
    const { resources } = JSON.parse(run.stdout) as { resources: { id: string }[] };
    expect(resources.map(({ id }) => id)).toEqual(ids.map((id) => `accounts/${id}`));
  });
});
