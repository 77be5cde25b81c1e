import { startEmulator, type Emulator } from "../../emulator/index.js";
import { UNKNOWN } from "../../provider/lifecycle/dynamic-provider.js";
import { organization } from "../../provider/provider.js";
import { ACCOUNT, TEAM_DOMAIN } from "../ids.js";
import { captureLogs } from "./captured-logs.js";
import { OneResourceStack, type Properties } from "./stack.js";

const logs = captureLogs();

let emulator: Emulator;
beforeEach(async () => {
  emulator = await startEmulator();
  new OneResourceStack(organization, emulator);
});
afterEach(() => emulator.close());

/** The warnings of a preview that follows a deployment; without one if `before` is empty. */
async function warningsOf(before: Properties, after: Properties): Promise<string[]> {
  logs.warnings.length = 0;
  const deployed = Object.keys(before).length === 0 ? {} : { accountId: ACCOUNT, ...before };
  await organization.check?.(
    { ...deployed, __provider: "code" },
    {
      accountId: ACCOUNT,
      ...after,
      __program: { isPreview: true, resource: "widget" },
      __provider: "code",
    },
  );
  return [...logs.warnings];
}

describe("A preview of an update", () => {
  afterEach(() => {
    expect(emulator.requests).toEqual([]);
  });

  it("warns of both directions if a newly declared boolean is not known yet", async () => {
    const warnings = await warningsOf(
      { name: "Widget Corp" },
      { name: "Widget Corp", denyUnmatchedRequests: UNKNOWN },
    );
    expect(warnings).toEqual([
      "widget: denyUnmatchedRequests is newly declared; its value is not known yet. Possible impact: Requests to hosts that no Access application covers are no longer blocked.",
      "widget: denyUnmatchedRequests is newly declared; its value is not known yet. Possible impact: Requests to hosts that no Access application covers are blocked.",
    ]);
  });

  it("warns what may change if a value is not known yet", async () => {
    const before = { authDomain: TEAM_DOMAIN, denyUnmatchedRequests: true };
    const after = {
      authDomain: UNKNOWN,
      denyUnmatchedRequests: UNKNOWN,
      strictServiceTokenAuth: UNKNOWN,
    };
    expect(await warningsOf(before, after)).toEqual([
      "widget: authDomain may change; its new value is not known yet. If it is changed, every login URL changes, and all sessions end.",
      "widget: denyUnmatchedRequests may change; its new value is not known yet. If it is switched off, requests to hosts that no Access application covers are no longer blocked.",
      "widget: strictServiceTokenAuth is newly declared; its value is not known yet. Possible impact: Service tokens no longer need to fulfill the policies of the application.",
    ]);
  });

  it("warns that an input without a value in the program is no longer managed", async () => {
    const before = {
      name: "Widget Corp",
      denyUnmatchedRequests: true,
      loginDesign: { headerText: "Hi" },
      serviceTokenInactivity: { action: "disable", enabled: false, inactivityThresholdDays: 90 },
    };
    expect(await warningsOf(before, {})).toEqual([
      "widget: name is no longer managed and keeps its live value.", // it cannot be cleared
      "widget: denyUnmatchedRequests is no longer managed and keeps its live value (last deployed true). To switch it off, declare false.",
      "widget: loginDesign.headerText is no longer managed and keeps its live value. To clear it, declare it empty.",
    ]);
  });

  it("warns that {} clears all members of an object (W12)", async () => {
    const before = { loginDesign: { headerText: "Hi" } };
    expect(await warningsOf(before, { loginDesign: {} })).toEqual([
      "widget: loginDesign is declared as {}, which clears all of its properties, including those that the program never declared.",
    ]);
  });

  it("compares with the current names of what an older release recorded", async () => {
    const older = {
      additionalSettings: { deny_unmatched_requests: true },
      mfaSshPivKeyRequirements: { pinPolicy: "once" },
    };
    const current = { denyUnmatchedRequests: true, mfaPivKeyRequirements: { pinPolicy: "once" } };
    expect(await warningsOf(older, current)).toEqual([]);
    expect(await warningsOf(older, { ...current, denyUnmatchedRequests: false })).toEqual([
      "widget: denyUnmatchedRequests changes to false. Requests to hosts that no Access application covers are no longer blocked.",
    ]);
  });
});

describe("A preview of a creation", () => {
  it("lists values that are not known yet as changes", async () => {
    emulator.seed("accounts", ACCOUNT, {
      auth_domain: TEAM_DOMAIN,
      name: "Widget Corp",
      session_duration: "24h",
      login_design: { header_text: "Hi", footer_text: "Bye" },
      new_one: 1,
      created_at: "2024-01-01T05:20:00Z",
    });
    const unknown = { authDomain: UNKNOWN, loginDesign: UNKNOWN, additionalSettings: UNKNOWN };
    expect(await warningsOf({}, { ...unknown, sessionDuration: "1h" })).toEqual([
      [
        `widget: Overwrites these live values of the Zero Trust organization of account ${ACCOUNT} (authDomain "team.cloudflareaccess.com", name "Widget Corp", createdAt "2024-01-01T05:20:00Z"); all others stay unchanged:`,
        '  authDomain: "team.cloudflareaccess.com" → (not known yet). Possible impact: Every login URL changes, and all sessions end.',
        '  loginDesign: {"footerText":"Bye","headerText":"Hi"} → (not known yet)',
        '  sessionDuration: "24h" → "1h"',
        '  additionalSettings: {"new_one":1} → (not known yet)',
      ].join("\n"),
    ]);
  });

  it("does not ask for name and authDomain if they are not known yet", async () => {
    expect(await warningsOf({}, { name: UNKNOWN, authDomain: UNKNOWN })).toEqual([]);
  });

  it("warns about requirements that the new organization does not meet (W10)", async () => {
    const program = { name: "Widget Corp", authDomain: TEAM_DOMAIN, mfaRequiredForAllApps: true };
    const mfaConfig = { sessionDuration: "24h" };
    expect(await warningsOf({}, { ...program, mfaConfig })).toEqual([
      'widget: mfaConfig.allowedAuthenticators: mfaRequiredForAllApps needs at least one authenticator. Declare some, such as ["totp"]. Cloudflare may reject the request without it.',
    ]);
    const complete = { ...mfaConfig, allowedAuthenticators: ["totp"] };
    expect(await warningsOf({}, { ...program, mfaConfig: complete })).toEqual([]);
    expect(await warningsOf({}, { ...program, mfaConfig: UNKNOWN })).toEqual([]);
  });
});
