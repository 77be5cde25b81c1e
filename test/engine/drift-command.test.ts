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

/** A check costs the start of an engine, so `npm run test:scale` alone takes 50. */
const COUNT = Number(process.env.DRIFT_STACKS ?? 10);

/** The project's own stack, and all others. */
const DEPLOYED: AccountStack = { stack: "test", account: accountId(1) };
const COPIES = Array.from({ length: COUNT - 1 }, (_, index): AccountStack => {
  const number = index + 2;
  return { stack: `s${String(number).padStart(2, "0")}`, account: accountId(number) };
});
const STACKS = [DEPLOYED, ...COPIES];
const BROKEN: AccountStack = { stack: "s09", account: accountId(9) };

/** What someone does in the dashboard to some of the stacks, and how it is told. */
const DRIFT: Readonly<Record<string, { readonly edit: Settings; readonly told: Told }>> = {
  s02: {
    edit: { deny_unmatched_requests: false },
    told: { setting: "denyUnmatchedRequests", stated: "true", live: "false" },
  },
  s03: {
    edit: { session_duration: "24h" },
    told: { setting: "sessionDuration", stated: "12h", live: "24h" },
  },
  s04: {
    edit: { session_duration: "48h" },
    told: { setting: "sessionDuration", stated: "12h", live: "48h" },
  },
  s05: {
    edit: { session_duration: null },
    told: { setting: "sessionDuration", stated: "12h", live: "not set" },
  },
  s06: {
    edit: { login_design: { header_text: "Log in here" } },
    told: { setting: "loginDesign.headerText", stated: "Widget Corp", live: "Log in here" },
  },
  s07: {
    edit: { login_design: {} },
    told: { setting: "loginDesign.headerText", stated: "Widget Corp", live: "not set" },
  },
  s08: {
    edit: { deny_unmatched_requests: null },
    told: { setting: "denyUnmatchedRequests", stated: "true", live: "false" },
  },
};
const DRIFTED = STACKS.filter(({ stack }) => stack in DRIFT);

interface Told {
  readonly setting: string;
  readonly stated: string;
  readonly live: string;
}

