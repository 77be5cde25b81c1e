import { startEmulator, type Emulator } from "../../emulator/index.js";
import { organization } from "../../provider/provider.js";
import { ACCOUNT, TEAM_DOMAIN } from "../ids.js";
import { captureLogs } from "./captured-logs.js";
import { OneResourceStack, type Properties } from "./stack.js";

const MFA = { allowedAuthenticators: ["totp", "security_key"], sessionDuration: "24h" };
const DEPLOYED = {
  loginDesign: { headerText: "Hi" },
  denyUnmatchedRequests: false,
  mfaConfig: MFA,
};
const CHANGED = { ...DEPLOYED, loginDesign: { headerText: "Hello" } };
const TIGHTENED = {
  deny_unmatched_requests: true,
  mfa_config: { allowed_authenticators: ["security_key"], session_duration: "1h" },
};

const logs = captureLogs();

describe("an update after someone tightened other settings in the dashboard", () => {
  let emulator: Emulator;
  let stack: OneResourceStack;
  beforeEach(async () => {
    emulator = await startEmulator();
    emulator.seed("accounts", ACCOUNT, { auth_domain: TEAM_DOMAIN, name: "Team" });
    stack = new OneResourceStack(organization, emulator);
    await up(DEPLOYED);
    emulator.edit("accounts", ACCOUNT, TIGHTENED);
    logs.warnings.length = 0;
    logs.infos.length = 0;
  });
  afterEach(() => emulator.close());

  const live = () => emulator.organization("accounts", ACCOUNT) ?? {};
  const up = (inputs: Properties) => stack.up({ accountId: ACCOUNT, ...inputs });
  async function failWith503(takesEffect: boolean): Promise<void> {
    emulator.fault({ method: "PUT", status: 503, body: {}, takesEffect });
    await expect(up(CHANGED)).rejects.toThrow("503");
  }

  it("writes the changed setting only, and warns about each setting that drifted", async () => {
    await up(CHANGED);
    expect(live()).toMatchObject({ ...TIGHTENED, login_design: { header_text: "Hello" } });
    expect(logs.warnings).toEqual([
      [
        `These settings of the Zero Trust organization of account ${ACCOUNT} changed outside of Pulumi and keep their live values:`,
        "  denyUnmatchedRequests: last deployed false, live true. Requests to hosts that no Access application covers are blocked.",
        '  mfaConfig.allowedAuthenticators: last deployed ["totp","security_key"], live ["security_key"]',
        '  mfaConfig.sessionDuration: last deployed "24h", live "1h"',
        "Run `pulumi up --refresh --run-program` to restore the declared values.",
      ].join("\n"),
    ]);
    expect(logs.infos).toEqual([]); // the last deployed value that it replaces is known
  });

  it("names no impact for a setting that became unset", async () => {
    emulator.edit("accounts", ACCOUNT, { mfa_config: null, deny_unmatched_requests: false });
    await up(CHANGED);
    expect(logs.warnings).toEqual([
      expect.stringContaining(
        '  mfaConfig.allowedAuthenticators: last deployed ["totp","security_key"], live not set\n',
      ),
    ]);
  });

  describe.each([
    ["without effect", false],
    ["with effect", true],
  ])("whose PUT gets a 503 %s", (_, takesEffect) => {
    it("keeps the tightened settings, also in further deployments", async () => {
      await failWith503(takesEffect);
      expect(stack.outputs).not.toHaveProperty("loginDesign");
      expect(stack.outputs).toMatchObject({ denyUnmatchedRequests: false, mfaConfig: MFA });
      await up(CHANGED);
      expect(live()).toMatchObject({ ...TIGHTENED, login_design: { header_text: "Hello" } });
      expect(await up(CHANGED)).toBe("same");
    });

    it("ends with the first value if the program goes back to it", async () => {
      await failWith503(takesEffect);
      await up(DEPLOYED);
      expect(live()).toMatchObject({ ...TIGHTENED, login_design: { header_text: "Hi" } });
    });
  });

  it("neither writes nor warns about what ignoreChanges names", async () => {
    const ignoreChanges = ["mfaConfig", "denyUnmatchedRequests"];
    await up({ ...DEPLOYED, sessionDuration: "12h", __program: { ignoreChanges } });
    expect(live()).toMatchObject({ ...TIGHTENED, session_duration: "12h" });
    expect(logs.warnings).toEqual([]);
  });

  it("logs the live value that it overwrites if it is not the last deployed one", async () => {
    await up({ ...CHANGED, mfaConfig: { ...MFA, sessionDuration: "8h" } });
    expect(logs.infos).toEqual([
      `Overwrites these live values of the Zero Trust organization of account ${ACCOUNT}:\n  mfaConfig.sessionDuration: "1h" → "8h"`,
    ]);
  });
});
