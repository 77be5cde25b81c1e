import { cp, mkdir, readFile, symlink, writeFile } from "node:fs/promises";
import path from "node:path";
import execa from "execa";
import { EMULATOR_TOKEN, startEmulator, type Emulator } from "../../emulator/index.js";
import { temporaryFolder } from "../cli/run-command.js";
import { accountId } from "../engine/accounts.js";

const REPOSITORY = path.resolve(__dirname, "../..");
const KNOWN = accountId(7);

const FILE = `# a comment that stays
baseline:
  sessionDuration: 12h
accounts:
  - id: "${KNOWN}"
    name: different
    settings: { sessionDuration: 1h }
`;

describe("the accounts tool of the fleet example", () => {
  let emulator: Emulator;
  let folder: string;
  let remove: () => Promise<void>;
  beforeAll(async () => {
    emulator = await startEmulator();
    for (let number = 1; number <= 50; number += 1)
      emulator.seed("accounts", accountId(number), { name: `Account No. ${number}` });
    const temporary = await temporaryFolder();
    remove = temporary.remove;
    folder = path.join(temporary.folder, "fleet");
    await mkdir(folder);
    for (const part of ["fleet-file.ts", "tools", "tsconfig.json", "package.json"])
      await cp(path.join(REPOSITORY, "examples/fleet", part), path.join(folder, part), {
        recursive: true,
      });
    await symlink(path.join(REPOSITORY, "node_modules"), path.join(folder, "node_modules"));
    await writeFile(path.join(folder, "accounts.yaml"), FILE);
  });
  afterAll(async () => {
    await remove();
    await emulator.close();
  });

  async function updateAccounts(): Promise<string> {
    const env = { CLOUDFLARE_API_TOKEN: EMULATOR_TOKEN, CLOUDFLARE_BASE_URL: emulator.baseUrl };
    const tool = ["--require", "tsx/cjs", "tools/accounts.ts"];
    return (await execa(process.execPath, tool, { cwd: folder, env })).stdout;
  }
  const file = () => readFile(path.join(folder, "accounts.yaml"), "utf8");

  it("adds the accounts of all pages of the API, and keeps the rest of the file", async () => {
    expect(await updateAccounts()).toBe("50 accounts, 49 added to accounts.yaml.");
    expect(emulator.requests.filter((request) => request.path === "/accounts")).toHaveLength(2);
    expect(await file()).toContain(FILE);
    expect(await file()).toContain(`  - id: "${accountId(50)}"\n    name: account-no-50\n`);
  });

  it("leaves the file unchanged if it has all accounts", async () => {
    const before = await file();
    expect(await updateAccounts()).toBe("50 accounts, 0 added to accounts.yaml.");
    expect(await file()).toBe(before);
  });
});
