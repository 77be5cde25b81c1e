import { writeFile } from "node:fs/promises";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { startEmulator, type Emulator, type Settings } from "../../emulator/index.js";
import type { DriftReport } from "../../provider/cli/drift/report-schema.js";
import { accountId, liveSettings, organizationPath } from "./accounts.js";
import { beginCommand, command } from "./command.js";
import { createProject, organization, succeeded, type Project } from "./project.js";
import { until } from "./underway.js";

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

/** Deploys settings, and edits them in the dashboard afterwards. */
async function drifted(declared: object, edits: Settings): Promise<void> {
  emulator = await startEmulator();
  emulator.seed("accounts", ACCOUNT);
  project = await createProject(emulator);
  await project.program(organization("organization", { accountId: ACCOUNT, ...declared }));
  await succeeded(project.up());
  emulator.edit("accounts", ACCOUNT, edits);
}

async function remove(): Promise<void> {
  await project.remove();
  await emulator.close();
}

const remediation = (...args: string[]) =>
  command(project, "drift", "--remediate", "--yes", ...args);

async function jsonReport(...args: string[]): Promise<DriftReport> {
  return JSON.parse((await command(project, "drift", "--json", ...args)).stdout) as DriftReport;
}

function expectBothSettings(table: string): void {
  expect(table).toMatch(/denyUnmatchedRequests +true +false/);
  expect(table).toMatch(/sessionDuration +12h +48h/);
}

describe("drift --remediate that fails or is interrupted", () => {
  beforeAll(() => drifted({ sessionDuration: "12h", denyUnmatchedRequests: true }, EDITED));
  beforeEach(() => emulator.clearRequests());
  afterAll(remove);

  const arrival = (method: string, number = 1) =>
    until(() => emulator.requests.filter((request) => request.method === method).length >= number);

  it("ends a check at the first Ctrl-C", async () => {
    emulator.fault({ method: "GET", path: PATH, delayMs: 30_000 });
    const run = beginCommand(project, "drift");
    await arrival("GET");
    run.ctrlC();
    expect(await run.ended).toMatchObject({ signal: "SIGINT", stdout: "" });
  });

  it("cancels the running update at the second Ctrl-C, and leaves neither drift in state nor a lock", async () => {
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
    expect(emulator.requests.filter(({ method }) => method === "PUT")).toEqual([]);
  });

  it("finishes the running stack after one Ctrl-C, which the terminal sends to all its processes", async () => {
    emulator.fault({ method: "GET", path: PATH, delayMs: 2000, skip: 1 });
    const run = beginCommand(project, "drift", "--remediate", "--yes");
    await arrival("GET", 2);
    run.ctrlC();
    const { exitCode, stdout, stderr } = await run.ended;
    expect({ exitCode, stderr }).toMatchObject({ exitCode: 0 });
    expectBothSettings(stdout);
    expect(stderr).toContain(FINISHING);
    expect(liveSettings(emulator, ACCOUNT)).toMatchObject(DECLARED);
    expect(emulator.requests.filter(({ method }) => method === "PUT")).toHaveLength(1);
  });

  it("restores the live entry of the state after a rejected write, and keeps a pending deletion", async () => {
    emulator.edit("accounts", ACCOUNT, EDITED);
    await addPendingDeletion();
    emulator.fault({ method: "PUT", path: PATH, status: 403 });
    const { exitCode, stdout, stderr } = await remediation();
    expect(exitCode).toBe(1);
    expect(stdout).toContain("Remediation: 1 failed.");
    expect(stderr).toMatch(/organization: failed: PUT .* 403/);
    expect(stderr).toContain(RESTORED);
    expect(await durationsInState()).toEqual([
      { pending: false, input: "12h", output: "12h" },
      { pending: true, input: "6h", output: "12h" },
    ]);
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
    const declared = { accountId: ACCOUNT, sessionDuration: "12h" };
    await project.program(organization("organization", declared), OTHER_PACKAGE);
    await succeeded(project.up());
    emulator.edit("accounts", ACCOUNT, { session_duration: "6h" });
  });
  afterAll(remove);

  it("reports drift, because it refreshes only this package's resources", async () => {
    await expect(project.drift()).rejects.toThrow("the other API is down");
    const { exitCode, stdout } = await command(project, "drift", "--run-program");
    expect(exitCode).toBe(7);
    expect(stdout).toContain("1 setting drifted in 1 of 1 stack.");
  });

  it("exits with 0 for harmless drift if it fails only on risky drift", async () => {
    const { exitCode, stdout } = await command(project, "drift", "--fail-on", "risk");
    expect(exitCode).toBe(0);
    expect(stdout).toContain("1 setting drifted in 1 of 1 stack.");
  });

  it("prints the provider's requests if CLOUDFLARE_LOG=debug is set", async () => {
    project.environment.CLOUDFLARE_LOG = "debug";
    const { stderr } = await command(project, "drift");
    delete project.environment.CLOUDFLARE_LOG;
    expect(stderr).toMatch(new RegExp(`^zero-trust-test / test: GET ${PATH} 200 `, "m"));
  });

  it("remediates even if an unmanaged setting cannot be read, and exits with 1", async () => {
    emulator.fault({ method: "GET", path: PATH, status: 403, skip: 1 });
    const run = await remediation("--unmanaged");
    expect(run.exitCode).toBe(1);
    expect(run.stdout).toContain("403");
    expect(run.stderr).toContain("zero-trust-test / test: organization: remediated");
    expect(liveSettings(emulator, ACCOUNT)).toMatchObject({ session_duration: "12h" });
  });

  it("finds the project of a subdirectory", async () => {
    const run = await command({ ...project, folder: path.join(project.folder, ".home") }, "drift");
    expect(run).toMatchObject({ exitCode: 0, stdout: "No drift in 1 stack." });
  });

  it("warns of a stack without Zero Trust resources", async () => {
    await project.program();
    await succeeded(project.up());
    const { exitCode, stdout } = await command(project, "drift");
    expect({ exitCode, stdout }).toEqual({
      exitCode: 0,
      stdout:
        "Warning: No Zero Trust resources in stack zero-trust-test / test.\n\n1 stack without Zero Trust resources.",
    });
  });
});

