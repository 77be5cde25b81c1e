import { readdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { ACCOUNT, ZONE } from "../../ids.js";
import { useImportFixture } from "./import-fixture.js";

describe("import", () => {
  const fixture = useImportFixture();

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
      expect(await fixture.run(...args)).toEqual({ exitCode, stdout: "", stderr });
      expect(await readdir(fixture.folder)).toEqual([]);
      expect(fixture.emulator.requests).toEqual([]);
    },
  );

  it("rejects an account together with a zone", async () => {
    const run = await fixture.run("--account-id", ACCOUNT, "--zone-id", ZONE);
    expect(run).toMatchObject({ exitCode: 2, stdout: "" });
  });

  it("checks for the Pulumi CLI before the first request if --run is set", async () => {
    await writeFile(path.join(fixture.folder, "Pulumi.yaml"), "name: infra\nruntime: nodejs\n");
    process.env.PATH = fixture.folder;
    expect(await fixture.run("--account-id", ACCOUNT, "--run")).toEqual({
      exitCode: 1,
      stdout: "",
      stderr:
        "Cannot run `pulumi import`: `pulumi` is not on PATH. Install it from https://www.pulumi.com/docs/install/. Or leave out --run. Nothing was written.\n",
    });
    expect(fixture.emulator.requests).toEqual([]);
  });

  it("names the variables for credentials if none is set", async () => {
    Reflect.deleteProperty(process.env, "CLOUDFLARE_API_TOKEN");
    expect(await fixture.run("--account-id", ACCOUNT)).toMatchInlineSnapshot(`
      {
        "exitCode": 1,
        "stderr": "No credentials are set in the environment. Set CLOUDFLARE_API_TOKEN, or CLOUDFLARE_API_KEY and CLOUDFLARE_EMAIL. To read, an API token needs the permission "Access: Organizations" (Read) or "Access: Organizations, Identity Providers, and Groups" (Read).
      ",
        "stdout": "",
      }
    `);
  });

  it("does not overwrite files, and checks for them before the first request", async () => {
    await writeFile(path.join(fixture.folder, "zero-trust.ts"), "mine");
    const run = await fixture.run("--account-id", ACCOUNT);
    expect(run).toMatchObject({ exitCode: 1, stdout: "" });
    expect(run.stderr).toBe(
      "zero-trust.ts already exists in /infra. Nothing was written. Add --force to replace it, or choose another directory with --out.\n",
    );
    expect(fixture.emulator.requests).toEqual([]);
  });
});

describe("the account of import", () => {
  const fixture = useImportFixture();

  beforeEach(() => {
    process.env.CLOUDFLARE_ACCOUNT_ID = ACCOUNT;
    fixture.emulator.seed("accounts", ACCOUNT);
    fixture.emulator.seed("zones", ZONE, { auth_domain: "zone.cloudflareaccess.com" });
  });

  const importedIds = async (...args: string[]) => {
    const { stdout } = await fixture.run(...args, "--json");
    return (JSON.parse(stdout) as { resources: { id: string }[] }).resources.map(({ id }) => id);
  };

  it("is CLOUDFLARE_ACCOUNT_ID by default", async () => {
    expect(await importedIds()).toEqual([`accounts/${ACCOUNT}`]);
  });

  it("is ignored for a zone", async () => {
    expect(await importedIds("--zone-id", ZONE)).toEqual([`zones/${ZONE}`]);
  });

  it("is named by its variable if it is invalid", async () => {
    process.env.CLOUDFLARE_ACCOUNT_ID = "widget";
    expect(await fixture.run()).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining(
        'Invalid CLOUDFLARE_ACCOUNT_ID "widget": an id has',
      ) as unknown,
    });
  });
});
