import { startEmulator, type Emulator } from "../../emulator/index.js";
import { organization } from "../../provider/provider.js";
import { ACCOUNT, TEAM_DOMAIN } from "../ids.js";
import { captureLogs } from "./captured-logs.js";
import { requestsOf } from "./requests-of.js";
import { OneResourceStack, RETRIES, type Properties } from "./stack.js";

const logs = captureLogs();

const forget = () => {
  logs.warnings.length = 0;
  logs.infos.length = 0;
};
const FAULT = { method: "PUT", status: 503, body: {} };

let emulator: Emulator;
let stack: OneResourceStack;
beforeEach(async () => {
  emulator = await startEmulator();
  stack = new OneResourceStack(organization, emulator);
});
afterEach(() => emulator.close());

describe("an update of an organization", () => {
  beforeEach(() => emulator.seed("accounts", ACCOUNT, { auth_domain: TEAM_DOMAIN, name: "Team" }));

  const live = () => emulator.organization("accounts", ACCOUNT) ?? {};
  const edit = (changes: Properties) => emulator.edit("accounts", ACCOUNT, changes);
  const up = (inputs: Properties) => stack.up({ accountId: ACCOUNT, ...inputs });

  const MFA = { allowedAuthenticators: ["totp", "security_key"], sessionDuration: "24h" };
  const deployed = {
    loginDesign: { headerText: "Hi" },
    denyUnmatchedRequests: false,
    mfaConfig: MFA,
  };
  const tightened = {
    deny_unmatched_requests: true,
    mfa_config: { allowed_authenticators: ["security_key"], session_duration: "1h" },
  };

  describe("after someone tightened other settings in the dashboard (W1)", () => {
    beforeEach(async () => {
      await up(deployed);
      edit(tightened);
      forget();
    });

    it("writes the changed setting only, and warns about each setting that drifted", async () => {
      await up({ ...deployed, loginDesign: { headerText: "Hello" } });
      expect(live()).toMatchObject({ ...tightened, login_design: { header_text: "Hello" } });
      expect(logs.warnings).toEqual([
        [
          `These settings of the Zero Trust organization of account ${ACCOUNT} changed outside of Pulumi and keep their live values:`,
          "  denyUnmatchedRequests: last deployed false, live true. Requests to hosts that no Access application covers are blocked.",
          '  mfaConfig.allowedAuthenticators: last deployed ["totp","security_key"], live ["security_key"]',
          '  mfaConfig.sessionDuration: last deployed "24h", live "1h"',
          "Run `pulumi up --refresh --run-program` to restore the declared values.",
        ].join("\n"),
      ]);
    });

    it.each([
      ["without effect", false],
      ["with effect", true],
    ])(
      "keeps the tightened settings in every order of a 503 %s and further deployments (W1a)",
      async (_, takesEffect) => {
        emulator.fault({ ...FAULT, takesEffect });
        await expect(up({ ...deployed, loginDesign: { headerText: "Hello" } })).rejects.toThrow(
          "503",
        );
        expect(stack.outputs).not.toHaveProperty("loginDesign");
        expect(stack.outputs).toMatchObject({ denyUnmatchedRequests: false, mfaConfig: MFA });
        await up({ ...deployed, loginDesign: { headerText: "Hello" } });
        expect(live()).toMatchObject({ ...tightened, login_design: { header_text: "Hello" } });
        expect(await up({ ...deployed, loginDesign: { headerText: "Hello" } })).toBe("same");
      },
    );

    it.each([false, true])(
      "ends with the first value if the program goes back to it after a 503 (with effect: %s) (W1a)",
      async (takesEffect) => {
        emulator.fault({ ...FAULT, takesEffect });
        await expect(up({ ...deployed, loginDesign: { headerText: "Hello" } })).rejects.toThrow();
        await up(deployed);
        expect(live()).toMatchObject({ ...tightened, login_design: { header_text: "Hi" } });
      },
    );
  });

  it.each<[string[]]>([
    [["mfaConfig", "denyUnmatchedRequests"]],
    [["mfaConfig.allowedAuthenticators[0]"]],
  ])("neither writes nor warns about the ignored %j (W2)", async (paths) => {
    await up(deployed);
    edit(tightened);
    forget();
    await up({ ...deployed, sessionDuration: "12h", __program: { ignoreChanges: paths } });
    expect(live()).toMatchObject({ ...tightened, session_duration: "12h" });
    const warned = logs.warnings.join("\n");
    for (const path of paths) expect(warned).not.toContain(path.replace(/\[.*/, ""));
  });

  it("logs the live value that it overwrites if it is not the last deployed one", async () => {
    await up({ sessionDuration: "24h" });
    edit({ session_duration: "8h" });
    forget();
    await up({ sessionDuration: "12h" });
    expect(logs.infos).toContain(
      `Overwrites these live values of the Zero Trust organization of account ${ACCOUNT}:\n  sessionDuration: "8h" → "12h"`,
    );
  });
});

describe("a creation of an organization", () => {
  it("writes everything declared and logs each live value that it overwrites (W9)", async () => {
    emulator.seed("accounts", ACCOUNT, {
      auth_domain: TEAM_DOMAIN,
      name: "Team",
      session_duration: "24h",
      deny_unmatched_requests: false,
    });
    await stack.up({ accountId: ACCOUNT, sessionDuration: "12h", denyUnmatchedRequests: true });
    expect(logs.infos).toEqual([
      [
        `Overwrites these live values of the Zero Trust organization of account ${ACCOUNT}:`,
        "  denyUnmatchedRequests: false → true",
        '  sessionDuration: "24h" → "12h"',
      ].join("\n"),
    ]);
  });

  it("logs only the path of an input that is a secret", async () => {
    emulator.seed("accounts", ACCOUNT, {
      auth_domain: TEAM_DOMAIN,
      name: "Team",
      login_design: { header_text: "Old" },
    });
    await stack.up({
      accountId: ACCOUNT,
      loginDesign: { headerText: "hunter2" },
      __program: { secrets: ["loginDesign"] },
    });
    expect(logs.infos.join("\n")).toContain("loginDesign.headerText: [secret]");
    expect(logs.infos.join("\n")).not.toContain("hunter2");
  });

  it("leaves no state if the request never left (W8)", async () => {
    const refused = new OneResourceStack(organization, { baseUrl: "http://127.0.0.1:9/client/v4" });
    await expect(refused.up({ accountId: ACCOUNT, name: "Team" })).rejects.toThrow("ECONNREFUSED");
    expect(refused.state).toBeUndefined();
  });

  it("sends POST again if a GET shows that the first one had no effect (W7)", async () => {
    stack = new OneResourceStack(organization, emulator, { config: RETRIES });
    emulator.fault({ method: "POST", status: 503, body: {}, takesEffect: false });
    const methods = await requestsOf(emulator, () =>
      stack.up({ accountId: ACCOUNT, authDomain: TEAM_DOMAIN, name: "Team" }),
    );
    expect(methods.slice(0, 4)).toEqual(["GET", "POST", "GET", "POST"]);
  });
});
