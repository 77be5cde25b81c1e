import { startEmulator, type Emulator } from "../../emulator/index.js";
import { tally } from "../faults/tally.js";
import { accountId, liveSettings, organizationPath, requestsTo } from "./accounts.js";
import { diagnosticsOf } from "./diagnostics.js";
import { createProject, organization, succeeded, type Project } from "./project.js";
import { begin, until } from "./underway.js";

jest.setTimeout(180_000);

const ACCOUNT = accountId(1);
const PATH = organizationPath(ACCOUNT);
const PAGE = "699d98642c564d2e855e9661899b7252";

/** What someone else has set. */
const UNMANAGED = {
  name: "Widget Corp",
  auth_domain: "widget.cloudflareaccess.com",
  warp_auth_session_duration: "36h",
  login_design: { background_color: "#112233" },
  setting_of_tomorrow: { mode: "strict" },
};

let emulator: Emulator;
let project: Project;
let interruptions = 0;
let calls = 0;

beforeEach(async () => {
  emulator = await startEmulator();
  project = await createProject(emulator);
  interruptions += 1;
});
afterEach(async () => {
  calls += emulator.requests.length;
  await project.remove();
  await emulator.close();
});
afterAll(() => tally({ faults: interruptions, calls }));

/** Deploys what the program states, and shows that state says what is live. */
async function expectNextUpToEndInTheStatedSettings(stated: object): Promise<void> {
  await succeeded(project.up());
  expect(liveSettings(emulator, ACCOUNT)).toMatchObject(stated);
  expect(await project.drift()).toMatchObject({ exitCode: 0 });
}

const arrival = (method: string) =>
  until(() => emulator.requests.some((one) => one.method === method && one.path === PATH));

describe("the process of the provider is killed", () => {
  it("between POST and PUT: the next run finds what was made, and does the rest", async () => {
    await project.program(
      organization("organization", {
        accountId: ACCOUNT,
        name: "Widget Corp",
        authDomain: "widget.cloudflareaccess.com",
        customPages: { forbidden: PAGE },
      }),
    );
    // The answer of the POST never reaches the provider, so that no PUT can follow.
    emulator.fault({ method: "POST", delayMs: 60_000 });
    const run = await begin(project, "up", "--yes", "--skip-preview");
    await arrival("POST");
    await run.killPlugin();
    expect((await run.ended).exitCode).not.toBe(0);
    expect(emulator.organization("accounts", ACCOUNT)).toMatchObject({ name: "Widget Corp" });
    expect(requestsTo(emulator, ACCOUNT)).toEqual(["GET", "POST"]);
    expect(await project.state()).toEqual({});

    emulator.clearRequests();
    await expectNextUpToEndInTheStatedSettings({ custom_pages: { forbidden: PAGE } });
    expect(requestsTo(emulator, ACCOUNT)).toEqual(["GET", "PUT", "GET"]);
  });

  it("after a PUT took effect, and before its answer: the next run looks, and writes nothing", async () => {
    emulator.seed("accounts", ACCOUNT, UNMANAGED);
    const args = { accountId: ACCOUNT, sessionDuration: "24h" };
    await project.program(organization("organization", args));
    await succeeded(project.up());
    await project.program(organization("organization", { ...args, sessionDuration: "12h" }));
    emulator.clearRequests();

    emulator.fault({ method: "PUT", delayMs: 60_000 });
    const run = await begin(project, "up", "--yes", "--skip-preview");
    await arrival("PUT");
    await run.killPlugin();
    expect((await run.ended).exitCode).not.toBe(0);

    emulator.clearRequests();
    await expectNextUpToEndInTheStatedSettings({ ...UNMANAGED, session_duration: "12h" });
    expect(requestsTo(emulator, ACCOUNT)).toEqual(["GET", "GET"]);
  });
});

describe("the API goes away and comes back at the same address", () => {
  it("in the middle of an update: it is tried again until it went through", async () => {
    emulator.seed("accounts", ACCOUNT, UNMANAGED);
    await project.program(
      organization("organization", { accountId: ACCOUNT, sessionDuration: "12h" }),
    );
    emulator.fault({ method: "PUT", path: PATH, reset: "before" });
    const run = await begin(project, "up", "--yes", "--skip-preview");
    await arrival("PUT");
    const live = emulator.organization("accounts", ACCOUNT) ?? {};
    const port = Number(new URL(emulator.baseUrl).port);
    await emulator.close();
    await new Promise((resolve) => setTimeout(resolve, 1500));
    emulator = await startEmulator({ port });
    emulator.seed("accounts", ACCOUNT, live);

    expect(await run.ended).toMatchObject({ exitCode: 0 });
    expect(requestsTo(emulator, ACCOUNT)).toEqual(["GET", "PUT"]); // retries start at the read
    await expectNextUpToEndInTheStatedSettings({ ...UNMANAGED, session_duration: "12h" });
  });
});

describe("a deployment that waits for the rate limit", () => {
  /** A run that was told to wait. */
  async function waitingFor(seconds: number) {
    emulator.seed("accounts", ACCOUNT, UNMANAGED);
    await project.program(
      organization("organization", { accountId: ACCOUNT, sessionDuration: "12h" }),
    );
    emulator.fault({ method: "PUT", status: 429, headers: { "retry-after": `${seconds}` } });
    const run = await begin(project, "up", "--yes", "--skip-preview");
    await until(() =>
      run.output().includes(`Cloudflare responded with 429. Retrying in ${seconds} s.`),
    );
    return run;
  }

  it.each(["SIGINT", "SIGTERM"] as const)(
    "ends at once at the first %s, and says why",
    async (signal) => {
      const run = await waitingFor(300);
      const signalledAt = Date.now();
      run.signal(signal);
      const ended = await run.ended;
      expect(Date.now() - signalledAt).toBeLessThan(10_000);
      expect(ended.exitCode).not.toBe(0);
      expect(diagnosticsOf(ended)).toMatch(`PUT ${PATH} was rejected with 429 (cancelled)`);
      expect(await project.state()).toEqual({});
      expect(emulator.organization("accounts", ACCOUNT)).toMatchObject(UNMANAGED);
    },
  );

  it("writes nothing any more once the engine is gone", async () => {
    const run = await waitingFor(5);
    emulator.clearRequests();
    run.signal("SIGKILL");
    await run.ended;
    await new Promise((resolve) => setTimeout(resolve, 6000));
    await run.killPlugin().catch(() => undefined);
    expect(emulator.requests).toEqual([]);
    await succeeded(project.pulumi("cancel", "--yes"));
    await expectNextUpToEndInTheStatedSettings({ ...UNMANAGED, session_duration: "12h" });
  });
});
