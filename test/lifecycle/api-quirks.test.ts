import { startEmulator, type Emulator } from "../../emulator/index.js";
import { organization } from "../../provider/provider.js";
import { messageOf } from "../cloudflare/errors.js";
import { ACCOUNT, TEAM_DOMAIN } from "../ids.js";
import { captureLogs } from "./captured-logs.js";
import { requestsOf } from "./requests-of.js";
import { OneResourceStack, RETRIES, type Properties } from "./stack.js";

const logs = captureLogs();
const TEAM = { auth_domain: TEAM_DOMAIN, name: "Team" };

describe("an organization whose API", () => {
  let emulator: Emulator;
  let stack: OneResourceStack;
  beforeEach(async () => {
    emulator = await startEmulator();
    stack = new OneResourceStack(organization, emulator);
  });
  afterEach(() => emulator.close());

  const up = (inputs: Properties) => stack.up({ accountId: ACCOUNT, ...inputs });

  it("omits the timestamps of written objects keeps those of the read before, without another request (W4)", async () => {
    emulator.behavior.writeResponseOmits = "get_only_fields_and_timestamps";
    emulator.seed("accounts", ACCOUNT, TEAM);
    expect(await requestsOf(emulator, () => up({ sessionDuration: "12h" }))).toEqual([
      "GET",
      "PUT",
    ]);
    expect(stack.outputs).toMatchObject({
      createdAt: expect.any(String) as string,
      updatedAt: expect.any(String) as string,
    });
    expect(await up({ sessionDuration: "12h" })).toBe("same");
    expect(await stack.refresh()).toBe("clean");
  });

  it("omits the timestamps of a created object reads it once more (W4)", async () => {
    emulator.behavior.writeResponseOmits = "get_only_fields_and_timestamps";
    const methods = await requestsOf(emulator, () => up({ authDomain: TEAM_DOMAIN, name: "Team" }));
    expect(methods).toEqual(["GET", "POST", "GET"]);
    expect(stack.outputs.updatedAt).toEqual(expect.any(String));
  });

  describe("returns an older version", () => {
    beforeEach(() => emulator.seed("accounts", ACCOUNT, TEAM));

    /** Deploys with a number of retries. */
    async function deployWith(retries: number): Promise<void> {
      const config = { ...RETRIES, "zerotrust:retries": String(retries) };
      stack = new OneResourceStack(organization, emulator, { config });
      await up({ sessionDuration: "12h" });
    }

    /** Makes the next two GETs return the organization as it was before. */
    function serveStale(): void {
      const result = { ...TEAM, session_duration: "24h", updated_at: "2020-01-01T00:00:00Z" };
      const body = { success: true, errors: [], messages: [], result };
      emulator.fault({ method: "GET", times: 2, status: 200, body });
    }

    it("than the last write of this process is read again (E5)", async () => {
      await deployWith(3);
      serveStale();
      expect(await stack.refresh()).toBe("clean");
      serveStale();
      await up({ sessionDuration: "8h" });
      expect(emulator.organization("accounts", ACCOUNT)).toMatchObject({ session_duration: "8h" });
    });

    it("in each attempt is accepted by a refresh with a warning, and fails an update without a write (E5)", async () => {
      await deployWith(1);
      serveStale();
      const updating = async () =>
        expect(await messageOf(up({ sessionDuration: "8h" }))).toBe(
          `Cannot update the Zero Trust organization of account ${ACCOUNT}: Cloudflare still returns it as it was before its last change. Nothing was written. Run again in a moment.`,
        );
      expect(await requestsOf(emulator, updating)).toEqual(["GET", "GET"]);
      serveStale();
      expect(await stack.refresh()).toBe("drifted");
      expect(logs.warnings.join("\n")).toContain("older version");
    });

    it("than another process recorded in state is read again (E5)", async () => {
      await deployWith(1);
      if (stack.state === undefined) throw new Error("no state");
      stack.state.outputs.updatedAt = "2999-01-01T00:00:00Z";
      expect(await requestsOf(emulator, () => stack.refresh())).toEqual(["GET", "GET"]);
      expect(logs.warnings.join("\n")).toContain("older version");
    });
  });
});
