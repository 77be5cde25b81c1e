import { readdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { ACCOUNT, OTHER_ACCOUNT, ZONE } from "../../ids.js";
import { useImportFixture } from "./import-fixture.js";

describe("import of many accounts", () => {
  const importing = useImportFixture();

  const importFile = async () =>
    JSON.parse(await readFile(path.join(importing.folder, "zero-trust.import.json"), "utf8")) as {
      resources: { name: string }[];
    };

  async function listed(...lines: string[]): Promise<string> {
    const file = path.join(importing.folder, "accounts.txt");
    await writeFile(file, lines.join("\n"));
    return file;
  }

  it("lets one that fails hide no other, and says so by its exit code", async () => {
    importing.emulator.seed("accounts", ACCOUNT, { auth_domain: "widget.cloudflareaccess.com" });
    importing.emulator.seed("zones", ZONE, { auth_domain: "zone.cloudflareaccess.com" });
    const file = await listed(`${ACCOUNT} first`, `${OTHER_ACCOUNT} missing`, `zones/${ZONE}`);
    expect(await importing.run("--accounts", file)).toMatchInlineSnapshot(`
      {
        "exitCode": 1,
        "stderr": "  ------------------------ 0 of 3 accounts
        ======================== 3 of 3 accounts
      missing (accounts/0a1b2c3d4e5f60718293a4b5c6d7e8f9) was not read:
        There is no Zero Trust organization on accounts/0a1b2c3d4e5f60718293a4b5c6d7e8f9. Check the id; Zero Trust is enabled for an account by picking a plan in the dashboard, or by an Organization resource that states authDomain and name.
      1 account could not be read.
      ",
        "stdout": "✓ first  Zero Trust organization of accounts/023e105f4ecef8ad9ca31a8372d0c353 (2 settings)
      ✓ zone   Zero Trust organization of zones/699d98642c564d2e855e9661899b7252 (2 settings)

      Wrote zero-trust.ts and zero-trust.import.json to /infra.

      What is left to do, in this order:
        1. Mend the list, and write both files anew:
             npx pulumi-cloudflare-zero-trust import --accounts /infra/accounts.txt --out /infra --force
        2. Load the program in yours, or make it your program:
             import "./zero-trust";
        3. Tell Pulumi that the resources exist:
             pulumi --cwd /infra import --file zero-trust.import.json --generate-code=false --protect=false
        4. See that nothing would change:
             pulumi --cwd /infra preview --refresh
      ",
      }
    `);
    expect((await importFile()).resources.map(({ name }) => name)).toEqual(["first", "zone"]);
  });

  it("leaves to the next run what --run asks for, where one fails", async () => {
    importing.emulator.seed("accounts", ACCOUNT);
    const file = await listed(`${ACCOUNT} first`, `${OTHER_ACCOUNT} missing`);
    const run = await importing.run("--accounts", file, "--run");
    expect(run.exitCode).toBe(1);
    expect(run.stderr).toContain("1 account could not be read. `pulumi import` was not run.\n");
    expect(run.stdout).toContain("--accounts /infra/accounts.txt --out /infra --run --force\n");
    expect(run.stdout).not.toContain("Tell Pulumi");
  });

  it("writes nothing where all fail", async () => {
    const file = await listed(ACCOUNT, OTHER_ACCOUNT);
    const run = await importing.run("--accounts", file);
    expect(run).toMatchObject({ exitCode: 1, stdout: "" });
    expect(run.stderr).toContain("2 accounts could not be read. Nothing was written.");
    expect(run.stderr).toContain(
      `accounts/${ACCOUNT} was not read:\n  There is no Zero Trust organization`,
    );
    expect(run.stderr).toContain(`accounts/${OTHER_ACCOUNT} was not read, for the same reason.\n`);
    expect(await readdir(importing.folder)).toEqual(["accounts.txt"]);
    const { stdout } = await importing.run("--accounts", file, "--json");
    expect(JSON.parse(stdout)).toEqual({
      resources: [],
      failures: [ACCOUNT, OTHER_ACCOUNT].map((id) => ({
        id: `accounts/${id}`,
        outcome: "not read",
        error: expect.stringContaining("There is no Zero Trust organization") as unknown,
      })),
      imported: false,
    });
  });

  it("gives the reason of a refusal once", async () => {
    process.env.CLOUDFLARE_API_TOKEN = "not-the-token";
    const run = await importing.run("--accounts", await listed(ACCOUNT, OTHER_ACCOUNT));
    expect(run.stderr.match(/wrong, expired or revoked/g)).toHaveLength(1);
    expect(run.stderr.match(/ was not read/g)).toHaveLength(2);
  });

  it("gives no two resources one name", async () => {
    importing.emulator.seed("accounts", ACCOUNT, { auth_domain: "widget.cloudflareaccess.com" });
    importing.emulator.seed("accounts", OTHER_ACCOUNT, {
      auth_domain: "gadget.cloudflareaccess.com",
    });
    const run = await importing.run("--accounts", await listed(`${ACCOUNT} gadget`, OTHER_ACCOUNT));
    expect(run.exitCode).toBe(1);
    expect(run.stderr).toContain(
      `accounts/${OTHER_ACCOUNT} was left out:\n  Its name would be "gadget", as that of accounts/${ACCOUNT}: give it one in the list.\n1 account could not be taken in.\n`,
    );
  });

  it("reads a few at a time", async () => {
    const ids = Array.from({ length: 40 }, (_, index) => index.toString().padStart(32, "0"));
    for (const id of ids) importing.emulator.seed("accounts", id);
    const run = await importing.run("--accounts", await listed(...ids), "--json");
    expect(run.exitCode).toBe(0);
    const { resources } = JSON.parse(run.stdout) as { resources: { id: string }[] };
    expect(resources.map(({ id }) => id)).toEqual(ids.map((id) => `accounts/${id}`));
  });
});
