import { startEmulator, type Emulator, type Personality } from "../../emulator/index.js";
import { organization } from "../../provider/provider.js";
import { ACCOUNT, OTHER_ACCOUNT, TEAM_DOMAIN } from "../ids.js";
import { captureLogs } from "./captured-logs.js";
import { requestsOf } from "./requests-of.js";
import { OneResourceStack } from "./stack.js";

const PROGRAM = { accountId: ACCOUNT, name: "Widget Corp", authDomain: TEAM_DOMAIN };
const LIVE = { name: "Widget Corp", auth_domain: TEAM_DOMAIN };

captureLogs();

describe.each<Personality>(["typical", "sparse", "explicit"])(
  "An organization with %s responses",
  (personality) => {
    let emulator: Emulator;
    let stack: OneResourceStack;
    const requests = (operation: () => Promise<unknown>) => requestsOf(emulator, operation);
    beforeEach(async () => {
      emulator = await startEmulator({ personality });
      stack = new OneResourceStack(organization, emulator);
    });
    afterEach(() => emulator.close());

    it("takes a GET to create over an equivalent live organization", async () => {
      emulator.seed("accounts", ACCOUNT, { ...LIVE, session_duration: "24h" });
      const equivalent = {
        ...PROGRAM,
        sessionDuration: "1440m",
        loginDesign: {},
        isUiReadOnly: false,
      };
      expect(await requests(() => stack.up(equivalent))).toEqual(["GET"]);
    });

    it("takes a GET and a PUT to create over a different live organization", async () => {
      emulator.seed("accounts", ACCOUNT, LIVE);
      expect(await requests(() => stack.up({ ...PROGRAM, sessionDuration: "12h" }))).toEqual([
        "GET",
        "PUT",
      ]);
    });

    it("takes a GET and a POST to create a new organization", async () => {
      expect(await requests(() => stack.up({ ...PROGRAM, sessionDuration: "12h" }))).toEqual([
        "GET",
        "POST",
      ]);
    });

    it("takes no request if the inputs are equivalent to the last deployed ones", async () => {
      await stack.up({ ...PROGRAM, sessionDuration: "24h" });
      for (const sessionDuration of ["24h", "1440m"])
        expect(await requests(() => stack.up({ ...PROGRAM, sessionDuration }))).toEqual([]);
    });

    it("takes a GET to update if the live organization is already as declared", async () => {
      await stack.up(PROGRAM);
      emulator.edit("accounts", ACCOUNT, { session_duration: "12h" });
      expect(await requests(() => stack.up({ ...PROGRAM, sessionDuration: "12h" }))).toEqual([
        "GET",
      ]);
    });

    it("takes a GET to record a newly declared false, so that a refresh shows its drift", async () => {
      await stack.up(PROGRAM);
      const off = { ...PROGRAM, denyUnmatchedRequests: false };
      expect(await requests(() => stack.up(off))).toEqual(["GET"]);
      emulator.edit("accounts", ACCOUNT, { deny_unmatched_requests: true });
      expect(await stack.refresh()).toBe("drifted");
    });

    it("takes a GET to refresh, and a GET and a PUT to remediate the drift", async () => {
      await stack.up({ ...PROGRAM, sessionDuration: "12h" });
      emulator.edit("accounts", ACCOUNT, { session_duration: "1h" });
      const remediation = async () => {
        expect(await stack.refresh()).toBe("drifted");
        expect(await stack.up({ ...PROGRAM, sessionDuration: "12h" })).toBe("updated");
      };
      expect(await requests(remediation)).toEqual(["GET", "GET", "PUT"]);
      expect(emulator.organization("accounts", ACCOUNT)?.session_duration).toBe("12h");
    });

    it("is replaced if the account changes, and the former account's organization stays", async () => {
      emulator.seed("accounts", OTHER_ACCOUNT);
      await stack.up(PROGRAM);
      const other = { accountId: OTHER_ACCOUNT, name: "Gadget Corp" };
      expect(await requests(async () => expect(await stack.up(other)).toBe("replaced"))).toEqual([
        "GET",
        "PUT",
      ]);
      expect(stack.state?.id).toBe(`accounts/${OTHER_ACCOUNT}`);
      expect(emulator.organization("accounts", ACCOUNT)).toMatchObject(LIVE);
    });
  },
);
