import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import execa from "execa";
import { startEmulator, type Emulator } from "../../emulator/index.js";
import { accountId, liveSettings, organizationPath } from "./accounts.js";
import { createProject, succeeded, type Project } from "./project.js";

jest.setTimeout(600_000);

const ACCOUNTS = Array.from({ length: 50 }, (_, index) => accountId(index + 1));
const DIFFERENT = accountId(7);
const REJECTED = accountId(5);
const DRIFTED = accountId(12);

/** 50 accounts by their ids in three shards. */
const FLEET = `# a comment that stays
baseline:
  sessionDuration: 12h
  denyUnmatchedRequests: true
shards: 3
accounts:
  - id: "${DIFFERENT}"
    name: different
    settings: { sessionDuration: 1h }
`;

describe("a fleet of 50 accounts in 3 stacks", () => {
  let emulator: Emulator;
  let project: Project;

  beforeAll(async () => {
    emulator = await startEmulator();
    for (const [index, account] of ACCOUNTS.entries())
      emulator.seed("accounts", account, {
        name: `Account No. ${index + 1}`,
        session_duration: "24h",
      });
    project = await createProject(emulator, { example: "fleet" });
    await writeFile(path.join(project.folder, "accounts.yaml"), FLEET);
  });

  afterAll(async () => {
    await project.remove();
    await emulator.close();
  });

  /** Runs one of the example's tools; `interruptAt` is the line at which someone presses Ctrl-C. */
  async function tool(name: string, args: readonly string[], interruptAt?: RegExp) {
    const child = execa(process.execPath, ["--require", "tsx/cjs", `tools/${name}.ts`, ...args], {
      cwd: project.folder,
      env: project.environment,
      extendEnv: false,
      reject: false,
      all: true,
    });
    let seen = "";
    child.all?.on("data", (chunk: Buffer) => {
      const before = interruptAt?.test(seen);
      seen += chunk.toString();
      if (before === false && interruptAt?.test(seen)) child.kill("SIGINT");
    });
    const { exitCode, all = "" } = await child;
    return { exitCode, output: all };
  }

  const fleet = (...args: string[]) => tool("fleet", args);

  it("adds the accounts of the API to accounts.yaml, and keeps the rest of the file", async () => {
    const { exitCode, output } = await tool("accounts", []);
    expect({ exitCode, output }).toEqual({
      exitCode: 0,
      output: "50 accounts, 49 added to accounts.yaml.",
    });
    expect(emulator.requests.filter((request) => request.path === "/accounts")).toHaveLength(2);
    const file = await readFile(path.join(project.folder, "accounts.yaml"), "utf8");
    expect(file).toContain(FLEET);
    expect(file).toContain(`  - id: "${accountId(50)}"\n    name: account-no-50\n`);
  });

  it("leaves accounts.yaml unchanged when it is run again", async () => {
    const before = await readFile(path.join(project.folder, "accounts.yaml"), "utf8");
    expect(await tool("accounts", [])).toMatchObject({
      output: "50 accounts, 0 added to accounts.yaml.",
    });
    expect(await readFile(path.join(project.folder, "accounts.yaml"), "utf8")).toBe(before);
  });

  it("previews each account's adoption, with the live values that it overwrites", async () => {
    const { exitCode, output } = await fleet("preview");
    expect(exitCode).toBe(0);
    for (const number of ACCOUNTS.keys())
      expect(output).toMatch(new RegExp(`name "Account No. ${number + 1}"`));
    expect(output.match(/^ +sessionDuration: "24h" → "(12h|1h)"$/gm)).toHaveLength(50);
    expect(output).toContain("3 stacks: 3 done.");
    expect(output).not.toContain("debug");
    expect(deployed()).toEqual([]);
  });

  it("starts no further stack after Ctrl-C, and lists those that are left", async () => {
    const { exitCode, output } = await tool("fleet", ["up", "--concurrency", "1"], /^\[1\/3\]/m);
    expect(exitCode).toBe(130);
    expect(output).toContain("Interrupted: no further stack starts. Waiting for the running ones.");
    expect(output).toMatch(/^shard-0 {2}16 +done +17 create$/m);
    expect(output).toMatch(/^shard-2 {2}17 +not started$/m);
    expect(deployed().length).toBeGreaterThanOrEqual(16);
    expect(deployed().length).toBeLessThan(50);
  });

  it("resumes after Ctrl-C, and continues after a stack that fails", async () => {
    emulator.fault({ method: "PUT", path: organizationPath(REJECTED), status: 403 });
    const { exitCode, output } = await fleet("up", "--concurrency", "2");
    expect(exitCode).toBe(1);
    expect(output).toMatch(/^\[1\/3\] shard-0: 17 create \(earlier\)$/m);
    expect(output).toMatch(/shard-2: .*rejected with 403/);
    expect(output).toContain("3 stacks: 2 done, 1 failed.");
    expect(deployed().length).toBeGreaterThanOrEqual(33);
    expect(deployed()).not.toContain(organizationPath(REJECTED));
  });

  it("deploys the rest in the next run, with one write to each account in all", async () => {
    const { exitCode, output } = await fleet("up");
    expect(exitCode).toBe(0);
    expect(output.match(/\(earlier\)$/gm)).toHaveLength(2);
    expect(output).toContain("3 stacks: 3 done.");
    for (const account of ACCOUNTS)
      expect(liveSettings(emulator, account)).toMatchObject({
        session_duration: account === DIFFERENT ? "1h" : "12h",
        deny_unmatched_requests: true,
      });
    expect(deployed()).toEqual([...ACCOUNTS].map(organizationPath));
  });

  it("reports drift, and exits with 7", async () => {
    emulator.edit("accounts", DRIFTED, { session_duration: "48h" });
    const { exitCode, output } = await fleet("drift");
    expect(exitCode).toBe(7);
    expect(output).toMatch(/^shard-0 {2}16 +drifted +16 same, 1 update$/m);
    expect(output).toContain("3 stacks: 2 done, 1 drifted.");
  });

  it("moves accounts between stacks if the number of shards is reduced, and only corrects drift", async () => {
    const file = path.join(project.folder, "accounts.yaml");
    await writeFile(file, (await readFile(file, "utf8")).replace("shards: 3", "shards: 2"));
    emulator.clearRequests();
    const { exitCode, output } = await fleet("up");
    expect({ exitCode, output }).toMatchObject({ exitCode: 0 });
    expect(output).toContain("2 stacks: 2 done.");
    expect(output).toContain(
      "empty it: pulumi destroy --refresh=false --stack shard-2. This does not change",
    );
    await succeeded(project.pulumi("destroy", "--stack", "shard-2", "--yes", "--skip-preview"));
    expect(deployed()).toEqual([organizationPath(DRIFTED)]);
    expect((await fleet("preview")).output).not.toContain("shard-2");
  });

  it("runs the schedules project with its own program", async () => {
    const inSchedules = (...args: string[]) => project.pulumi(...args, "--cwd", "schedules");
    await succeeded(inSchedules("stack", "init", "schedules"));
    await succeeded(
      inSchedules("config", "set", "repository", "https://git.example.com/fleet.git"),
    );
    await succeeded(inSchedules("config", "set", "--secret", "cloudflareApiToken", "not-a-token"));
    const { output } = await inSchedules("preview");
    expect(output).toContain("resource plugin 'pulumi-resource-pulumiservice'");
    expect(output).not.toContain("accounts.yaml has no stack");
  });

  /** Where a write went through, in order of the account; twice where it did so twice. */
  function deployed(): string[] {
    return emulator.requests
      .filter(({ method, status }) => method === "PUT" && status === 200)
      .map((request) => request.path)
      .sort();
  }
});
