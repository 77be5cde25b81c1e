import { startEmulator, type Emulator } from "../../emulator/index.js";
import { accountId, liveSettings, organizationPath } from "./accounts.js";
import { beginCommand, command } from "./command.js";
import { createProject, organization, succeeded, type Project } from "./project.js";
import { until } from "./underway.js";

jest.setTimeout(180_000);

const ACCOUNT = accountId(1);
const PATH = organizationPath(ACCOUNT);
const STATED = { session_duration: "12h", deny_unmatched_requests: true };
const CHANGED = { session_duration: "48h", deny_unmatched_requests: false };
/** The same, where false says nothing. */
const CHANGED_LIVE = { session_duration: "48h" };

describe("what does not come to its end", () => {
  let emulator: Emulator;
  let project: Project;

  beforeAll(async () => {
    emulator = await startEmulator();
    emulator.seed("accounts", ACCOUNT);
    project = await createProject(emulator);
    const args = { accountId: ACCOUNT, sessionDuration: "12h", denyUnmatchedRequests: true };
    await project.program(organization("organization", args));
    await succeeded(project.up());
    emulator.edit("accounts", ACCOUNT, CHANGED);
  });
  beforeEach(() => emulator.clearRequests());

  afterAll(async () => {
    await project.remove();
    await emulator.close();
  });

  const arrival = (method: string) =>
    until(() => emulator.requests.some((request) => request.method === method));

  it("a check: the first Ctrl-C ends it", async () => {
    emulator.fault({ method: "GET", path: PATH, delayMs: 30_000 });
    const run = beginCommand(project, "drift");
    await arrival("GET");
    run.ctrlC();
    expect(await run.ended).toMatchObject({ signal: "SIGINT", stdout: "" });
  });

  describe("a repair: the next one finds the drift, and no lock", () => {
    it("where the API refuses it", async () => {
      emulator.fault({ method: "PUT", path: PATH, status: 403 });
      const { exitCode, stderr } = await command(project, "drift", "--repair", "--yes");
      expect(exitCode).toBe(1);
      expect(stderr).toMatch(/could not be repaired:\n.* was refused with 403/);
      expect(stderr).toContain(PUT_BACK);
      expect(liveSettings(emulator, ACCOUNT)).toMatchObject(CHANGED_LIVE);
    });

    it("after Ctrl-C, which lets a call end, and begins no other", async () => {
      emulator.fault({ method: "PUT", path: PATH, reset: "before", delayMs: 2000 });
      const run = beginCommand(project, "drift", "--repair", "--yes");
      await arrival("PUT");
      run.ctrlC();
      const { exitCode, stdout, stderr } = await run.ended;
      expect(exitCode).toBe(1);
      expectAllOf(stdout);
      expect(stderr).toContain(WAITING);
      expect(stderr).toContain(PUT_BACK);
      expect(liveSettings(emulator, ACCOUNT)).toMatchObject(CHANGED_LIVE);
    });

    it("and comes to its end where it alone is signalled", async () => {
      emulator.fault({ method: "PUT", path: PATH, delayMs: 2000 });
      const run = beginCommand(project, "drift", "--repair", "--yes");
      await arrival("PUT");
      run.signal("SIGTERM");
      const { exitCode, stdout, stderr } = await run.ended;
      expect(exitCode).toBe(0);
      expectAllOf(stdout);
      expect(stderr).toContain(WAITING);
      expect(liveSettings(emulator, ACCOUNT)).toMatchObject(STATED);
      expect(emulator.requests.filter(({ method }) => method === "PUT")).toHaveLength(1);
    });
  });
});

const PUT_BACK = "State says what is deployed, as before";
const WAITING = "No further stack is begun; waiting for those that run.";

function expectAllOf(table: string): void {
  expect(table).toMatch(/denyUnmatchedRequests +true +false/);
  expect(table).toMatch(/sessionDuration +12h +48h/);
}
