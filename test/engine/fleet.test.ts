import { writeFile } from "node:fs/promises";
import path from "node:path";
import execa from "execa";
import { startEmulator, type Emulator } from "../../emulator/index.js";
import { readFleet, stacksOf } from "../../examples/fleet/fleet-file.js";
import { accountId, liveSettings, organizationPath } from "./accounts.js";
import { createProject, succeeded, type Project } from "./project.js";

jest.setTimeout(600_000);

const ACCOUNTS = Array.from({ length: 12 }, (_, index) => accountId(index + 1));
const DIFFERENT = accountId(7);

/** The accounts in some stacks, as JSON, which is valid YAML. */
const accountsIn = (shards: number): string =>
  JSON.stringify({
    baseline: { sessionDuration: "12h", denyUnmatchedRequests: true },
    shards,
    accounts: ACCOUNTS.map((id, index) => ({
      id,
      name: `account-${index + 1}`,
      ...(id === DIFFERENT ? { settings: { sessionDuration: "1h" } } : {}),
    })),
  });

describe("The fleet example with 12 accounts in 3 stacks", () => {
  let emulator: Emulator;
  let project: Project;
  let file: string;
  /** The accounts of each stack. */
  let shards: string[][];

  beforeAll(async () => {
    emulator = await startEmulator();
    for (const [index, account] of ACCOUNTS.entries())
      emulator.seed("accounts", account, {
        name: `Account No. ${index + 1}`,
        session_duration: "24h",
      });
    project = await createProject(emulator, { example: "fleet" });
    file = path.join(project.folder, "accounts.yaml");
    await writeFile(file, accountsIn(3));
    shards = [...stacksOf(readFleet(file)).values()].map((all) => all.map(({ id }) => id));
    expect(shards.map(({ length }) => length > 1)).toEqual([true, true, true]);
  });

  /** Runs the fleet tool. With `interruptAt`, it gets Ctrl-C at the first line that matches. */
  async function fleet(args: readonly string[], interruptAt?: RegExp) {
    const tool = ["--require", "tsx/cjs", "tools/fleet.ts", ...args];
    const child = execa(process.execPath, tool, {
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

  /** The paths of successful writes, in order of the account. Each write is one entry. */
  const writes = (): string[] =>
    emulator.requests
      .filter(({ method, status }) => method === "PUT" && status === 200)
      .map((request) => request.path)
      .sort();
  const size = (shard: number) => shards[shard]?.length ?? 0;

  it("previews each account's adoption, with the live values that it overwrites", async () => {
    await writeFile(file, accountsIn(1));
    const { exitCode, output } = await fleet(["preview"]);
    await writeFile(file, accountsIn(3));
    expect(exitCode).toBe(0);
    for (const number of ACCOUNTS.keys())
      expect(output).toMatch(new RegExp(`name "Account No. ${number + 1}"`));
    expect(output.match(/^ +sessionDuration: "24h" → "(12h|1h)"$/gm)).toHaveLength(ACCOUNTS.length);
    expect(output).toContain("1 stack: 1 previewed.");
    expect(output).not.toContain("debug");
    expect(writes()).toEqual([]);
  });

  it("starts no further stack after Ctrl-C, and lists those that are left", async () => {
    const { exitCode, output } = await fleet(["up", "--concurrency", "1"], /^\[1\/3\]/m);
    expect(exitCode).toBe(130);
    expect(output).toContain("Interrupted: no further stack starts. Waiting for the running ones.");
    expect(output).toMatch(
      new RegExp(`^shard-0 +${size(0)} +deployed +${size(0) + 1} created$`, "m"),
    );
    expect(output).toMatch(new RegExp(`^shard-2 +${size(2)} +not started$`, "m"));
    expect(writes().length).toBeGreaterThanOrEqual(size(0));
    expect(writes().length).toBeLessThan(ACCOUNTS.length);
  });

  it("resumes after Ctrl-C, and continues after a stack that fails", async () => {
    const rejected = organizationPath(shards[2]?.[0] ?? "");
    emulator.fault({ method: "PUT", path: rejected, status: 403 });
    const { exitCode, output } = await fleet(["up", "--concurrency", "2"]);
    expect(exitCode).toBe(1);
    expect(output).toMatch(/^\[1\/3\] shard-0: \d+ created \(earlier\)$/m);
    expect(output).toMatch(/shard-2: .*rejected with 403/);
    expect(output).toContain("3 stacks: 2 deployed, 1 failed.");
    expect(writes().length).toBeGreaterThanOrEqual(size(0) + size(1));
    expect(writes()).not.toContain(rejected);
  });

  it("moves accounts to fewer stacks, and only writes to an account that is not deployed or has drifted", async () => {
    const [drifted = ""] = shards[0] ?? [];
    const before = writes();
    emulator.edit("accounts", drifted, { session_duration: "48h" });
    await writeFile(file, accountsIn(2));
    const { exitCode, output } = await fleet(["up"]);
    expect({ exitCode, output }).toMatchObject({ exitCode: 0 });
    expect(output).toContain("2 stacks: 2 deployed.");
    expect(writes()).toEqual([...ACCOUNTS, drifted].map(organizationPath).sort());
    expect(before).toContain(organizationPath(drifted));
    for (const account of ACCOUNTS)
      expect(liveSettings(emulator, account)).toMatchObject({
        session_duration: account === DIFFERENT ? "1h" : "12h",
        deny_unmatched_requests: true,
      });

    expect(output).toContain(
      "empty it: pulumi destroy --refresh=false --stack shard-2. This does not change",
    );
    emulator.clearRequests();
    const destroy = ["destroy", "--refresh=false", "--stack", "shard-2", "--yes"];
    await succeeded(project.pulumi(...destroy, "--skip-preview"));
    expect(emulator.requests).toEqual([]);
  });

  it("reports drift with exit code 7, and does not list a stack that was emptied", async () => {
    emulator.edit("accounts", DIFFERENT, { session_duration: "48h" });
    const { exitCode, output } = await fleet(["drift"]);
    expect(exitCode).toBe(7);
    expect(output).toMatch(/^shard-\d +\d+ +drifted +\d+ unchanged, 1 drifted$/m);
    expect(output).toContain("2 stacks: 1 no drift, 1 drifted.");
    expect(output).not.toContain("shard-2");
  });
});
