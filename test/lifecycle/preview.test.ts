import { startEmulator, type Emulator } from "../../emulator/index.js";
import { UNKNOWN } from "../../provider/schema/values.js";
import { organization } from "../../provider/provider.js";
import { rejection } from "../cloudflare/errors.js";
import { ACCOUNT, OTHER_ACCOUNT, TEAM_DOMAIN } from "../ids.js";
import { captureLogs } from "./captured-logs.js";
import { OneResourceStack, type Properties, type StackOptions } from "./stack.js";

const logs = captureLogs();
const TEAM = { auth_domain: TEAM_DOMAIN, name: "Team", created_at: "2024-01-01T05:20:00Z" };
const IDENTITY = `(authDomain "${TEAM_DOMAIN}", name "Team", createdAt "2024-01-01T05:20:00Z")`;

let emulator: Emulator;
beforeEach(async () => {
  emulator = await startEmulator();
});
afterEach(() => emulator.close());

const seed = (settings: Properties = {}) =>
  emulator.seed("accounts", ACCOUNT, { ...TEAM, ...settings });

/** Previews a resource, which is deployed if `before` contains its last inputs, and returns the warnings. */
async function preview(
  inputs: Properties,
  {
    before,
    secrets = [],
    ...options
  }: StackOptions & { before?: Properties; secrets?: string[] } = {},
): Promise<string[]> {
  logs.warnings.length = 0;
  const stack = new OneResourceStack(organization, emulator, options);
  if (before !== undefined) {
    const recorded = { accountId: ACCOUNT, ...before };
    stack.state = { id: "", inputs: recorded, outputs: recorded, initErrors: [] };
  }
  await stack.preview({
    accountId: ACCOUNT,
    __program: { isPreview: true, resource: "widget", secrets },
    ...inputs,
  });
  return [...logs.warnings];
}

