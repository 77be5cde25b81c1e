import { copyFile, readdir } from "node:fs/promises";
import path from "node:path";
import { startEmulator, type Emulator } from "../../emulator/index.js";
import { accountId, requestsTo } from "./accounts.js";
import { changesIn } from "./diagnostics.js";
import { createProject, organization, succeeded, type Project } from "./project.js";
import { SCENARIOS } from "./scenarios/index.js";

jest.setTimeout(120_000);

/** One exported state for each release that wrote state in a form of its own. Never edit them. */
const STATES = path.join(__dirname, "states");
const RELEASES = ["0.1.0"];

const EVERYTHING = accountId(1);
const PARTLY = accountId(2);

const [everything] = SCENARIOS.find(({ name }) => name === "everything")?.steps ?? [];

it("every recorded state is tested", async () => {
  expect(await readdir(STATES)).toEqual(RELEASES.map((release) => `${release}.json`));
});

describe.each(RELEASES)("state that release %s wrote", (release) => {
  let emulator: Emulator;
  let project: Project;

  beforeAll(async () => {
    emulator = await startEmulator();
    emulator.seed("accounts", EVERYTHING, everything?.live);
    emulator.seed("accounts", PARTLY, {
      session_duration: "24h",
      login_design: { header_text: "Widget Corp", footer_text: "Need help?" },
      setting_of_tomorrow: "on",
    });
    project = await createProject(emulator);
    await copyFile(path.join(STATES, `${release}.json`), path.join(project.folder, "state.json"));
    await succeeded(project.pulumi("stack", "import", "--file", "state.json"));
    await project.program(
      organization("everything", { accountId: EVERYTHING, ...everything?.args }),
      organization("partly", {
        accountId: PARTLY,
        sessionDuration: "1440m",
        warpAuthSessionDuration: "",
        denyUnmatchedRequests: false,
        loginDesign: { headerText: "Widget Corp" },
        additionalSettings: { setting_of_tomorrow: "on" },
      }),
    );
  });

  beforeEach(() => emulator.clearRequests());

  afterAll(async () => {
    await project.remove();
    await emulator.close();
  });

  it("needs no change", async () => {
    await succeeded(project.up("--expect-no-changes"));
    expect(emulator.requests).toEqual([]);
  });

  it("is no drift, and drift against it is found", async () => {
    expect(await project.drift()).toMatchObject({ exitCode: 0 });
    emulator.edit("accounts", PARTLY, { warp_auth_session_duration: "36h" });
    const { exitCode, output } = await project.drift();
    expect(exitCode).toBe(7);
    expect(changesIn(output)).toEqual(['+ warpAuthSessionDuration: "36h"']); // from empty
  });

  it("can be destroyed", async () => {
    await succeeded(project.destroy());
    expect(await project.state()).toEqual({});
    expect(requestsTo(emulator, EVERYTHING)).toEqual([]);
  });
});
