import { readFile, realpath } from "node:fs/promises";
import path from "node:path";
import { startEmulator, type Emulator, type Settings } from "../../emulator/index.js";
import type { DriftReport } from "../../provider/cli/drift/report-schema.js";
import { accountId, liveSettings, organizationPath } from "./accounts.js";
import { command, commandWith, type CommandRun } from "./command.js";
import { createProject, succeeded, type Project } from "./project.js";
import { copyStack, type AccountStack } from "./stack-copies.js";

jest.setTimeout(600_000);

const LIVE: Settings = {
  session_duration: "12h",
  deny_unmatched_requests: true,
  login_design: { header_text: "Widget Corp" },
};

const program = (sessionDuration: string) => `new zerotrust.Organization("organization", {
  accountId: new pulumi.Config().require("accountId"),
  sessionDuration: ${sessionDuration},
  denyUnmatchedRequests: true,
  loginDesign: { headerText: "Widget Corp" },
});`;

/** Each check starts an engine, so only `npm run test:scale` checks 50 stacks. */
const COUNT = Number(process.env.DRIFT_STACKS ?? 4);

/** The deployed stack, and its copies. */
const DEPLOYED: AccountStack = { stack: "test", account: accountId(1) };
const COPIES = Array.from({ length: COUNT - 1 }, (_, index): AccountStack => {
  const number = index + 2;
  return { stack: `s${String(number).padStart(2, "0")}`, account: accountId(number) };
});

const STACKS = [DEPLOYED, ...COPIES];
const UNREADABLE: AccountStack = { stack: "s04", account: accountId(4) };

/** Edits in the dashboard of some accounts. */
const EDITS: Readonly<Record<string, Settings>> = {
  s02: { login_design: {} },
  s03: { deny_unmatched_requests: false },
};
const DRIFTED = STACKS.filter(({ stack }) => stack in EDITS);

describe(`drift over ${COUNT} stacks, of which 2 drifted and one cannot be read`, () => {
  let emulator: Emulator;
  let project: Project;
  let run: CommandRun;

  beforeAll(async () => {
    emulator = await startEmulator();
    for (const { account } of STACKS) emulator.seed("accounts", account, LIVE);
    project = await createProject(emulator);
    await project.program(program('"12h"'));
    await succeeded(project.pulumi("config", "set", "accountId", DEPLOYED.account));
    await succeeded(project.up());
    await copyStack(project, DEPLOYED, COPIES);

    for (const { stack, account } of DRIFTED)
      emulator.edit("accounts", account, EDITS[stack] ?? {});
    emulator.fault({ path: organizationPath(UNREADABLE.account), status: 403, times: 1_000 });
    emulator.clearRequests();
    const folders = ["--dir", "nowhere", "."];
    const args = [
      "drift",
      "--all-stacks",
      ...folders,
      "--remediate",
      "--yes",
      "--json",
      "drift.json",
    ];
    run = await commandWith({ timeoutMs: 500_000 }, project, ...args);
  });

  const report = async () =>
    JSON.parse(await readFile(path.join(project.folder, "drift.json"), "utf8")) as DriftReport;

  it("exits with 1, because one stack cannot be checked and one directory is not a project", () => {
    expect(run.exitCode).toBe(1);
    expect(run.stdout).toContain(
      `2 settings drifted in 2 of ${COUNT + 1} stacks. 2 stacks could not be checked.`,
    );
  });

  it("lists the drift of all stacks in JSON", async () => {
    const { summary, stacks } = await report();
    expect(summary).toEqual({
      stacks: COUNT + 1,
      drifted: 2,
      failed: 2,
      empty: 0,
      settings: 2,
      risks: 1,
      remaining: 0,
      remediation: { remediated: 2, notApplied: 0, skipped: 0, failed: 0 },
    });
    const found = stacks.flatMap(({ stack, resources }) =>
      resources.flatMap(({ settings }) =>
        settings.map(({ setting, declared, live }) => [stack, setting, declared, live]),
      ),
    );
    expect(found).toEqual([
      ["s03", "denyUnmatchedRequests", true, false],
      ["s02", "loginDesign.headerText", "Widget Corp", null],
    ]);
    for (const { resources } of stacks)
      for (const { id, changedAt } of resources) {
        const account = id.replace("accounts/", "");
        expect(Date.parse(changedAt ?? "")).toBeLessThan(Date.now());
        expect(DRIFTED.map((one) => one.account)).toContain(account);
      }
  });

  it("gives the reason of a failed check in the table and in JSON", async () => {
    expect(run.stdout).toMatch(
      new RegExp(
        `^zero-trust-test / ${UNREADABLE.stack}  could not be checked\n {4}\\| .*403`,
        "m",
      ),
    );
    const { stacks } = await report();
    expect(stacks.filter(({ status }) => status === "failed")).toMatchObject([
      { project: "nowhere", stack: "", resources: [] },
      {
        stack: UNREADABLE.stack,
        resources: [],
        error: expect.stringContaining("was rejected with 403") as string,
      },
    ]);
    expect(run.stdout).toContain(
      `nowhere  could not be checked\n    | No Pulumi.yaml in ${path.join(await realpath(project.folder), "nowhere")}. Run this`,
    );
  });

  it("writes the last deployed values to the drifted accounts only", () => {
    const writes = emulator.requests.filter(({ method }) => method !== "GET");
    expect(writes.map(({ path: to }) => to).sort()).toEqual(
      DRIFTED.map(({ account }) => organizationPath(account)),
    );
    for (const { account } of DRIFTED) expect(liveSettings(emulator, account)).toMatchObject(LIVE);
    for (const { stack } of DRIFTED)
      expect(run.stderr).toContain(`zero-trust-test / ${stack}: organization: remediated`);
  });

  it("leaves the selected stack selected, and skips a resource with undeployed changes in the program, even if they are secret", async () => {
    const changed = { session_duration: "48h" };
    await project.program(program('pulumi.secret("12h")'));
    await succeeded(project.up());
    emulator.edit("accounts", DEPLOYED.account, changed);
    await project.program(program('pulumi.secret("6h")'));

    const { exitCode, stdout, stderr } = await command(project, "drift", "--remediate", "--yes");
    expect(exitCode).toBe(7);
    expect(stdout).toMatch(/sessionDuration +\[secret\] +\[secret\]/);
    expect(stderr).toContain(
      "organization: skipped: the program has changes for it that are not deployed",
    );
    expect(liveSettings(emulator, DEPLOYED.account)).toMatchObject(changed);
  });
});
