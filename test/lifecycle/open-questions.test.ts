import {
  startEmulator,
  type Emulator,
  type Personality,
  type BehaviorOptions,
} from "../../emulator/index.js";
import { organization } from "../../provider/provider.js";
import { ACCOUNT, OTHER_ACCOUNT, OTHER_DOMAIN, TEAM_DOMAIN, ZONE } from "../ids.js";
import { listen } from "./heard.js";
import { OneResourceStack } from "./stack.js";

/*
 * What nobody has measured of the API: whatever the answer is, nothing crashes, nothing is lost, and
 * nothing is written again and again.
 */

/** An organization that people have set up, of which the program states a part. */
const LIVE = {
  auth_domain: TEAM_DOMAIN,
  name: "Widget Corp",
  session_duration: "24h",
  warp_auth_session_duration: "36h",
  user_seat_expiration_inactive_time: "1460h",
  allow_authenticate_via_warp: true,
  deny_unmatched_requests: true,
  deny_unmatched_requests_exempted_zone_names: ["example.com"],
  is_ui_read_only: true,
  ui_read_only_toggle_reason: "maintenance",
  login_design: { header_text: "Hi", footer_text: "Bye" },
  custom_pages: { forbidden: "uid" },
  mfa_config: { allowed_authenticators: ["totp", "piv_key"], session_duration: "24h" },
  mfa_piv_key_requirements: { pin_policy: "once", ssh_key_type: ["rsa"] },
  mfa_required_for_all_apps: true,
  service_token_inactivity: { action: "disable", enabled: true, inactivity_threshold_days: 30 },
  strict_service_token_auth: true,
  a_setting_of_tomorrow: { a: [1] },
};
const FIRST = {
  accountId: ACCOUNT,
  name: "Gadget Corp",
  sessionDuration: "12h",
  loginDesign: { headerText: "Ho" },
};
const SECOND = {
  ...FIRST,
  sessionDuration: "90m",
  loginDesign: { headerText: "", textColor: "#000000" },
};
const AFTER_SECOND = {
  ...LIVE,
  name: "Gadget Corp",
  session_duration: "90m",
  login_design: { footer_text: "Bye", text_color: "#000000" },
};

listen();

let emulator: Emulator;
afterEach(() => emulator.close());

/** A started emulator with the organization, and a stack for it. */
async function set(behavior: BehaviorOptions, personality: Personality = "sparse") {
  emulator = await startEmulator({ behavior, personality });
  emulator.seed("accounts", ACCOUNT, LIVE);
  return new OneResourceStack(organization, emulator);
}
const live = () => emulator.organization("accounts", ACCOUNT);
/** With durations in one spelling: a rewritten one may be sent back as it was answered. */
const spelledAlike = (organization: unknown) =>
  JSON.parse(JSON.stringify(organization).replaceAll('h0m0s"', 'h"')) as unknown;
const writes = () => emulator.requests.filter(({ method }) => method !== "GET").length;

describe.each<Personality>(["sparse", "explicit"])(
  "all goes as stated (%s answers)",
  (personality) => {
    it.each<[string, BehaviorOptions]>([
      ["by the defaults", {}],
      ["PUT merges in place of replacing", { putMerges: true }],
      ["durations are rewritten", { durationsRewritten: true }],
      ["empty values are refused anywhere", { emptyValuesRejected: true }],
      ["a PUT empties what it can't carry", { putClearsTrustedAccounts: true }],
      ["the MFA settings have their old names", { mfaNames: "old" }],
      ["strict authentication can't be switched off", { strictServiceTokenAuthOff: "rejected" }],
      ["the rate limit is not told", { rateLimitHeaders: false }],
      ["writes have messages", { writeMessages: [{ code: 1, message: "Saved." }] }],
      ["single sign-on holds the domain", { dashboardSso: [ACCOUNT] }],
    ])("where %s", async (_, behavior) => {
      const stack = await set(behavior, personality);
      expect(await stack.up(FIRST)).toBe("created");
      expect(await stack.up(FIRST)).toBe("same");
      expect(await stack.refresh()).toBe("clean");
      expect(await stack.up(SECOND)).toBe("updated");
      expect(await stack.refresh()).toBe("clean");
      expect(await stack.up(SECOND)).toBe("same");
      expect(spelledAlike(live())).toMatchObject(AFTER_SECOND);
      expect(writes()).toBe(2);
    });

    it.each<[string, BehaviorOptions]>([
      ["answers 200", { neverEnabled: "sparse", postStatus: 200 }],
      ["answers 201", { neverEnabled: "not_found", postStatus: 201 }],
    ])("where a POST %s", async (_, behavior) => {
      emulator = await startEmulator({ behavior, personality });
      const stack = new OneResourceStack(organization, emulator);
      const args = { ...FIRST, authDomain: TEAM_DOMAIN };
      expect(await stack.up(args)).toBe("created");
      expect(await stack.up(args)).toBe("same");
      expect(await stack.refresh()).toBe("clean");
    });
  },
);

