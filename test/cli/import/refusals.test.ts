import { readdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { startEmulator, type Emulator } from "../../../emulator/index.js";
import { ACCOUNT, ZONE } from "../../ids.js";
import { pointAt, runCommand, temporaryFolder, type CommandRun } from "../run-command.js";

describe("import refuses in one line", () => {
  let emulator: Emulator;
  let letGo: () => void;
  let folder: string;
  let remove: () => Promise<void>;

  beforeEach(async () => {
    emulator = await startEmulator();
    letGo = pointAt(emulator);
    ({ folder, remove } = await temporaryFolder());
  });

  afterEach(async () => {
    await remove();
    letGo();
    await emulator.close();
  });

  /** Runs it with the temporary folder for the files, and that folder's name taken out. */
  async function importing(...args: string[]): Promise<CommandRun> {
    const run = await runCommand(["import", ...args, "--out", folder]);
    const stderr = run.stderr.replaceAll(folder, "/infra").replace(/ray id [^)]+/g, "ray id …");
    return { ...run, stderr };
  }

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
      '--name "a::b": a name must not hold "::".\n',
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
      "/nope.txt: there is no such file.\n",
    ],
    ["a folder for a list", 1, ["--accounts", "/"], "/: this is a folder, not a file.\n"],
  ])("%s", async (_what, exitCode, args, stderr) => {
    expect(await importing(...args)).toEqual({ exitCode, stdout: "", stderr });
    expect(await readdir(folder)).toEqual([]);
  });

  it("two kinds of target", async () => {
    const run = await importing("--account-id", ACCOUNT, "--zone-id", ZONE);
    expect(run).toMatchObject({ exitCode: 2, stdout: "" });
  });

  it("missing credentials", async () => {
    Reflect.deleteProperty(process.env, "CLOUDFLARE_API_TOKEN");
    expect(await importing("--account-id", ACCOUNT)).toMatchInlineSnapshot(`
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
    expect(await importing("--account-id", ACCOUNT)).toMatchInlineSnapshot(`
      {
        "exitCode": 1,
        "stderr": "GET /accounts/023e105f4ecef8ad9ca31a8372d0c353/access/organizations was refused with 403
        9109: Invalid access token
        (ray id …)
      The API token from the environment is wrong, expired or revoked: make a new one. After a rotation, run with --run-program, since refresh and destroy may still use the one in state.
      ",
        "stdout": "",
      }
    `);
  });

  it("to overwrite, before it asks Cloudflare", async () => {
    await writeFile(path.join(folder, "zero-trust.ts"), "mine");
    const run = await importing("--account-id", ACCOUNT);
    expect(run).toMatchObject({ exitCode: 1, stdout: "" });
    expect(run.stderr).toBe(
      "zero-trust.ts is there already in /infra: nothing was written. Give --force to replace it, or --out with another folder.\n",
    );
    expect(emulator.requests).toEqual([]);
  });
});