describe("a preview of a resource that is not deployed", () => {
  describe("fails if the deployment cannot succeed", () => {
    it("because Cloudflare does not recognize the API token", async () => {
      seed();
      const config = { "zerotrust:apiToken": "wrong" };
      await expect(preview({ name: "Team" }, { config })).rejects.toThrow(
        /was rejected with 40[03]\n {2}9109: Invalid access token/,
      );
    });

    it("because no source has credentials", async () => {
      const none = { CLOUDFLARE_API_TOKEN: "", CLOUDFLARE_API_KEY: "", CLOUDFLARE_EMAIL: "" };
      jest.replaceProperty(process, "env", { ...process.env, ...none });
      const config = { "zerotrust:apiToken": undefined };
      await expect(preview({ name: "Team" }, { config })).rejects.toThrow(
        /No Cloudflare credentials found\.[^]* pulumi config set --secret cloudflare:apiToken/,
      );
      expect(emulator.requests).toEqual([]);
    });
  });

  it("reads once and warns once of a resource that the engine checks twice, because it is replaced", async () => {
    emulator.seed("accounts", OTHER_ACCOUNT, { session_duration: "24h" });
    const stack = new OneResourceStack(organization, emulator);
    const __program = { isPreview: true, resource: "widget", registration: 1 };
    const program = { accountId: OTHER_ACCOUNT, sessionDuration: "12h", __program };
    await stack.preview(program);
    await stack.preview(program);
    expect(emulator.requests).toHaveLength(1);
    expect(logs.warnings).toHaveLength(1);
  });

  it("warns with the whole reason if the token lacks the permission", async () => {
    seed();
    const error = { code: 10000, message: "a reason", error_chain: [{ message: "its cause" }] };
    emulator.fault(rejection(403, error));
    const [warning] = await preview({ name: "Team" });
    expect(warning).toMatch(
      /^widget: Cannot read the live Zero Trust organization of account .*was rejected with 403.*a reason.*its cause/s,
    );
  });

  it("warns if the network does not reach Cloudflare", async () => {
    const config = { "zerotrust:baseUrl": "http://127.0.0.1:9/client/v4" };
    expect(await preview({ name: "Team" }, { config })).toEqual([
      expect.stringContaining("ECONNREFUSED"),
    ]);
  });

  it("warns what to declare if the organization does not exist and cannot be created", async () => {
    emulator.addAccount(ACCOUNT, "Example Account");
    expect(await preview({ sessionDuration: "12h" })).toEqual([
      `widget: The Zero Trust organization of account ${ACCOUNT} does not exist yet, and the program does not declare name and authDomain. The deployment fails unless something creates it before. To create it, declare name and authDomain.`,
    ]);
    expect(await preview({ name: UNKNOWN, authDomain: UNKNOWN })).toEqual([]);
  });

  it("logs one line without a warning if the adoption changes nothing", async () => {
    seed({ session_duration: "24h" });
    expect(await preview({ sessionDuration: "1440m" })).toEqual([]);
    expect(logs.infos).toEqual([
      `widget: Adopts the live Zero Trust organization of account ${ACCOUNT} ${IDENTITY}. Its live values are already as declared.`,
    ]);
  });

  it("warns with each live value that the creation overwrites, and names a risk once", async () => {
    seed({ session_duration: "24h", deny_unmatched_requests: true });
    const declared = {
      sessionDuration: "12h",
      denyUnmatchedRequests: false,
      autoRedirectToIdentity: true,
    };
    expect(await preview(declared)).toEqual([
      [
        `widget: Overwrites these live values of the Zero Trust organization of account ${ACCOUNT} ${IDENTITY}; all others stay unchanged:`,
        "  autoRedirectToIdentity: not set → true",
        "  denyUnmatchedRequests: true → false. Requests to hosts that no Access application covers are no longer blocked.",
        '  sessionDuration: "24h" → "12h"',
      ].join("\n"),
    ]);
  });

  it("lists values that are not known yet as changes", async () => {
    seed({ login_design: { header_text: "Hi", footer_text: "Bye" }, new_one: 1 });
    const unknown = { authDomain: UNKNOWN, loginDesign: UNKNOWN, additionalSettings: UNKNOWN };
    const [warning = ""] = await preview(unknown);
    expect(warning.split("\n").slice(1)).toEqual([
      `  authDomain: "${TEAM_DOMAIN}" → (not known yet). Possible impact: Every login URL changes, and all sessions end.`,
      '  loginDesign: {"footerText":"Bye","headerText":"Hi"} → (not known yet)',
      '  additionalSettings: {"new_one":1} → (not known yet)',
    ]);
  });

  it("says that the changes are not known if the account is not known yet, and names risky settings", async () => {
    expect(await preview({ accountId: UNKNOWN, denyUnmatchedRequests: false })).toEqual([
      "widget: denyUnmatchedRequests is newly declared as false. If the live value differs, requests to hosts that no Access application covers are no longer blocked.",
    ]);
    expect(logs.infos).toEqual([
      "widget: The account or zone is not known until deployment, so changes to its live Zero Trust organization cannot be shown.",
    ]);
  });

  it("escapes invisible characters of live values", async () => {
    const header = "a\u009bb\u202ec\u200bd\ne";
    seed({ name: header, login_design: { header_text: header } });
    const [warning = ""] = await preview({ loginDesign: { headerText: "Hi" } });
    expect(warning).toContain('"a\\u009bb\\u202ec\\u200bd\\ne"');
    expect(warning).not.toMatch(/[\u009b\u202e\u200b]/);
  });

  it("prints neither live nor declared values of a secret input, also in failures", async () => {
    seed({ login_design: { header_text: "live secret" } });
    const secrets = ["loginDesign", "sessionDuration"];
    const warnings = await preview({ loginDesign: { headerText: "hunter2" } }, { secrets });
    expect(warnings.join("\n")).toContain("loginDesign.headerText: [secret]");
    await expect(preview({ sessionDuration: "hunter2" }, { secrets })).rejects.toThrow(
      /^sessionDuration must be a duration[^]*h\)$/,
    );
    expect([...warnings, ...logs.infos].join("\n")).not.toMatch(/hunter2|live secret/);
  });

  it("warns that {} clears all members and names the live ones", async () => {
    seed({ login_design: { header_text: "Hi", footer_text: "Bye" } });
    const [warning = ""] = await preview({ loginDesign: {} });
    expect(warning).toContain('loginDesign.footerText: "Bye" → not set');
    expect(warning).toContain("loginDesign is declared as {}, which clears all of its properties.");
  });

  describe("warns about unmet requirements", () => {
    const NEEDS_AUTHENTICATORS =
      'widget: mfaConfig.allowedAuthenticators: mfaRequiredForAllApps needs at least one authenticator. Declare some, such as ["totp"]. Cloudflare may reject the request without it.';

    it("of a new organization", async () => {
      const program = { name: "Team", authDomain: TEAM_DOMAIN, mfaRequiredForAllApps: true };
      const mfaConfig = { sessionDuration: "24h" };
      expect(await preview({ ...program, mfaConfig })).toEqual([NEEDS_AUTHENTICATORS]);
      const complete = { ...mfaConfig, allowedAuthenticators: ["totp"] };
      expect(await preview({ ...program, mfaConfig: complete })).toEqual([]);
      expect(await preview({ ...program, mfaConfig: UNKNOWN })).toEqual([]);
    });

    it("of live values", async () => {
      seed({ mfa_required_for_all_apps: true, mfa_config: { session_duration: "24h" } });
      expect(await preview({ sessionDuration: "12h" })).toContain(NEEDS_AUTHENTICATORS);
    });

    it("of the body that the deployment sends, without what neverSend names", async () => {
      seed({ mfa_config: { allowed_authenticators: ["totp"], session_duration: "24h" } });
      const program = { mfaRequiredForAllApps: true };
      expect(await preview(program)).not.toContain(NEEDS_AUTHENTICATORS);
      const config = { "zerotrust:neverSend": "mfa_config" };
      expect(await preview(program, { config })).toContain(NEEDS_AUTHENTICATORS);
    });
  });
});