describe("drift after `config set` without a deployment", () => {
  afterAll(remove);

  it("names --run-program, which finds the credentials", async () => {
    await drifted({ sessionDuration: "12h" }, {});
    const { CLOUDFLARE_API_TOKEN: token = "" } = project.environment;
    delete project.environment.CLOUDFLARE_API_TOKEN;
    await succeeded(project.pulumi("config", "set", "--secret", "cloudflare:apiToken", token));

    const { exitCode, stdout } = await command(project, "drift");
    expect(exitCode).toBe(1);
    expect(stdout).toContain("run `pulumi up` once or add --run-program.");
    expect(await command(project, "drift", "--run-program")).toMatchObject({ exitCode: 0 });
  });
});

describe("drift --remediate of settings that Cloudflare applies in part", () => {
  beforeAll(async () => {
    await drifted(
      { sessionDuration: "12h", strictServiceTokenAuth: false },
      { session_duration: "48h", strict_service_token_auth: true },
    );
    emulator.behavior.strictServiceTokenAuthOff = "ignored";
  });
  afterAll(remove);

  it("writes once, reports what was not applied, and exits with 7", async () => {
    emulator.clearRequests();
    const { exitCode, stdout, stderr } = await remediation("--json");
    const { summary, stacks } = JSON.parse(stdout) as DriftReport;
    expect(exitCode).toBe(7);
    expect(stderr).toContain(
      "organization: not applied: Cloudflare accepted the write but still shows another value for strictServiceTokenAuth",
    );
    expect(summary).toMatchObject({
      settings: 2,
      remaining: 1,
      remediation: { remediated: 0, notApplied: 1, skipped: 0, failed: 0 },
    });
    expect(stacks[0]?.resources[0]?.remediation).toEqual({
      result: "notApplied",
      notApplied: ["strictServiceTokenAuth"],
    });
    expect(emulator.requests.filter(({ method }) => method === "PUT")).toHaveLength(1);
    expect(liveSettings(emulator, ACCOUNT)).toMatchObject({
      session_duration: "12h",
      strict_service_token_auth: true,
    });
  });

  it("finds the remaining drift in the next check", async () => {
    const { summary, stacks } = await jsonReport();
    expect(summary).toMatchObject({ settings: 1, remaining: 1 });
    expect(stacks[0]?.resources[0]?.settings).toMatchObject([
      { setting: "strictServiceTokenAuth", declared: false, live: true },
    ]);
  });
});
