import { readdirSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { startEmulator, type Emulator } from "../../emulator/index.js";
import { changesIn } from "./diagnostics.js";
import { createProject, succeeded, type Project } from "./project.js";
import { PARTLY, program, seed, type Everything } from "./recorded.js";

jest.setTimeout(120_000);

/** The state that each release wrote, by `npm run record-state`. Never edit one. */
const STATES = path.join(__dirname, "states");
const RELEASES = readdirSync(STATES).map((file) => path.basename(file, ".json"));

describe.each(RELEASES)("The state of release %s", (release) => {
  let emulator: Emulator;
  let project: Project;

  beforeAll(async () => {
    const recorded = await readFile(path.join(STATES, `${release}.json`), "utf8");
    const { state, ...everything } = JSON.parse(recorded) as Everything & { state: object };
    emulator = await startEmulator();
    seed(emulator, everything);
    project = await createProject(emulator);
    await writeFile(path.join(project.folder, "state.json"), JSON.stringify(state));
    await succeeded(project.pulumi("stack", "import", "--file", "state.json"));
    await project.program(...program(everything));
  });

  beforeEach(() => emulator.clearRequests());

  it("contains each kind of resource, and no secret in plain text", async () => {
    const state = await project.state();
    expect(Object.keys(state).sort()).toEqual(["doh", "everything", "leaver", "partly"]);
    expect(await project.rawState()).toMatch(/pulumi:providers:pulumi-nodejs::own/);
    expect(await project.rawState()).not.toContain("leaver@example.com");
  });

  it("needs no change and no request if the same program is deployed", async () => {
    await succeeded(project.up("--expect-no-changes"));
    expect(emulator.requests).toEqual([]);
  });

  it("shows drift of managed settings, and no other", async () => {
    emulator.edit("accounts", PARTLY, { warp_auth_session_duration: "36h" });
    emulator.editDoh(PARTLY, { doh_jwt_duration: "24h" });
    const { exitCode, output } = await project.drift();
    expect(exitCode).toBe(7);
    expect(changesIn(output).sort()).toEqual([
      '+ warpAuthSessionDuration: "36h"', // from empty
      '~ dohJwtDuration: "720m" => "24h"',
    ]);
  });
});
