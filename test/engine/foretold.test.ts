import { startEmulator, type Emulator } from "../../emulator/index.js";
import { OTHER_SERVICE_TOKEN, SERVICE_TOKEN } from "../ids.js";
import { accountId } from "./accounts.js";
import { createProject, organization, succeeded, type Project } from "./project.js";
import { resource } from "./source.js";

jest.setTimeout(120_000);

const WIDGET = accountId(1);
const GADGET = accountId(2);
const NOBODY = accountId(3);

/** The arguments of the organization that is adopted, and then changed. */
const WIDGET_ARGS = {
  accountId: WIDGET,
  sessionDuration: "1440m",
  denyUnmatchedRequests: false,
  loginDesign: { backgroundColor: "#112233" },
};

/** What a run said of the resources, in an order of its own: that of their names. */
function foretold(output: string): string {
  const [, diagnostics = ""] = output.split(/^Diagnostics:$/m);
  const messages = diagnostics.split(/^Resources:$/m, 1)[0]?.split(/\n {4}(?=\S)/) ?? [];
  return messages
    .slice(1)
    .map((message) => message.replace(/^ {4}/gm, "").trimEnd())
    .sort((one, other) => nameIn(one).localeCompare(nameIn(other)))
    .join("\n");
}

function nameIn(message: string): string {
  return /^(?:warning: )?(\w+)/.exec(message)?.[1] ?? "";
}

describe("a preview tells what will happen", () => {
  let emulator: Emulator;
  let project: Project;

  beforeAll(async () => {
    emulator = await startEmulator();
    emulator.seed("accounts", WIDGET, {
      auth_domain: "widget.cloudflareaccess.com",
      name: "Widget Corp",
      created_at: "2024-01-01T05:20:00Z",
      deny_unmatched_requests: true,
      session_duration: "24h",
      login_design: { background_color: "#000000", header_text: "Old header" },
    });
    emulator.seedDoh(WIDGET, { service_token_id: SERVICE_TOKEN, doh_jwt_duration: "24h" });
    emulator.addServiceToken(WIDGET, { id: OTHER_SERVICE_TOKEN });
    emulator.seed("accounts", GADGET, {
      auth_domain: "gadget.cloudflareaccess.com",
      name: "A live secret",
      created_at: "2025-06-01T12:00:00Z",
      session_duration: "1h",
    });
    project = await createProject(emulator);
    await project.program(
      organization("widget", WIDGET_ARGS),
      resource("DohSettings", "doh", { accountId: WIDGET, serviceTokenId: OTHER_SERVICE_TOKEN }),
      `new zerotrust.Organization("gadget", {
         accountId: ${JSON.stringify(GADGET)},
         name: pulumi.secret("A stated secret"),
         loginDesign: pulumi.secret({ headerText: "A stated secret" }),
         sessionDuration: "2h",
       });`,
      organization("nobody", {
        accountId: NOBODY,
        name: "New Corp",
        authDomain: "new.cloudflareaccess.com",
      }),
    );
  });

  afterAll(async () => {
    await project.remove();
    await emulator.close();
  });

  beforeEach(() => emulator.clearRequests());

  const methods = () => emulator.requests.map(({ method }) => method);

  it("of live objects that are adopted, by one GET each, and shows no secret", async () => {
    const output = await succeeded(project.preview());
    expect(methods()).toEqual(["GET", "GET", "GET", "GET"]);
    expect(output).not.toMatch(/A (live|stated) secret/);
    expect(foretold(output)).toMatchInlineSnapshot(`
      "warning: doh: Overwrites these live values of the DoH settings of account 00000000000000000000000000000001 (name "Service token", serviceTokenId "f174e90a-fafe-4643-bbbc-4a0ed4fc8415"). All others stay unchanged.
        serviceTokenId: "f174e90a-fafe-4643-bbbc-4a0ed4fc8415" → "0c6f2a3e-9d1b-4c58-8e77-52b1f0a9d364". Clients that use the replaced service token fail at once.
      warning: gadget: Overwrites these live values of the Zero Trust organization of account 00000000000000000000000000000002 (authDomain "gadget.cloudflareaccess.com", createdAt "2025-06-01T12:00:00Z"). All others stay unchanged.
        name: [secret] → [secret]
        loginDesign.headerText: [secret] → [secret]
        sessionDuration: "1h" → "2h". Logins stay valid for longer.
      nobody: There is no Zero Trust organization of account 00000000000000000000000000000003 yet. The deployment creates it.
      warning: widget: Overwrites these live values of the Zero Trust organization of account 00000000000000000000000000000001 (authDomain "widget.cloudflareaccess.com", name "Widget Corp", createdAt "2024-01-01T05:20:00Z"). All others stay unchanged.
        denyUnmatchedRequests: true → false. Requests to hosts that no Access application covers are no longer blocked.
        loginDesign.backgroundColor: "#000000" → "#112233""
    `);
  });

  it("warns with the whole reason if Cloudflare cannot be reached, and succeeds (P1)", async () => {
    const { baseUrl } = emulator;
    project.environment.CLOUDFLARE_BASE_URL = "http://127.0.0.1:9/client/v4";
    const output = await succeeded(project.preview());
    project.environment.CLOUDFLARE_BASE_URL = baseUrl;
    expect(output).toContain("+ 5 to create");
    expect(output).toContain(
      `Cannot read the live Zero Trust organization of account ${WIDGET}, so this preview does not show what will change in it.`,
    );
    expect(output).toMatch(/GET .+ got no response: .*ECONNREFUSED/);
  });

  it("fails with the sources of credentials if there are none (P1)", async () => {
    const { CLOUDFLARE_API_TOKEN: token } = project.environment;
    project.environment.CLOUDFLARE_API_TOKEN = undefined;
    const { exitCode, output } = await project.preview();
    project.environment.CLOUDFLARE_API_TOKEN = token;
    expect(exitCode).not.toBe(0);
    expect(output).toContain("has a problem: No Cloudflare credentials found.");
    expect(output).toContain("pulumi config set --secret cloudflare:apiToken");
    expect(methods()).toEqual([]);
  });
});