describe(`the drift command over ${COUNT} stacks, of which 7 drifted and one is broken`, () => {
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
      emulator.edit("accounts", account, DRIFT[stack]?.edit ?? {});
    emulator.fault({ path: organizationPath(BROKEN.account), status: 403, times: 1_000 });
    emulator.clearRequests();
    const forms = ["json", "markdown", "html", "github"].flatMap((form) => [
      `--${form}`,
      `drift.${form}`,
    ]);
    const args = ["drift", "--all-stacks", "--dir", "nowhere", ".", "--repair", "--yes", ...forms];
    run = await commandWith({ timeoutMs: 500_000 }, project, ...args);
  });

  afterAll(async () => {
    await project.remove();
    await emulator.close();
  });

  const written = (form: string) => readFile(path.join(project.folder, `drift.${form}`), "utf8");

  it("exits 1, since one stack is broken, and one folder holds no project", () => {
    expect(run.exitCode).toBe(1);
    expect(run.stdout).toContain(
      `7 settings drifted in 7 of ${COUNT + 1} stacks. 2 stacks could not be checked.`,
    );
  });

  it("tells a line of progress for each stack", () => {
    const lines = run.stderr.split("\n");
    expect(lines.filter((line) => line.endsWith(": no drift"))).toHaveLength(COUNT - 8);
    expect(lines.filter((line) => line.endsWith(": 1 setting drifted"))).toHaveLength(7);
    expect(lines).toContain(`zero-trust-test / ${BROKEN.stack}: could not be checked`);
  });

  it("names all 7 in the table, with stated and live values, dangerous ones first", () => {
    const found = [
      ...run.stdout.matchAll(/^zero-trust-test \/ (\w+)\n {2}organization .*\n.*\n(.*)$/gm),
    ];
    expect(found.map(([, stack, row = ""]) => [stack, cells(row.split(/ {2,}/))])).toEqual(
      told(ORDER),
    );
  });

  it("names all 7 in JSON", async () => {
    const { summary, stacks } = JSON.parse(await written("json")) as DriftReport;
    expect(summary).toEqual({ stacks: COUNT + 1, drifted: 7, failed: 2, settings: 7 });
    const found = stacks.flatMap(({ stack, resources }) =>
      resources.flatMap(({ settings }) =>
        settings.map(({ setting, stated, live }) => [
          stack,
          [setting, JSON.stringify(stated), JSON.stringify(live)],
        ]),
      ),
    );
    expect(found).toEqual(told(ORDER).map(([stack, texts]) => [stack, texts.map(jsonOf)]));
    for (const { resources } of stacks)
      for (const { id, changedAt } of resources) {
        const account = id.replace("accounts/", "");
        expect(Date.parse(changedAt ?? "")).toBeLessThan(Date.now());
        expect(DRIFTED.map((one) => one.account)).toContain(account);
      }
  });

  it("names all 7 in Markdown", async () => {
    const found = [
      ...(await written("markdown")).matchAll(
        /^### `zero-trust-test` \/ `(\w+)`\n\n\*\*.*\n\n.*\n.*\n\|(.*)\|$/gm,
      ),
    ];
    expect(
      found.map(([, stack, row = ""]) => [stack, cells(row.replace(/[`_]/g, "").split("|"))]),
    ).toEqual(told(ORDER));
  });

  it("names all 7 on the page", async () => {
    const sections = (await written("html")).split("<section>").slice(1);
    const found = sections
      .filter((section) => section.includes("<table>"))
      .map((section) => [
        /<h2>zero-trust-test \/ (\w+)<\/h2>/.exec(section)?.[1],
        [...section.matchAll(/<(code|bdi|em)>(.*?)<\/\1>/g)].map(([, , text]) => text),
      ]);
    expect(found).toEqual(told(ORDER));
  });

  it("names all 7 in annotations, the dangerous ones as errors", async () => {
    const found = [
      ...(await written("github")).matchAll(
        /^::(\w+) title=zero-trust-test\/(\w+)%3A organization drifted::(\S+) is (.*), stated is (.*?)(?:: .*)?\.$/gm,
      ),
    ];
    expect(
      found.map(([, , stack, setting, live, stated]) => [stack, [setting, stated, live]]),
    ).toEqual(told(ORDER));
    expect(found.map(([, level]) => level)).toEqual([
      ...["error", "error"],
      ...["warning", "warning", "warning", "warning", "warning"],
    ]);
  });

  it("names the broken one in each form, with the reason", async () => {
    expect(run.stdout).toMatch(
      new RegExp(`^zero-trust-test / ${BROKEN.stack}  could not be checked\n {4}\\| .*403`, "m"),
    );
    for (const form of ["json", "markdown", "html", "github"]) {
      const text = await written(form);
      expect(text).toContain(BROKEN.stack);
      expect(text).toMatch(/was refused with 403/);
    }
    const { stacks } = JSON.parse(await written("json")) as DriftReport;
    expect(stacks.filter(({ status }) => status === "failed")).toMatchObject([
      { project: "nowhere", stack: "", resources: [] },
      { stack: BROKEN.stack, resources: [] },
    ]);
    expect(run.stdout).toContain(
      `nowhere  could not be checked\n    | There is no Pulumi.yaml in ${path.join(await realpath(project.folder), "nowhere")}: run this`,
    );
  });

  it("writes to the drifted ones only, and brings each back", () => {
    const writes = emulator.requests.filter(({ method }) => method !== "GET");
    expect(writes.map(({ path: to }) => to).sort()).toEqual(
      DRIFTED.map(({ account }) => organizationPath(account)),
    );
    for (const { account } of DRIFTED) expect(liveSettings(emulator, account)).toMatchObject(LIVE);
    for (const { stack } of DRIFTED)
      expect(run.stderr).toContain(`zero-trust-test / ${stack}: 1 resource repaired.`);
  });

  it("leaves no drift, and does not change which stack is selected", async () => {
    // Two of them: to check each again takes an engine, and all are live as they were by now.
    const stacks = DRIFTED.slice(0, 2).flatMap(({ stack }) => ["--stack", stack]);
    const again = await command(project, "drift", ...stacks);
    expect(again).toMatchObject({ exitCode: 0, stdout: "No drift in 2 stacks." });
    const { output } = await project.pulumi("stack", "--show-name");
    expect(output).toBe(DEPLOYED.stack);
  });

  describe("on the selected stack", () => {
    const changed = { session_duration: "48h" };

    it("repairs nothing without a confirmation where nobody can give one", async () => {
      emulator.edit("accounts", DEPLOYED.account, changed);
      const { exitCode, stderr } = await command(project, "drift", "--repair");
      expect(exitCode).toBe(7);
      expect(stderr).toContain("Nothing was repaired: nobody is there to confirm it. Give --yes.");
      expect(liveSettings(emulator, DEPLOYED.account)).toMatchObject(changed);
    });

    it("leaves alone what its program states anew, even where that is a secret", async () => {
      await project.program(program('pulumi.secret("12h")'));
      await succeeded(project.up());
      emulator.edit("accounts", DEPLOYED.account, changed);
      await project.program(program('pulumi.secret("6h")'));

      const { exitCode, stdout, stderr } = await command(project, "drift", "--repair", "--yes");
      expect(exitCode).toBe(7);
      expect(stdout).toMatch(/sessionDuration +\[secret\] +\[secret\]/);
      expect(stderr).toContain(
        "left alone, since its program states what is not deployed yet: urn:",
      );
      expect(liveSettings(emulator, DEPLOYED.account)).toMatchObject(changed);
    });

    it("says so where there is no pulumi on PATH", async () => {
      const { PATH } = project.environment;
      project.environment.PATH = path.join(project.folder, "nowhere");
      const { exitCode, stdout, stderr } = await command(project, "drift");
      project.environment.PATH = PATH;
      expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: "" });
      expect(stderr).toBe(
        "There is no `pulumi` on PATH. Install it from https://www.pulumi.com/docs/install/.",
      );
    });
  });
});

/** Dangerous ones first, and otherwise as the stacks are listed. */
const ORDER = ["s02", "s08", "s03", "s04", "s05", "s06", "s07"];

/** The setting, the stated and the live value of a row, without the mark of danger before them. */
function cells(row: readonly string[]): string[] {
  return row.map((cell) => cell.trim()).filter((cell) => cell !== "" && !/^(!|⚠️)$/u.test(cell));
}

function told(stacks: readonly string[]): [string, string[]][] {
  return stacks.map((stack) => {
    const { setting = "", stated = "", live = "" } = DRIFT[stack]?.told ?? {};
    return [stack, [setting, stated, live]];
  });
}

/** A text of the other forms, as JSON has it. */
function jsonOf(text: string, index: number): string {
  if (index === 0) return text;
  if (text === "not set") return "null";
  return text === "true" || text === "false" ? text : JSON.stringify(text);
}
