import { startEmulator, type Emulator } from "../../emulator/index.js";
import { tally } from "../faults/tally.js";
import { accountId, liveSettings, organizationPath, requestsTo } from "./accounts.js";
import { diagnosticsOf } from "./diagnostics.js";
import { createProject, organization, succeeded, type Project } from "./project.js";
import { startCommand, until } from "./running-command.js";

jest.setTimeout(180_000);

const PAGE = "699d98642c564d2e855e9661899b7252";

/** Live settings that no program here declares. */
const UNMANAGED = {
  name: "Widget Corp",
  auth_domain: "widget.cloudflareaccess.com",
  warp_auth_session_duration: "36h",
  login_design: { background_color: "#112233" },
  setting_of_tomorrow: { mode: "strict" },
};

/** The arguments of a deployment without a preview. */
const UP = ["up", "--yes", "--skip-preview"];

let emulator: Emulator;
let project: Project;
let interruptions = 0;
let calls = 0;

beforeAll(async () => {
  emulator = await startEmulator({ onRequest: () => (calls += 1) });
  project = await createProject(emulator);
});
beforeEach(() => {
  interruptions += 1;
  emulator.clearFaults();
  emulator.clearRequests();
});
afterAll(() => tally({ faults: interruptions, calls }));

const arrival = (method: string, account: string) =>
  until(() =>
    emulator.requests.some(
      (one) => one.method === method && one.path === organizationPath(account),
    ),
  );

/** Starts a deployment, and kills the process of the provider while the API delays a response. */
async function killDuring(method: "POST" | "PUT", account: string): Promise<void> {
  emulator.fault({ method, path: organizationPath(account), delayMs: 60_000 });
  const run = await startCommand(project, ...UP);
  await arrival(method, account);
  await run.killPlugin();
  expect((await run.ended).exitCode).not.toBe(0);
}

describe("A deployment whose provider process is killed", () => {
  const ACCOUNT = accountId(1);
  const program = (settings: object) =>
    organization("organization", {
      accountId: ACCOUNT,
      name: "Widget Corp",
      authDomain: "killed.cloudflareaccess.com",
      customPages: { forbidden: PAGE },
      ...settings,
    });

  it("between POST and PUT is completed by the next one, which adopts what was created", async () => {
    await project.program(program({}));
    await killDuring("POST", ACCOUNT); // no PUT can follow without its response
    expect(emulator.organization("accounts", ACCOUNT)).toMatchObject({ name: "Widget Corp" });
    expect(requestsTo(emulator, ACCOUNT)).toEqual(["GET", "POST"]);
    expect(await project.state()).toEqual({});

    emulator.clearRequests();
    await succeeded(project.up());
    expect(liveSettings(emulator, ACCOUNT)).toMatchObject({ custom_pages: { forbidden: PAGE } });
    expect(requestsTo(emulator, ACCOUNT)).toEqual(["GET", "PUT"]);
  });

  it("after a PUT took effect is followed by one that reads and writes nothing", async () => {
    emulator.edit("accounts", ACCOUNT, { setting_of_tomorrow: "on" });
    await project.program(program({ sessionDuration: "12h" }));
    await killDuring("PUT", ACCOUNT);

    emulator.clearRequests();
    await succeeded(project.up());
    expect(requestsTo(emulator, ACCOUNT)).toEqual(["GET"]);
    expect(liveSettings(emulator, ACCOUNT)).toMatchObject({
      session_duration: "12h",
      setting_of_tomorrow: "on",
    });
    expect(await project.drift()).toMatchObject({ exitCode: 0 });
  });
});

describe("A deployment that waits for the rate limit", () => {
  const ACCOUNT = accountId(2);
  const PATH = organizationPath(ACCOUNT);

  /** Starts a deployment whose PUT is rejected with 429. */
  async function waitingFor(seconds: number) {
    emulator.seed("accounts", ACCOUNT, UNMANAGED);
    await project.program(organization("limited", { accountId: ACCOUNT, sessionDuration: "12h" }));
    emulator.fault({ method: "PUT", status: 429, headers: { "retry-after": `${seconds}` } });
    const run = await startCommand(project, ...UP);
    await until(() =>
      run.output().includes(`Cloudflare responded with 429. Retrying in ${seconds} s.`),
    );
    return run;
  }

  it.each(["SIGINT", "SIGTERM"] as const)(
    "ends at the first %s with the reason, and has written nothing",
    async (signal) => {
      const run = await waitingFor(300);
      const signalledAt = Date.now();
      run.signal(signal);
      const ended = await run.ended;
      expect(Date.now() - signalledAt).toBeLessThan(10_000);
      expect(ended.exitCode).not.toBe(0);
      expect(diagnosticsOf(ended)).toMatch(`PUT ${PATH} was rejected with 429 (cancelled)`);
      expect(await project.state()).not.toHaveProperty("limited");
      expect(emulator.organization("accounts", ACCOUNT)).toMatchObject(UNMANAGED);
    },
  );

  it("sends no request after the engine was killed, and the next one writes", async () => {
    const run = await waitingFor(5);
    emulator.clearRequests();
    run.signal("SIGKILL");
    await run.ended;
    await new Promise((resolve) => setTimeout(resolve, 6000));
    await run.killPlugin().catch(() => undefined);
    expect(emulator.requests).toEqual([]);
    await succeeded(project.pulumi("cancel", "--yes"));
    await succeeded(project.up());
    expect(liveSettings(emulator, ACCOUNT)).toMatchObject({
      ...UNMANAGED,
      session_duration: "12h",
    });
  });
});
