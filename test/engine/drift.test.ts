import { startEmulator, type Emulator } from "../../emulator/index.js";
import { accountId, liveSettings, requestsTo } from "./accounts.js";
import { changesIn } from "./diagnostics.js";
import { createProject, organization, succeeded, type Project } from "./project.js";

jest.setTimeout(120_000);

const CHANGED = accountId(1);
const MEMBER = accountId(2);
const CLEARED = accountId(3);
const SWITCHED = accountId(4);
const ELSEWHERE = accountId(5);
const DRIFTING = [CHANGED, MEMBER, CLEARED, SWITCHED];

/** The result of a refresh preview without changes. */
const NO_DRIFT = { exitCode: 0, changes: [] };

describe("pulumi refresh and drift", () => {
  let emulator: Emulator;
  let project: Project;

  beforeAll(async () => {
    emulator = await startEmulator();
    for (const account of [...DRIFTING, ELSEWHERE]) emulator.seed("accounts", account);
    project = await createProject(emulator);
    await project.program(
      organization("changed", { accountId: CHANGED, sessionDuration: "12h" }),
      organization("member", {
        accountId: MEMBER,
        loginDesign: { backgroundColor: "#112233", headerText: "Widget Corp" },
      }),
      organization("cleared", { accountId: CLEARED, warpAuthSessionDuration: "36h" }),
      organization("switched", {
        accountId: SWITCHED,
        isUiReadOnly: false,
        denyUnmatchedRequests: true,
      }),
      organization("elsewhere", {
        accountId: ELSEWHERE,
        sessionDuration: "12h",
        loginDesign: { headerText: "Widget Corp" },
      }),
    );
    await succeeded(project.up());
  });

  afterAll(async () => {
    await project.remove();
    await emulator.close();
  });

  async function driftCheck() {
    const { exitCode, output } = await project.drift();
    return { exitCode, changes: changesIn(output) };
  }

  it("reports no drift of settings that the program does not declare, and of equivalent values", async () => {
    emulator.edit("accounts", CHANGED, {
      name: "Renamed in the dashboard",
      setting_of_tomorrow: "on",
    });
    emulator.edit("accounts", ELSEWHERE, {
      session_duration: "720m", // equivalent to 12h
      warp_auth_session_duration: "48h",
      deny_unmatched_requests: true,
      login_design: { header_text: "Widget Corp", footer_text: "Need help?" },
      setting_of_tomorrow: "on",
    });
    expect(await driftCheck()).toEqual(NO_DRIFT);
  });

  it("exits with 7 and prints the old and new values of drifted settings, without changing state", async () => {
    emulator.edit("accounts", CHANGED, { session_duration: "48h" });
    emulator.edit("accounts", MEMBER, {
      login_design: { background_color: "#112233", header_text: "Hacked" },
    });
    emulator.edit("accounts", CLEARED, { warp_auth_session_duration: null });
    emulator.edit("accounts", SWITCHED, {
      is_ui_read_only: true, // declared false
      deny_unmatched_requests: false,
    });
    const before = await project.rawState();

    const { exitCode, changes } = await driftCheck();

    expect(exitCode).toBe(7);
    expect(changes.sort()).toEqual([
      '- warpAuthSessionDuration: "36h"',
      "~ denyUnmatchedRequests: true => false",
      '~ headerText: "Widget Corp" => "Hacked"',
      "~ isUiReadOnly: false => true",
      "~ loginDesign: {",
      '~ sessionDuration: "12h" => "48h"',
    ]);
    expect(await project.rawState()).toBe(before);
  });

  it("fails if the organization cannot be read, and keeps it in state", async () => {
    const credential = emulator.credentials[0];
    if (credential === undefined) throw new Error("The emulator has no credential.");
    credential.access = "none";
    const before = await project.rawState();

    const { exitCode, output } = await project.drift();
    credential.access = "write";

    expect(exitCode).not.toBe(0);
    expect(exitCode).not.toBe(7);
    expect(output).toContain("10000: Authentication error");
    expect(await project.rawState()).toBe(before);
  });

  it("corrects drift by `up --refresh --run-program`, with two GETs and one PUT for each organization", async () => {
    emulator.clearRequests();
    await succeeded(project.up("--refresh", "--run-program"));

    for (const account of DRIFTING)
      expect(requestsTo(emulator, account)).toEqual(["GET", "GET", "PUT"]);
    expect(requestsTo(emulator, ELSEWHERE)).toEqual(["GET"]);
    expect(liveSettings(emulator, CHANGED)).toMatchObject({ session_duration: "12h" });
    expect(liveSettings(emulator, MEMBER)).toMatchObject({
      login_design: { background_color: "#112233", header_text: "Widget Corp" },
    });
    expect(liveSettings(emulator, CLEARED)).toMatchObject({ warp_auth_session_duration: "36h" });
    expect(emulator.organization("accounts", SWITCHED)).toMatchObject({
      is_ui_read_only: false,
      deny_unmatched_requests: true,
    });
    expect(await driftCheck()).toEqual(NO_DRIFT);
  });

  it("keeps undeclared settings and equivalent values when it corrects drift", () => {
    expect(liveSettings(emulator, CHANGED)).toMatchObject({
      name: "Renamed in the dashboard",
      setting_of_tomorrow: "on",
    });
    expect(liveSettings(emulator, ELSEWHERE)).toMatchObject({
      session_duration: "720m",
      warp_auth_session_duration: "48h",
      login_design: { header_text: "Widget Corp", footer_text: "Need help?" },
      setting_of_tomorrow: "on",
    });
  });
});