describe("a write that only shows after a while", () => {
  it("may look like drift, and then settles on what is stated", async () => {
    const stack = await set({ staleReadsAfterWrite: { gets: 1 } });
    await stack.up(FIRST);
    expect(await stack.up(FIRST)).toBe("same");
    await stack.refresh();
    await stack.up(FIRST);
    expect(await stack.refresh()).toBe("clean");
    expect(await stack.up(FIRST)).toBe("same");
    expect(live()).toMatchObject({
      ...LIVE,
      name: "Gadget Corp",
      session_duration: "12h",
      login_design: { header_text: "Ho", footer_text: "Bye" },
    });
    expect(writes()).toBe(1);
  });
});

describe("a refusal is an error with its reason, changes nothing, and is over when the program is", () => {
  it.each<[string, BehaviorOptions, Record<string, unknown>, string]>([
    [
      "null for a duration",
      { nullRejectedFor: ["session_duration"] },
      { sessionDuration: "" },
      "session_duration",
    ],
    [
      "null for an object",
      { nullRejectedFor: ["login_design"] },
      { loginDesign: {} },
      "login_design",
    ],
    [
      "strict authentication off",
      { strictServiceTokenAuthOff: "rejected" },
      { strictServiceTokenAuth: false },
      "strict_service_token_auth",
    ],
    [
      "another domain under single sign-on",
      { dashboardSso: [ACCOUNT], statuses: { dashboardSso: 403 } },
      { authDomain: OTHER_DOMAIN },
      "single sign-on",
    ],
    [
      "a domain that is taken",
      { statuses: { authDomainTaken: 409 } },
      { authDomain: "taken.cloudflareaccess.com" },
      "Choose another",
    ],
    [
      "settings under their old names, although they are answered so",
      { mfaNames: "old_in_responses" },
      { sessionDuration: "1h" },
      "invalid_org_config",
    ],
  ])("%s", async (_, behavior, refused, reason) => {
    const stack = await set(behavior);
    emulator.seed("accounts", OTHER_ACCOUNT, { auth_domain: "taken.cloudflareaccess.com" });
    const fine = { accountId: ACCOUNT, name: LIVE.name };
    await stack.up(fine);
    const before = live();
    await expect(stack.up({ ...fine, ...refused })).rejects.toThrow(reason);
    expect(live()).toEqual(before);
    expect(await stack.refresh()).toBe("clean");
    expect(await stack.up(fine)).toBe("same");
  });

  it("a token at the zone level", async () => {
    const stack = await set({ zoneRejectsTokens: true });
    emulator.seed("zones", ZONE);
    await expect(stack.up({ zoneId: ZONE, name: "Of a zone" })).rejects.toThrow(
      "For zones Cloudflare documents the email and global API key only.",
    );
  });
});

describe("strict authentication that stays on although it is stated off", () => {
  it("is written once in a deployment, and stays visible as drift", async () => {
    const stack = await set({ strictServiceTokenAuthOff: "ignored" });
    const off = { accountId: ACCOUNT, strictServiceTokenAuth: false };
    await stack.up(off);
    expect(writes()).toBe(1);
    expect(stack.outputs.strictServiceTokenAuth).toBe(true);
    expect(live()).toMatchObject({ ...LIVE, strict_service_token_auth: true });
  });
});
