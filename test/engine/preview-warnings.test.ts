import { startEmulator, type Emulator } from "../../emulator/index.js";
import { OTHER_SERVICE_TOKEN, SERVICE_TOKEN } from "../ids.js";
import { accountId } from "./accounts.js";
import { createProject, organization, succeeded, type Project } from "./project.js";
import { resource } from "./source.js";

jest.setTimeout(120_000);

const WIDGET = accountId(1);
const GADGET = accountId(2);
const NEW = accountId(3);
const ADOPTED = accountId(4);
const ENTERED = accountId(5);
const OLDER = accountId(6);

/** Resources that are in both programs. */
const COMMON = [
  organization("widget", {
    accountId: WIDGET,
    sessionDuration: "1440m",
    denyUnmatchedRequests: false,
    loginDesign: { backgroundColor: "#112233" },
  }),
  resource("DohSettings", "doh", { accountId: WIDGET, serviceTokenId: OTHER_SERVICE_TOKEN }),
  organization("new", {
    accountId: NEW,
    name: "New Corp",
    authDomain: "new.cloudflareaccess.com",
  }),
  // A secret under a deprecated name.
  `new zerotrust.Organization("older", {
    accountId: "${OLDER}",
    additionalSettings: {
      login_design: { header_text: pulumi.secret("A declared secret"), footer_text: "Help desk" },
    },
  });`,
];
const gadget = (account: string) => `new zerotrust.Organization("gadget", {
  accountId: "${account}",
  name: pulumi.secret("A declared secret"),
  loginDesign: pulumi.secret({ headerText: "A declared secret" }),
  sessionDuration: "2h",
});`;

/** Returns the messages about resources, ordered by the resources' names, because the engine's order varies. */
function messagesIn(output: string): string {
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

describe("A preview", () => {
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
    emulator.seed("accounts", ADOPTED, {
      name: "Adopted Corp",
      created_at: "2024-01-01T05:20:00Z",
      deny_unmatched_requests: true,
      mfa_config: { allowed_authenticators: ["totp"] },
    });
    emulator.seed("accounts", ENTERED, {
      session_duration: "1h",
      created_at: "2024-01-01T05:20:00Z",
    });
    emulator.seed("accounts", OLDER, {
      auth_domain: "older.cloudflareaccess.com",
      created_at: "2024-01-01T05:20:00Z",
      login_design: { header_text: "A live secret" },
    });
    project = await createProject(emulator);
    await project.program(
      ...COMMON,
      gadget(GADGET),
      organization("adopted", {
        accountId: ADOPTED,
        denyUnmatchedRequests: true,
        mfaConfig: { allowedAuthenticators: ["totp"] },
      }),
    );
  });
  beforeEach(() => emulator.clearRequests());

  const methods = () => emulator.requests.map(({ method }) => method);

  it("reads each live object that the deployment adopts once, and shows the overwritten values without secrets", async () => {
    const output = await succeeded(project.preview());
    expect(methods()).toEqual(["GET", "GET", "GET", "GET", "GET", "GET"]);
    expect(output).not.toMatch(/A (live|declared) secret/);
    expect(messagesIn(output)).toMatchInlineSnapshot(`
      "warning: additionalSettings.login_design is deprecated. Use loginDesign.
      adopted: Adopts the live Zero Trust organization of account 00000000000000000000000000000004 (authDomain "team-00000000000000000000000000000004.cloudflareaccess.com", name "Adopted Corp", createdAt "2024-01-01T05:20:00Z"). Its live values are already as declared.
      warning: doh: Overwrites these live values of the DoH settings of account 00000000000000000000000000000001 (name "Service token", serviceTokenId "f174e90a-fafe-4643-bbbc-4a0ed4fc8415"); all others stay unchanged:
        serviceTokenId: "f174e90a-fafe-4643-bbbc-4a0ed4fc8415" → "0c6f2a3e-9d1b-4c58-8e77-52b1f0a9d364". Clients that use the replaced service token fail at once.
      warning: gadget: Overwrites these live values of the Zero Trust organization of account 00000000000000000000000000000002 (authDomain "gadget.cloudflareaccess.com", createdAt "2025-06-01T12:00:00Z"); all others stay unchanged:
        name: [secret] → [secret]
        loginDesign.headerText: [secret] → [secret]
        sessionDuration: "1h" → "2h". Logins stay valid for longer.
      new: The Zero Trust organization of account 00000000000000000000000000000003 does not exist yet. The deployment creates it.
      warning: older: Overwrites these live values of the Zero Trust organization of account 00000000000000000000000000000006 (authDomain "older.cloudflareaccess.com", name "Organization 00000000", createdAt "2024-01-01T05:20:00Z"); all others stay unchanged:
        loginDesign.footerText: [secret] → [secret]
        loginDesign.headerText: [secret] → [secret]
      warning: widget: Overwrites these live values of the Zero Trust organization of account 00000000000000000000000000000001 (authDomain "widget.cloudflareaccess.com", name "Widget Corp", createdAt "2024-01-01T05:20:00Z"); all others stay unchanged:
        denyUnmatchedRequests: true → false. Requests to hosts that no Access application covers are no longer blocked.
        loginDesign.backgroundColor: "#000000" → "#112233""
    `);
  });

  it("is followed by a deployment with encrypted secrets, and a refresh of one under a deprecated name finds no drift", async () => {
    const deployed = await succeeded(project.up());
    const { older } = await project.state();
    const target = ["--target", older?.urn ?? ""];
    const refreshed = await succeeded(
      project.pulumi("refresh", "--yes", "--expect-no-changes", ...target),
    );
    expect(deployed + refreshed + (await project.rawState())).not.toMatch(
      /A (live|declared) secret/,
    );
    expect(older?.inputs).toHaveProperty("loginDesign");
    expect(emulator.organization("accounts", OLDER)).toMatchObject({
      login_design: { header_text: "A declared secret", footer_text: "Help desk" },
    });
  });

  it("reads only the organization of a new account after the deployment, and names a risk and a setting that is no longer managed", async () => {
    await project.program(
      ...COMMON,
      gadget(ENTERED),
      organization("adopted", { accountId: ADOPTED, denyUnmatchedRequests: false }),
    );
    const output = await succeeded(project.preview());
    expect(methods()).toEqual(["GET"]);
    expect(output).not.toMatch(/A (live|declared) secret/);
    expect(messagesIn(output)).toMatchInlineSnapshot(`
      "warning: additionalSettings.login_design is deprecated. Use loginDesign.
      warning: adopted: denyUnmatchedRequests changes to false. Requests to hosts that no Access application covers are no longer blocked.
      warning: adopted: mfaConfig.allowedAuthenticators is no longer managed and keeps its live value. To clear it, declare it empty.
      warning: gadget: Overwrites these live values of the Zero Trust organization of account 00000000000000000000000000000005 (authDomain "team-00000000000000000000000000000005.cloudflareaccess.com", createdAt "2024-01-01T05:20:00Z"); all others stay unchanged:
        name: [secret] → [secret]
        loginDesign.headerText: [secret] → [secret]
        sessionDuration: "1h" → "2h". Logins stay valid for longer."
    `);
  });
});
