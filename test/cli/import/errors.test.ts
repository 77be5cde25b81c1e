import { readdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { ACCOUNT, ZONE } from "../../ids.js";
import { useImportFixture } from "./import-fixture.js";

describe("import refuses in one line", () => {
  const importing = useImportFixture();

  it.each<[string, number, string[], string]>([
    ["no account", 2, [], "Say what to import: give --account-id, --zone-id or --accounts.\n"],
    [
      "a wrong id",
      2,
      ["--account-id", "widget"],
      '--account-id "widget" is no id: give 32 hexadecimal digits, as the dashboard shows them.\n',
    ],
    [
      "a wrong name",
      2,
      ["--account-id", ACCOUNT, "--name", "a::b"],
      'Invalid --name "a::b": a resource name must not contain "::".\n',
    ],
    [
      "an account without an organization",
      1,
      ["--account-id", ACCOUNT],
      `There is no Zero Trust organization on accounts/${ACCOUNT}. Check the id; Zero Trust is enabled for an account by picking a plan in the dashboard, or by an Organization resource that states authDomain and name.\n`,
    ],
    [
      "a list that is not there",
      1,
      ["--accounts", "/nope.txt"],
      "Cannot read /nope.txt: no such file.\n",
    ],
    ["a folder for a list", 1, ["--accounts", "/"], "Cannot read /: it is a directory.\n"],
  ])("%s", async (_what, exitCode, args, stderr) => {
    expect(await importing.run(...args)).toEqual({ exitCode, stdout: "", stderr });
    expect(await readdir(importing.folder)).toEqual([]);
  });

  it("two kinds of target", async () => {
    const run = await importing.run("--account-id", ACCOUNT, "--zone-id", ZONE);
    expect(run).toMatchObject({ exitCode: 2, stdout: "" });
  });

  it("missing credentials", async () => {
    Reflect.deleteProperty(process.env, "CLOUDFLARE_API_TOKEN");
    expect(await importing.run("--account-id", ACCOUNT)).toMatchInlineSnapshot(`
      {
        "exitCode": 1,
        "stderr": "There are no credentials in the environment: set CLOUDFLARE_API_TOKEN, or CLOUDFLARE_API_KEY and CLOUDFLARE_EMAIL. To read, a token needs "Access: Organizations, Identity Providers, and Groups" (Read).
      ",
        "stdout": "",
      }
    `);
  });

  it("a wrong token, by what Cloudflare says of it", async () => {
    process.env.CLOUDFLARE_API_TOKEN = "not-the-token";
    expect(await importing.run("--account-id", ACCOUNT)).toMatchInlineSnapshot(`
      {
        "exitCode": 1,
        "stderr": "GET /accounts/023e105f4ecef8ad9ca31a8372d0c353/access/organizations was refused with 403
        9109: Invalid access token
        (ray id …)
      The API token from the environment is wrong, expired or revoked: make a new one.
      ",
        "stdout": "",
      }
    `);
  });

  it("to overwrite, before it asks Cloudflare", async () => {
    await writeFile(path.join(importing.folder, "zero-trust.ts"), "mine");
    const run = await importing.run("--account-id", ACCOUNT);
    expect(run).toMatchObject({ exitCode: 1, stdout: "" });
    expect(run.stderr).toBe(
      "zero-trust.ts is there already in /infra: nothing was written. Give --force to replace it, or --out with another folder.\n",
    );
    expect(importing.emulator.requests).toEqual([]);
  });
});