describe("a preview of an update", () => {
  afterEach(() => {
    expect(emulator.requests).toEqual([]);
  });

  it("warns of both directions if a newly declared boolean is not known yet", async () => {
    expect(await preview({ denyUnmatchedRequests: UNKNOWN }, { before: {} })).toEqual([
      "widget: denyUnmatchedRequests is newly declared; its value is not known yet. Possible impact: Requests to hosts that no Access application covers are no longer blocked.",
      "widget: denyUnmatchedRequests is newly declared; its value is not known yet. Possible impact: Requests to hosts that no Access application covers are blocked.",
    ]);
  });

  it("warns what may change if a value is not known yet", async () => {
    const before = { authDomain: TEAM_DOMAIN, denyUnmatchedRequests: true };
    const after = { authDomain: UNKNOWN, denyUnmatchedRequests: UNKNOWN };
    expect(await preview(after, { before })).toEqual([
      "widget: authDomain may change; its new value is not known yet. If it is changed, every login URL changes, and all sessions end.",
      "widget: denyUnmatchedRequests may change; its new value is not known yet. If it is switched off, requests to hosts that no Access application covers are no longer blocked.",
    ]);
  });

  it("warns that an input without a value in the program is no longer managed", async () => {
    const before = {
      name: "Widget Corp",
      denyUnmatchedRequests: true,
      loginDesign: { headerText: "Hi" },
    };
    expect(await preview({}, { before })).toEqual([
      "widget: name is no longer managed and keeps its live value.", // it cannot be cleared
      "widget: denyUnmatchedRequests is no longer managed and keeps its live value (last deployed true). To switch it off, declare false.",
      "widget: loginDesign.headerText is no longer managed and keeps its live value. To clear it, declare it empty.",
    ]);
  });

  it("warns that {} clears all members of an object", async () => {
    const before = { loginDesign: { headerText: "Hi" } };
    expect(await preview({ loginDesign: {} }, { before })).toEqual([
      "widget: loginDesign is declared as {}, which clears all of its properties, including those that the program never declared.",
    ]);
  });

  it("compares with the current names of what an older release recorded", async () => {
    const before = {
      additionalSettings: { deny_unmatched_requests: true },
      mfaSshPivKeyRequirements: { pinPolicy: "once" },
    };
    const current = { denyUnmatchedRequests: true, mfaPivKeyRequirements: { pinPolicy: "once" } };
    expect(await preview(current, { before })).toEqual([]);
    expect(await preview({ ...current, denyUnmatchedRequests: false }, { before })).toEqual([
      "widget: denyUnmatchedRequests changes to false. Requests to hosts that no Access application covers are no longer blocked.",
    ]);
  });
});