describe("a deployment", () => {
  let emulator: Emulator;
  let project: Project;

  beforeAll(async () => {
    emulator = await startEmulator();
    project = await createProject(emulator);
  });

  afterAll(async () => {
    await project.remove();
    await emulator.close();
  });

  beforeEach(() => emulator.clearRequests());

  const methods = () => emulator.requests.map(({ method }) => method);

  it("looks once in its preview, and never in its update", async () => {
    emulator.seed("accounts", WIDGET, LOCKED);
    await project.program(organization("widget", { accountId: WIDGET, ...STRICT }));
    const output = await succeeded(project.pulumi("up", "--yes"));
    expect(methods()).toEqual(["GET", "GET"]);
    expect(output.match(/Adopts the live|Overwrites these live values/g)).toHaveLength(2);
  });

  it("looks nowhere where it has no preview", async () => {
    emulator.seed("accounts", GADGET, { session_duration: "1h" });
    await project.program(
      organization("widget", { accountId: WIDGET, ...STRICT }),
      organization("gadget", { accountId: GADGET, sessionDuration: "2h" }),
    );
    const output = await succeeded(project.up());
    expect(methods()).toEqual(["GET", "PUT"]);
    expect(output).not.toContain("Adopts");
  });

  it("tells once of an adoption, and looks once, where a resource moves to another account", async () => {
    const created_at = "2024-01-01T05:20:00Z";
    emulator.seed("accounts", NOBODY, { session_duration: "1h", created_at });
    await project.program(
      organization("widget", { accountId: WIDGET, ...STRICT }),
      organization("gadget", { accountId: NOBODY, sessionDuration: "2h" }),
    );
    const output = await succeeded(project.preview());
    expect(methods()).toEqual(["GET"]);
    expect(foretold(output)).toMatchInlineSnapshot(`
      "warning: gadget: Overwrites these live values of the Zero Trust organization of account 00000000000000000000000000000003 (authDomain "team-00000000000000000000000000000003.cloudflareaccess.com", name "Organization 00000000", createdAt "2024-01-01T05:20:00Z"). All others stay unchanged.
        sessionDuration: "1h" → "2h". Logins stay valid for longer."
    `);
    emulator.remove("accounts", NOBODY);
  });

  it("warns of what a change does to people, and of what is let go of", async () => {
    await project.program(
      organization("widget", {
        accountId: WIDGET,
        authDomain: "other.cloudflareaccess.com",
        denyUnmatchedRequests: false,
        isUiReadOnly: false,
        mfaRequiredForAllApps: false,
        strictServiceTokenAuth: false,
      }),
      organization("gadget", { accountId: GADGET }),
    );
    const output = await succeeded(project.preview());
    expect(methods()).toEqual([]);
    expect(foretold(output)).toMatchInlineSnapshot(`
      "warning: gadget: sessionDuration is no longer managed and keeps its live value. To clear it, declare it empty.
      warning: widget: authDomain changes from "widget.cloudflareaccess.com" to "other.cloudflareaccess.com". Every login URL changes, and all sessions end.
      warning: widget: denyUnmatchedRequests changes from true to false. Requests to hosts that no Access application covers are no longer blocked.
      warning: widget: isUiReadOnly changes from true to false. Settings can be changed in the dashboard again.
      warning: widget: mfaRequiredForAllApps changes from true to false. Applications no longer ask for a second factor.
      warning: widget: strictServiceTokenAuth changes from true to false. Service tokens no longer need to fulfill the policies of the application.
      warning: widget: allowAuthenticateViaWarp is no longer managed and keeps its live value (last deployed true). To clear it, declare it empty.
      warning: widget: mfaConfig.allowedAuthenticators is no longer managed and keeps its live value. To clear it, declare it empty.
      warning: widget: mfaConfig.sessionDuration is no longer managed and keeps its live value. To clear it, declare it empty."
    `);
  });
});

/** What is live at first, and what the program states of it. */
const LOCKED = {
  auth_domain: "widget.cloudflareaccess.com",
  allow_authenticate_via_warp: true,
  deny_unmatched_requests: true,
  is_ui_read_only: true,
  mfa_config: { allowed_authenticators: ["totp"], session_duration: "24h" },
  mfa_required_for_all_apps: true,
  strict_service_token_auth: true,
};
const STRICT = {
  authDomain: "widget.cloudflareaccess.com",
  allowAuthenticateViaWarp: true,
  denyUnmatchedRequests: true,
  isUiReadOnly: true,
  mfaConfig: { allowedAuthenticators: ["totp"], sessionDuration: "24h" },
  mfaRequiredForAllApps: true,
  strictServiceTokenAuth: true,
};
