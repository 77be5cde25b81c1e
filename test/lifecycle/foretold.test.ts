import { startEmulator, type Emulator } from "../../emulator/index.js";
import { organization } from "../../provider/provider.js";
import { ACCOUNT, OTHER_DOMAIN, TEAM_DOMAIN } from "../ids.js";
import { listen } from "./heard.js";
import { OneResourceStack, type Properties } from "./stack.js";

const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
const heard = listen();

let emulator: Emulator;
beforeEach(async () => {
  emulator = await startEmulator();
  new OneResourceStack(organization, emulator);
});
afterEach(() => emulator.close());

/** What a preview says of a resource that was deployed with some arguments and is to have others. */
async function foretold(before: Properties, after: Properties): Promise<string> {
  heard.warnings.length = 0;
  const deployed = Object.keys(before).length === 0 ? {} : { accountId: ACCOUNT, ...before };
  await organization.check?.(
    { ...deployed, __provider: "code" },
    { accountId: ACCOUNT, ...after, __dryRun: true, __resource: "widget", __provider: "code" },
  );
  return heard.warnings.join("\n");
}

describe("a preview of what is deployed makes no call, and warns", () => {
  afterEach(() => {
    expect(emulator.requests).toEqual([]);
  });

  it("of what a setting may do that is newly stated: the live value is not known", async () => {
    const off = {
      authDomain: OTHER_DOMAIN,
      denyUnmatchedRequests: false,
      isUiReadOnly: false,
      mfaRequiredForAllApps: false,
      strictServiceTokenAuth: false,
    };
    expect(await foretold({ name: "Widget Corp" }, { name: "Widget Corp", ...off }))
      .toMatchInlineSnapshot(`
      "widget: authDomain is newly stated as "other.cloudflareaccess.com": if that changes it, every login URL changes, and all sessions end.
      widget: denyUnmatchedRequests is newly stated as false: if that switches it off, requests to hosts that no Access application covers will get through.
      widget: isUiReadOnly is newly stated as false: if that switches it off, people can change settings in the dashboard again.
      widget: mfaRequiredForAllApps is newly stated as false: if that switches it off, applications stop asking for a second factor.
      widget: strictServiceTokenAuth is newly stated as false: if that switches it off, service tokens no longer need to fulfil the policies of the application."
    `);
  });

  it("of nothing that is newly stated and harmless", async () => {
    const on = {
      denyUnmatchedRequests: true,
      sessionDuration: "1h",
      allowAuthenticateViaWarp: false,
    };
    expect(await foretold({ name: "Widget Corp" }, { name: "Widget Corp", ...on })).toBe("");
  });

  it("of what may change, where a value is not known yet", async () => {
    const before = { authDomain: TEAM_DOMAIN, denyUnmatchedRequests: true };
    const after = {
      authDomain: UNKNOWN,
      denyUnmatchedRequests: UNKNOWN,
      strictServiceTokenAuth: UNKNOWN,
    };
    expect(await foretold(before, after)).toMatchInlineSnapshot(`
      "widget: authDomain may change from "team.cloudflareaccess.com", as its value is not known yet: if that changes it, every login URL changes, and all sessions end.
      widget: denyUnmatchedRequests may change from true, as its value is not known yet: if that switches it off, requests to hosts that no Access application covers will get through.
      widget: strictServiceTokenAuth is newly stated as (not known yet): if that switches it off, service tokens no longer need to fulfil the policies of the application."
    `);
  });

  it("of nothing that is let go of, where the whole object is not known yet", async () => {
    const before = { loginDesign: { headerText: "Hi" }, additionalSettings: { new_one: 1 } };
    expect(await foretold(before, { loginDesign: UNKNOWN, additionalSettings: UNKNOWN })).toBe("");
  });

  it("of nothing that an older release recorded under the name of its time", async () => {
    const older = {
      additionalSettings: { deny_unmatched_requests: true },
      mfaSshPivKeyRequirements: { pinPolicy: "once" },
    };
    const today = { denyUnmatchedRequests: true, mfaPivKeyRequirements: { pinPolicy: "once" } };
    expect(await foretold(older, today)).toBe("");
    expect(await foretold(older, { ...today, denyUnmatchedRequests: false })).toMatchInlineSnapshot(
      `"widget: denyUnmatchedRequests goes from true to false: requests to hosts that no Access application covers will get through."`,
    );
  });

  it("of nothing that is let go of and was switched off", async () => {
    const off = { action: "disable", enabled: false, inactivityThresholdDays: 90 };
    expect(await foretold({ serviceTokenInactivity: off }, {})).toBe("");
  });
});

