import { appendFile, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { EMULATOR_TOKEN, startEmulator, type Emulator } from "../../emulator/index.js";
import type { DriftReport } from "../../provider/cli/drift/report-schema.js";
import { accountId, liveSettings, organizationPath } from "./accounts.js";
import { beginCommand, command, type CommandRun } from "./command.js";
import { createProject, organization, succeeded, type Project } from "./project.js";
import { until } from "./running-command.js";

jest.setTimeout(180_000);

const ACCOUNT = accountId(1);
const PATH = organizationPath(ACCOUNT);
const DECLARED = { session_duration: "12h", deny_unmatched_requests: true };
const EDITED = { session_duration: "48h", deny_unmatched_requests: false };
const RESTORED =
  "The state of the last deployment was restored, so the next check finds the remaining drift.";
const FINISHING =
  "Interrupted: finishing the running stacks, starting no others. Interrupt again to cancel.";

let emulator: Emulator;
let project: Project;

const remediation = (...args: string[]) =>
  command(project, "drift", "--remediate", "--yes", ...args);
const puts = () => emulator.requests.filter(({ method }) => method === "PUT");

/** A resource of another package, whose reads fail. */
const OTHER_PACKAGE = `class Other extends pulumi.dynamic.Resource {
  constructor(name) {
    const create = async () => ({ id: name, outs: {} });
    const read = async () => { throw new Error("the other API is down"); };
    super({ create, read }, name, {});
  }
}
new Other("other");`;

describe("drift in a stack with another package's resource whose read fails", () => {
  beforeAll(async () => {
    emulator = await startEmulator();
    emulator.seed("accounts", ACCOUNT);
    project = await createProject(emulator);
    // As the quickstart recommends. The preview before a remediation must not take drift for changes of the program.
    await appendFile(path.join(project.folder, "Pulumi.yaml"), "options:\n  refresh: always\n");
    const declared = {
      accountId: ACCOUNT,
      sessionDuration: "12h",
      denyUnmatchedRequests: true,
      strictServiceTokenAuth: false,
    };
    await project.program(organization("organization", declared), OTHER_PACKAGE);
  });

  it("warns in a subdirectory of the project if the stack does not have Zero Trust resources that can drift", async () => {
    const subdirectory = { ...project, folder: path.join(project.folder, ".home") };
    const { exitCode, stdout } = await command(subdirectory, "drift");
    expect({ exitCode, stdout }).toEqual({
      exitCode: 0,
      stdout:
        "Warning: No Zero Trust resources that can drift in stack zero-trust-test / test.\n\n1 stack without Zero Trust resources that can drift.",
    });
  });

  describe("after a deployment, harmless drift, and credentials in the configuration", () => {
    const settings = () => path.join(project.folder, "Pulumi.test.yaml");
    let before: string;
    beforeAll(async () => {
      await succeeded(project.up());
      emulator.edit("accounts", ACCOUNT, { session_duration: "6h" });
      before = await readFile(settings(), "utf8");
      await appendFile(settings(), `config:\n  cloudflare:apiToken: ${EMULATOR_TOKEN}\n`);
      delete project.environment.CLOUDFLARE_API_TOKEN;
    });
    afterAll(async () => {
      await writeFile(settings(), before);
      project.environment.CLOUDFLARE_API_TOKEN = EMULATOR_TOKEN;
      delete project.environment.CLOUDFLARE_LOG;
    });

    it("names --run-program, because a refresh uses the configuration of the last deployment", async () => {
      const { exitCode, stdout } = await command(project, "drift");
      expect(exitCode).toBe(1);
      expect(stdout).toContain("run `pulumi up` once or add --run-program.");
    });

    it("reports the drift with --run-program, because it refreshes only this package's resources, and exits with 0 for --fail-on risk", async () => {
      project.environment.CLOUDFLARE_LOG = "debug";
      const options = ["--run-program", "--fail-on", "risk"];
      const { exitCode, stdout, stderr } = await command(project, "drift", ...options);
      expect(exitCode).toBe(0);
      expect(stdout).toContain("1 setting drifted in 1 of 1 stack.");
      expect(stderr).toMatch(new RegExp(`^zero-trust-test / test: GET ${PATH} 200 `, "m"));
    });
  });

  describe("after risky drift", () => {
    beforeAll(() => {
      emulator.edit("accounts", ACCOUNT, EDITED);
    });

    const arrival = (method: string, number = 1) =>
      until(
        () => emulator.requests.filter((request) => request.method === method).length >= number,
      );
    const expectBothSettings = (table: string) => {
      expect(table).toMatch(/denyUnmatchedRequests +true +false/);
      expect(table).toMatch(/sessionDuration +12h +48h/);
    };

    it("ends during its check at the first Ctrl-C", async () => {
      emulator.clearRequests();
      emulator.fault({ method: "GET", path: PATH, delayMs: 30_000 });
      const run = beginCommand(project, "drift");
      await arrival("GET");
      run.ctrlC();
      expect(await run.ended).toMatchObject({ signal: "SIGINT", stdout: "" });
    });

    it("cancels the running update at the second Ctrl-C, and leaves neither drift in state nor a lock", async () => {
      emulator.clearRequests();
      emulator.fault({ method: "GET", path: PATH, delayMs: 3000, skip: 1 });
      const run = beginCommand(project, "drift", "--remediate", "--yes");
      await arrival("GET", 2);
      run.ctrlC();
      await sleep(500); // Two signals at the same time would arrive as one.
      run.ctrlC();
      const { exitCode, stdout, stderr } = await run.ended;
      expect(exitCode).toBe(1);
      expectBothSettings(stdout);
      expect(stderr).toContain(FINISHING);
      expect(stderr).toMatch(/organization: failed: .*cancel/);
      expect(puts()).toEqual([]);
    });

    describe("with a remediation that gets one Ctrl-C, is applied in part, and cannot read unmanaged settings", () => {
      let run: CommandRun;
      let report: DriftReport;
      beforeAll(async () => {
        emulator.clearRequests();
        emulator.edit("accounts", ACCOUNT, { strict_service_token_auth: true });
        emulator.behavior.strictServiceTokenAuthOff = "ignored";
        // The requests are those of the check, of the unmanaged settings, and of the refresh of the update.
        emulator.fault({ method: "GET", path: PATH, status: 403, skip: 1 });
        emulator.fault({ method: "GET", path: PATH, delayMs: 2000, skip: 2 });
        const options = ["--remediate", "--yes", "--unmanaged", "--json"];
        const started = beginCommand(project, "drift", ...options);
        await arrival("GET", 3);
        started.ctrlC();
        run = await started.ended;
        report = JSON.parse(run.stdout) as DriftReport;
      });

      it("finishes the running stack by one write, although the terminal signals all its processes", () => {
        expect(run.stderr).toContain(FINISHING);
        expect(puts()).toHaveLength(1);
        expect(liveSettings(emulator, ACCOUNT)).toMatchObject({
          ...DECLARED,
          strict_service_token_auth: true,
        });
      });

      it("reports what Cloudflare did not apply", () => {
        expect(run.stderr).toContain(
          "organization: not applied: Cloudflare accepted the write but still shows another value for strictServiceTokenAuth",
        );
        expect(report.summary).toMatchObject({
          settings: 3,
          remaining: 1,
          remediation: { remediated: 0, notApplied: 1, skipped: 0, failed: 0 },
        });
        expect(report.stacks[0]?.resources[0]?.remediation).toEqual({
          result: "notApplied",
          notApplied: ["strictServiceTokenAuth"],
        });
      });

      it("exits with 1 and the reason for unmanaged settings that could not be read", () => {
        expect(run.exitCode).toBe(1);
        expect(report.stacks[0]?.error).toContain("403");
      });
    });

    it("finds what was not applied in the next check, restores the state after a rejected write, and keeps a pending deletion", async () => {
      emulator.edit("accounts", ACCOUNT, EDITED);
      await addPendingDeletion();
      emulator.fault({ method: "PUT", path: PATH, status: 403 });
      const { exitCode, stdout, stderr } = await remediation();
      expect(exitCode).toBe(1);
      expectBothSettings(stdout);
      expect(stdout).toMatch(/strictServiceTokenAuth +false +true/);
      expect(stdout).toContain("Remediation: 1 failed.");
      expect(stderr).toMatch(/organization: failed: PUT .* 403/);
      expect(stderr).toContain(RESTORED);
      expect(await durationsInState()).toEqual([
        { pending: false, input: "12h", output: "12h" },
        { pending: true, input: "6h", output: "12h" },
      ]);
    });
  });
});

interface Entry {
  readonly type: string;
  readonly delete?: boolean;
  readonly inputs: Record<string, unknown>;
  readonly outputs: Record<string, unknown>;
}

interface State {
  readonly deployment: { readonly resources: Entry[] };
}

const isOrganization = ({ type }: Entry) => type.endsWith(":Organization");

/** Adds what a replacement leaves if it ends before it deletes the old resource. */
async function addPendingDeletion(): Promise<void> {
  const state = JSON.parse(await project.rawState()) as State;
  const live = state.deployment.resources.find(isOrganization);
  if (live === undefined) throw new Error("The organization is missing in state.");
  const inputs = { ...live.inputs, sessionDuration: "6h" };
  state.deployment.resources.push({ ...live, delete: true, inputs });
  const file = path.join(project.folder, "state.json");
  await writeFile(file, JSON.stringify(state));
  await succeeded(project.pulumi("stack", "import", "--file", file));
}

async function durationsInState() {
  const { deployment } = JSON.parse(await project.rawState()) as State;
  return deployment.resources.filter(isOrganization).map((entry) => ({
    pending: entry.delete === true,
    input: entry.inputs.sessionDuration,
    output: entry.outputs.sessionDuration,
  }));
}
