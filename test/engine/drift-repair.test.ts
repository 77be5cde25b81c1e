import { startEmulator, type Emulator, type Settings } from "../../emulator/index.js";
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

let emulator: Emulator;
let project: Project;

/** Deploys settings, and has someone change them afterwards. */
async function drifted(stated: object, changes: Settings): Promise<void> {
  emulator = await startEmulator();
  emulator.seed("accounts", ACCOUNT);
  project = await createProject(emulator);
  await project.program(organization("organization", { accountId: ACCOUNT, ...stated }));
  await succeeded(project.up());
  emulator.edit("accounts", ACCOUNT, changes);
}

async function remove(): Promise<void> {
  await project.remove();
  await emulator.close();
}

describe("what does not come to its end", () => {
  beforeAll(() => drifted({ sessionDuration: "12h", denyUnmatchedRequests: true }, CHANGED));
  beforeEach(() => emulator.clearRequests());
  afterAll(remove);

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

describe("a look at what nobody states", () => {
  beforeAll(() => drifted({ sessionDuration: "12h" }, { session_duration: "48h" }));
  afterAll(remove);

  it("hinders no repair where it fails, but is told", async () => {
    // The check's own look comes first, and then the extra one.
    emulator.fault({ method: "GET", path: PATH, status: 403, skip: 1 });
    const run = await command(project, "drift", "--unmanaged", "--repair", "--yes");
    expect(run.exitCode).toBe(1);
    expect(run.stdout).toContain("was refused with 403");
    expect(run.stderr).toContain("zero-trust-test / test: 1 resource repaired.");
    expect(liveSettings(emulator, ACCOUNT)).toMatchObject({ session_duration: "12h" });
  });
});

const PUT_BACK = "State says what is deployed, as before";
const WAITING = "No further stack is begun; waiting for those that run.";

describe("a repair that Cloudflare heeds in part", () => {
  beforeAll(async () => {
    await drifted(
      { sessionDuration: "12h", strictServiceTokenAuth: false },
      {
        session_duration: "48h",
        strict_service_token_auth: true,
        trusted_accounts: ["fedcba9876543210fedcba9876543210"],
      },
    );
    emulator.behavior.strictServiceTokenAuthOff = "ignored";
    emulator.behavior.putClearsTrustedAccounts = true;
  });
  afterAll(remove);

  it("says what is still not as stated, what else changed, and exits 7", async () => {
    const { exitCode, stderr } = await command(project, "drift", "--repair", "--yes");
    expect({ exitCode, stderr: stderr.replaceAll(/::\S+::/g, "::…::") }).toMatchInlineSnapshot(`
      {
        "exitCode": 7,
        "stderr": "zero-trust-test / test: 2 settings drifted
      zero-trust-test / test: warning:
        Something that the program does not state changed on the Zero Trust organization of accounts/00000000000000000000000000000001 with this write: trusted_accounts. Look at it in the dashboard.
      zero-trust-test / test: warning:
        Cloudflare took the settings of the Zero Trust organization of accounts/00000000000000000000000000000001, but does not show these as stated: strictServiceTokenAuth.
      zero-trust-test / test: written, but Cloudflare does not show it as stated: urn:pulumi:test::…::organization",
      }
    `);
    expect(liveSettings(emulator, ACCOUNT)).toMatchObject({
      session_duration: "12h",
      strict_service_token_auth: true,
    });
  });

  it("leaves to the next check what is drifted still", async () => {
    const { exitCode, stdout } = await command(project, "drift");
    expect(exitCode).toBe(7);
    expect(stdout).toContain("1 setting drifted in 1 of 1 stack.");
    expect(stdout).toMatch(/strictServiceTokenAuth +false +true/);
  });
});

function expectAllOf(table: string): void {
  expect(table).toMatch(/denyUnmatchedRequests +true +false/);
  expect(table).toMatch(/sessionDuration +12h +48h/);
}
