import { startEmulator, type Emulator } from "../../emulator/index.js";
import { SERVICE_TOKEN, ZONE } from "../ids.js";
import { accountId, liveSettings, requestsTo } from "./accounts.js";
import { changesIn } from "./diagnostics.js";
import { createProject, organization, succeeded, type Project } from "./project.js";
import { resource } from "./source.js";

jest.setTimeout(120_000);

const CHANGED = accountId(1);
const MEMBER = accountId(2);
const CLEARED = accountId(3);
const BOOLEANS = accountId(4);
const WITHOUT_DRIFT = accountId(5);
const DRIFTED = [CHANGED, MEMBER, CLEARED, BOOLEANS];

describe("A drift check", () => {
  let emulator: Emulator;
  let project: Project;

  beforeAll(async () => {
    emulator = await startEmulator();
    for (const account of [...DRIFTED, WITHOUT_DRIFT]) emulator.seed("accounts", account);
    emulator.addServiceToken(CHANGED, { id: SERVICE_TOKEN });
    emulator.seed("zones", ZONE);
    project = await createProject(emulator);
    await project.program(
      organization("changed", { accountId: CHANGED, sessionDuration: "12h" }),
      resource("DohSettings", "doh", { accountId: CHANGED, serviceTokenId: SERVICE_TOKEN }),
      organization("member", {
        accountId: MEMBER,
        loginDesign: { backgroundColor: "#112233", headerText: "Widget Corp" },
      }),
      organization("cleared", { accountId: CLEARED, warpAuthSessionDuration: "36h" }),
      organization("booleans", {
        accountId: BOOLEANS,
        isUiReadOnly: false,
        denyUnmatchedRequests: true,
      }),
      organization("withoutDrift", {
        accountId: WITHOUT_DRIFT,
        sessionDuration: "12h",
        loginDesign: { headerText: "Widget Corp" },
      }),
      organization("zone", { zoneId: ZONE, userSeatExpirationInactiveTime: "1460h" }),
    );
    await succeeded(project.up());
    emulator.edit("accounts", CHANGED, {
      session_duration: "48h",
      name: "Renamed in the dashboard",
      setting_of_tomorrow: "on",
    });
    emulator.editDoh(CHANGED, { service_token_id: null });
    emulator.edit("accounts", MEMBER, {
      login_design: { background_color: "#112233", header_text: "Edited" },
    });
    emulator.edit("accounts", CLEARED, { warp_auth_session_duration: null });
    emulator.edit("accounts", BOOLEANS, {
      is_ui_read_only: true, // declared false
      deny_unmatched_requests: false,
    });
    emulator.edit("accounts", WITHOUT_DRIFT, {
      session_duration: "720m", // equivalent to 12h
      warp_auth_session_duration: "48h",
      deny_unmatched_requests: true,
      login_design: { header_text: "Widget Corp", footer_text: "Need help?" },
      setting_of_tomorrow: "on",
    });
    emulator.edit("zones", ZONE, { user_seat_expiration_inactive_time: "730h" });
  });

  it("exits with 7 after one GET for each resource, and prints only drifted values of managed settings, without changing state", async () => {
    const before = await project.rawState();
    emulator.clearRequests();

    const { exitCode, output } = await project.drift();

    expect(exitCode).toBe(7);
    expect(emulator.requests.map(({ method }) => method)).toEqual(
      Array.from({ length: 7 }, () => "GET"), // one for each resource
    );
    expect(changesIn(output).sort()).toEqual([
      `- serviceTokenId: "${SERVICE_TOKEN}"`,
      '- warpAuthSessionDuration: "36h"',
      "~ denyUnmatchedRequests: true => false",
      '~ headerText: "Widget Corp" => "Edited"',
      "~ isUiReadOnly: false => true",
      "~ loginDesign: {",
      '~ sessionDuration: "12h" => "48h"',
      '~ userSeatExpirationInactiveTime: "1460h" => "730h"',
    ]);
    expect(await project.rawState()).toBe(before);
  });

  it("is followed by `up --refresh --run-program`, which restores the declared values by one PUT each", async () => {
    emulator.clearRequests();
    await succeeded(project.up("--refresh", "--run-program"));

    for (const account of DRIFTED)
      expect(requestsTo(emulator, account)).toEqual(["GET", "GET", "PUT"]);
    expect(requestsTo(emulator, WITHOUT_DRIFT)).toEqual(["GET"]);
    expect(liveSettings(emulator, CHANGED)).toMatchObject({
      session_duration: "12h",
      name: "Renamed in the dashboard",
      setting_of_tomorrow: "on",
    });
    expect(emulator.doh(CHANGED)).toMatchObject({ service_token_id: SERVICE_TOKEN });
    expect(liveSettings(emulator, MEMBER)).toMatchObject({
      login_design: { background_color: "#112233", header_text: "Widget Corp" },
    });
    expect(liveSettings(emulator, CLEARED)).toMatchObject({ warp_auth_session_duration: "36h" });
    expect(emulator.organization("accounts", BOOLEANS)).toMatchObject({
      is_ui_read_only: false,
      deny_unmatched_requests: true,
    });
    expect(liveSettings(emulator, WITHOUT_DRIFT)).toMatchObject({
      session_duration: "720m",
      warp_auth_session_duration: "48h",
      login_design: { header_text: "Widget Corp", footer_text: "Need help?" },
      setting_of_tomorrow: "on",
    });
    expect(emulator.organization("zones", ZONE)).toMatchObject({
      user_seat_expiration_inactive_time: "1460h",
    });
  });
});
