import { startEmulator, type Emulator } from "../../emulator/index.js";
import { accountId, liveSettings, organizationPath } from "./accounts.js";
import { command } from "./command.js";
import { createProject, organization, succeeded, type Project } from "./project.js";

jest.setTimeout(180_000);

const ACCOUNT = accountId(1);
const PATH = organizationPath(ACCOUNT);
const STATED = { session_duration: "12h", deny_unmatched_requests: true };
const CHANGED = { session_duration: "48h", deny_unmatched_requests: false };

/** Each test begins with drift, and ends with its repair, which finds it: the next one needs that. */
describe("a repair that does not come to its end", () => {
  let emulator: Emulator;
  let project: Project;

  beforeAll(async () => {
    emulator = await startEmulator();
    emulator.seed("accounts", ACCOUNT);
    project = await createProject(emulator);
    const args = { accountId: ACCOUNT, sessionDuration: "12h", denyUnmatchedRequests: true };
    await project.program(organization("organization", args));
    await succeeded(project.up());
  });
  beforeEach(() => emulator.edit("accounts", ACCOUNT, CHANGED));

  afterAll(async () => {
    await project.remove();
    await emulator.close();
  });

  async function expectRepairOfWhatIsFound(): Promise<void> {
    const { exitCode, stdout } = await command(project, "drift", "--repair", "--yes");
    expect(stdout).toMatch(/denyUnmatchedRequests +true +false/);
    expect(stdout).toMatch(/sessionDuration +12h +48h/);
    expect(exitCode).toBe(0);
    expect(liveSettings(emulator, ACCOUNT)).toMatchObject(STATED);
  }

  it("leaves the drift to be found where the API refuses it", async () => {
    emulator.fault({ method: "PUT", path: PATH, status: 403 });
    const { exitCode, stderr } = await command(project, "drift", "--repair", "--yes");
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(/could not be repaired:\n.* was refused with 403/);
    expect(stderr).toContain("State says what is deployed, as before");
    expect(liveSettings(emulator, ACCOUNT)).toMatchObject({ session_duration: "48h" });

    await expectRepairOfWhatIsFound();
  });
});
