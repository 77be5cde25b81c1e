import { randomBytes } from "node:crypto";
import { startEmulator, type Emulator } from "../../emulator/index.js";
import { UNKNOWN } from "../../provider/lifecycle/dynamic-provider.js";
import { organization } from "../../provider/provider.js";
import { rejection } from "../cloudflare/errors.js";
import { TEAM_DOMAIN } from "../ids.js";
import { captureLogs } from "./captured-logs.js";
import { OneResourceStack, type Properties, type StackOptions } from "./stack.js";

const logs = captureLogs();
/** An account for each test: the provider remembers per process who declares what. */
let ACCOUNT = "";
beforeEach(() => {
  ACCOUNT = randomBytes(16).toString("hex");
});
const TEAM = { auth_domain: TEAM_DOMAIN, name: "Team" };

describe("a preview of a resource that is not deployed", () => {
  let emulator: Emulator;
  let registration = 0;
  beforeEach(async () => {
    emulator = await startEmulator();
  });
  afterEach(() => emulator.close());

  const preview = (
    inputs: Properties,
    { secrets = [], ...options }: StackOptions & { secrets?: string[] } = {},
  ) => {
    registration += 1;
    return new OneResourceStack(organization, emulator, options).preview({
      accountId: ACCOUNT,
      __program: { isPreview: true, resource: "widget", registration, secrets },
      ...inputs,
    });
  };

  describe("fails if the deployment cannot succeed (P1)", () => {
    beforeEach(() => emulator.seed("accounts", ACCOUNT, TEAM));

    it("because Cloudflare does not recognize the API token", async () => {
      await expect(preview({ name: "Team" }, { apiToken: "wrong" })).rejects.toThrow(
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
    emulator.seed("accounts", ACCOUNT, { ...TEAM, session_duration: "24h" });
    const stack = new OneResourceStack(organization, emulator);
    const __program = { isPreview: true, resource: "widget", registration: "twice" };
    const program = { accountId: ACCOUNT, sessionDuration: "12h", __program };
    await stack.preview(program);
    await stack.preview(program);
    expect(emulator.requests).toHaveLength(1);
    expect(logs.warnings).toHaveLength(1);
  });

  it.each([
    ["the token lacks the permission", { status: 403, code: 10000 }],
    ["Cloudflare is unavailable", { status: 503, code: 1 }],
    ["the rate limit is exhausted", { status: 429, code: 971 }],
  ])("warns with the whole reason if %s (P1)", async (_, { status, code }) => {
    emulator.seed("accounts", ACCOUNT, TEAM);
    const cause = { code: 1, message: "its cause" };
    emulator.fault(rejection(status, { code, message: "a reason", error_chain: [cause] }));
    await preview({ name: "Team" });
    expect(logs.warnings).toEqual([
      expect.stringMatching(
        new RegExp(
          `^widget: Cannot read the live Zero Trust organization of account ${ACCOUNT}.*was rejected with ${status}.*a reason.*its cause`,
          "s",
        ),
      ),
    ]);
  });

  it("warns if the network does not reach Cloudflare (P1)", async () => {
    await preview(
      { name: "Team" },
      { config: { "zerotrust:baseUrl": "http://127.0.0.1:9/client/v4" } },
    );
    expect(logs.warnings).toEqual([expect.stringContaining("ECONNREFUSED")]);
  });

  it("warns what to declare if the organization does not exist and cannot be created (P2)", async () => {
    emulator.addAccount(ACCOUNT, "Example Account");
    await preview({ sessionDuration: "12h" });
    expect(logs.warnings).toEqual([
      `widget: The Zero Trust organization of account ${ACCOUNT} does not exist yet, and the program does not declare name and authDomain. The deployment fails unless something creates it before. To create it, declare name and authDomain.`,
    ]);
  });

  it("logs one line without a warning if the adoption changes nothing (P3)", async () => {
    emulator.seed("accounts", ACCOUNT, { ...TEAM, session_duration: "24h" });
    await preview({ sessionDuration: "1440m" });
    expect(logs.warnings).toEqual([]);
    expect(logs.infos).toEqual([
      expect.stringMatching(
        /^widget: Adopts the live Zero Trust organization of account .* \(authDomain "team\.cloudflareaccess\.com", name "Team".*\)\. Its live values are already as declared\.$/,
      ),
    ]);
  });

  it("warns with each live value that the creation overwrites, and names a risk once (P3, W11)", async () => {
    emulator.seed("accounts", ACCOUNT, {
      ...TEAM,
      session_duration: "24h",
      deny_unmatched_requests: true,
    });
    await preview({
      sessionDuration: "12h",
      denyUnmatchedRequests: false,
      autoRedirectToIdentity: true,
    });
    expect(logs.warnings).toHaveLength(1);
    expect(logs.warnings[0]?.replace(/, createdAt "[^"]*"/, "")).toBe(
      [
        `widget: Overwrites these live values of the Zero Trust organization of account ${ACCOUNT} (authDomain "team.cloudflareaccess.com", name "Team"); all others stay unchanged:`,
        "  autoRedirectToIdentity: not set → true",
        "  denyUnmatchedRequests: true → false. Requests to hosts that no Access application covers are no longer blocked.",
        '  sessionDuration: "24h" → "12h"',
      ].join("\n"),
    );
  });

  it("says that the changes are not known if the account is not known yet, and names risky settings (P4)", async () => {
    await preview({ accountId: UNKNOWN, denyUnmatchedRequests: false });
    expect(logs.infos).toEqual([
      "widget: The account or zone is not known until deployment, so changes to its live Zero Trust organization cannot be shown.",
    ]);
    expect(logs.warnings).toEqual([
      "widget: denyUnmatchedRequests is newly declared as false. If the live value differs, requests to hosts that no Access application covers are no longer blocked.",
    ]);
  });

  it("escapes invisible characters of live values (P5)", async () => {
    const header = "a\u009bb\u202ec\u200bd\ne";
    emulator.seed("accounts", ACCOUNT, {
      ...TEAM,
      name: header,
      login_design: { header_text: header },
    });
    await preview({ loginDesign: { headerText: "Hi" } });
    const said = logs.warnings.join("");
    expect(said).toContain('"a\\u009bb\\u202ec\\u200bd\\ne"');
    expect(said.split("\n").every((line) => !/[\u009b\u202e\u200b]/.test(line))).toBe(true);
  });

  it("prints neither live nor declared values of a secret input, also in failures (P6)", async () => {
    emulator.seed("accounts", ACCOUNT, { ...TEAM, login_design: { header_text: "live secret" } });
    await preview({ loginDesign: { headerText: "hunter2" } }, { secrets: ["loginDesign"] });
    await expect(
      preview({ sessionDuration: "hunter2" }, { secrets: ["sessionDuration"] }),
    ).rejects.toThrow(/^sessionDuration must be a duration[^]*h\)$/);
    expect([...logs.warnings, ...logs.infos].join("\n")).not.toMatch(/hunter2|live secret/);
    expect(logs.warnings.join("\n")).toContain("loginDesign.headerText: [secret]");
  });

  it("judges the body that the deployment sends, without what neverSend names (P7)", async () => {
    emulator.seed("accounts", ACCOUNT, {
      ...TEAM,
      mfa_config: { allowed_authenticators: ["totp"], session_duration: "24h" },
    });
    await preview({ mfaRequiredForAllApps: true });
    expect(logs.warnings.join("\n")).not.toContain("needs at least one authenticator");
    await preview(
      { mfaRequiredForAllApps: true },
      { config: { "zerotrust:neverSend": "mfa_config" } },
    );
    expect(logs.warnings.join("\n")).toContain("needs at least one authenticator");
  });

  it("warns that {} clears all members and names the live ones (W12)", async () => {
    emulator.seed("accounts", ACCOUNT, {
      ...TEAM,
      login_design: { header_text: "Hi", footer_text: "Bye" },
    });
    await preview({ loginDesign: {} });
    expect(logs.warnings.join("\n")).toContain('loginDesign.footerText: "Bye" → not set');
    expect(logs.warnings.join("\n")).toContain(
      "loginDesign is declared as {}, which clears all of its properties.",
    );
  });

  it("warns about contradictions with live values and lets Cloudflare decide (W10)", async () => {
    emulator.seed("accounts", ACCOUNT, { ...TEAM, mfa_required_for_all_apps: true });
    await preview({ sessionDuration: "12h" });
    expect(logs.warnings.join("\n")).toContain("mfaRequiredForAllApps needs");
    emulator.fault({
      method: "PUT",
      status: 200,
      body: {
        success: true,
        result: { ...TEAM, session_duration: "12h" },
        errors: [],
        messages: [],
      },
    });
    const stack = new OneResourceStack(organization, emulator);
    expect(await stack.up({ accountId: ACCOUNT, sessionDuration: "12h" })).toBe("created");
  });
});