it("a first preview counts what is not known yet as what may change", async () => {
  emulator.seed("accounts", ACCOUNT, {
    auth_domain: TEAM_DOMAIN,
    name: "Widget Corp",
    session_duration: "24h",
    login_design: { header_text: "Hi", footer_text: "Bye" },
    new_one: 1,
    created_at: "2024-01-01T05:20:00Z",
  });
  const unknown = { authDomain: UNKNOWN, loginDesign: UNKNOWN, additionalSettings: UNKNOWN };
  expect(await foretold({}, { ...unknown, sessionDuration: "1h" })).toMatchInlineSnapshot(`
    "widget: adopts the live Zero Trust organization of accounts/023e105f4ecef8ad9ca31a8372d0c353 (authDomain "team.cloudflareaccess.com", name "Widget Corp", createdAt "2024-01-01T05:20:00Z"). 1 setting will change, 3 may change, 1 stays as it is.
      authDomain: "team.cloudflareaccess.com" → (not known yet)
      loginDesign: {"footerText":"Bye","headerText":"Hi"} → (not known yet)
      sessionDuration: "24h" → "1h"
      additionalSettings: {"new_one":1} → (not known yet)
    widget: authDomain may change from "team.cloudflareaccess.com", as its value is not known yet: if that changes it, every login URL changes, and all sessions end."
  `);
});

describe("a first preview tells what the deployment is bound to refuse", () => {
  it("where there is nothing yet, and the program does not say how to make it", async () => {
    expect(await foretold({}, { name: "Widget Corp" })).toMatchInlineSnapshot(
      `"widget: there is no Zero Trust organization of accounts/023e105f4ecef8ad9ca31a8372d0c353 yet, and to have it made the program must state authDomain."`,
    );
    expect(await foretold({}, { name: "Widget Corp", authDomain: UNKNOWN })).not.toContain(
      "must state",
    );
  });

  it("where what is to be made lacks what its settings need", async () => {
    const made = { name: "Widget Corp", authDomain: TEAM_DOMAIN, mfaRequiredForAllApps: true };
    const mfaConfig = { sessionDuration: "24h" };
    expect(await foretold({}, { ...made, mfaConfig })).toMatchInlineSnapshot(`
      "widget: nothing will be written to the Zero Trust organization of accounts/023e105f4ecef8ad9ca31a8372d0c353, since its settings would contradict each other:
        mfaConfig.allowedAuthenticators: mfaRequiredForAllApps needs at least one authenticator: state some, such as ["totp"]"
    `);
    const enough = { ...mfaConfig, allowedAuthenticators: ["totp"] };
    expect(await foretold({}, { ...made, mfaConfig: enough })).toBe("");
  });

  it("where the settings, stated and live, contradict each other", async () => {
    emulator.seed("accounts", ACCOUNT, {
      mfa_config: { allowed_authenticators: ["totp"], session_duration: "24h" },
      mfa_required_for_all_apps: true,
      created_at: "2024-01-01T05:20:00Z",
    });
    expect(await foretold({}, { mfaConfig: {} })).toMatchInlineSnapshot(`
      "widget: adopts the live Zero Trust organization of accounts/023e105f4ecef8ad9ca31a8372d0c353 (authDomain "team-023e105f4ecef8ad9ca31a8372d0c353.cloudflareaccess.com", name "Organization 023e105f", createdAt "2024-01-01T05:20:00Z"). 2 settings will change, 3 stay as they are.
        mfaConfig.allowedAuthenticators: ["totp"] → not set
        mfaConfig.sessionDuration: "24h" → not set
      widget: nothing will be written to the Zero Trust organization of accounts/023e105f4ecef8ad9ca31a8372d0c353, since its settings would contradict each other:
        mfaConfig.allowedAuthenticators: mfaRequiredForAllApps needs at least one authenticator: state some, such as ["totp"]
        mfaConfig.sessionDuration: mfaRequiredForAllApps needs an MFA session duration: state one, such as "24h""
    `);
    expect(await foretold({}, { mfaConfig: UNKNOWN })).not.toContain("contradict");
  });
});
