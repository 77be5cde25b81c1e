import { startEmulator, type Emulator, type Personality } from "../../emulator/index.js";
import { ACCOUNT, call, ORGANIZATION, TEAM, ZONE, ZONE_ORGANIZATION } from "./calls.js";

let emulator: Emulator;
beforeEach(async () => {
  emulator = await startEmulator();
  emulator.seed("accounts", ACCOUNT, TEAM);
});
afterEach(() => emulator.close());

async function responseOf(personality: Personality, settings: object = {}, path = ORGANIZATION) {
  emulator.personality = personality;
  await call(emulator, "PUT", path, { ...TEAM, ...settings });
  const { result } = await call(emulator, "GET", path);
  const { created_at, updated_at, ...rest } = result;
  expect([created_at, updated_at].map((moment) => Date.parse(String(moment)))).not.toContain(NaN);
  return rest;
}

const ALWAYS = {
  ...TEAM,
  cache_device_posture: false,
  has_migrated_private_apps: false,
  trusted_accounts: [],
};

describe("the typical personality", () => {
  it("spells out booleans except auto_redirect_to_identity, an empty login design, and nothing else", async () => {
    expect(await responseOf("typical")).toEqual({
      ...ALWAYS,
      allow_authenticate_via_warp: false,
      deny_unmatched_requests: false,
      is_ui_read_only: false,
      login_design: {},
      mfa_required_for_all_apps: false,
      strict_service_token_auth: false,
      warp_auth_non_browser_401: false,
    });
  });

  it("does not add unset members to a login design", async () => {
    const login_design = { header_text: "Hello" };
    expect((await responseOf("typical", { login_design })).login_design).toEqual(login_design);
  });

  it("returns only the fields of a zone", async () => {
    emulator.remove("accounts", ACCOUNT);
    emulator.seed("zones", ZONE, TEAM);
    expect(await responseOf("typical", {}, ZONE_ORGANIZATION)).toEqual({
      ...ALWAYS,
      deny_unmatched_requests: false,
      is_ui_read_only: false,
      login_design: {},
    });
  });
});

describe("the sparse personality", () => {
  it("omits unset settings, and returns three undocumented fields", async () => {
    expect(await responseOf("sparse")).toEqual(ALWAYS);
  });

  it("omits auto_redirect_to_identity while it is false, and returns other booleans that were set to false", async () => {
    const off = { auto_redirect_to_identity: false, deny_unmatched_requests: false };
    expect(await responseOf("sparse", off)).toEqual({ ...ALWAYS, deny_unmatched_requests: false });
  });

  it("omits empty objects, lists and members", async () => {
    const settings = {
      login_design: { header_text: "Hello", footer_text: "" },
      custom_pages: {},
      mfa_piv_key_requirements: { ssh_key_type: [], pin_policy: "once" },
      deny_unmatched_requests_exempted_zone_names: [],
    };
    expect(await responseOf("sparse", settings)).toEqual({
      ...ALWAYS,
      login_design: { header_text: "Hello" },
      mfa_piv_key_requirements: { pin_policy: "once" },
    });
  });

  it("omits an inactivity policy that a PUT disabled", async () => {
    const service_token_inactivity = {
      action: "delete",
      enabled: false,
      inactivity_threshold_days: 60,
    };
    expect(await responseOf("sparse", { service_token_inactivity })).toEqual(ALWAYS);
  });
});

describe("the explicit personality", () => {
  it("spells out unset settings", async () => {
    expect(await responseOf("explicit")).toEqual({
      ...ALWAYS,
      allow_authenticate_via_warp: false,
      auto_redirect_to_identity: false,
      custom_pages: { forbidden: "", identity_denied: "" },
      deny_unmatched_requests: false,
      deny_unmatched_requests_exempted_zone_names: [],
      is_ui_read_only: false,
      login_design: {
        background_color: "",
        footer_text: "",
        header_text: "",
        logo_path: "",
        text_color: "",
      },
      mfa_config: null,
      mfa_piv_key_requirements: {},
      mfa_required_for_all_apps: false,
      service_token_inactivity: {
        action: "disable",
        enabled: false,
        inactivity_threshold_days: 90,
      },
      session_duration: "",
      strict_service_token_auth: false,
      ui_read_only_toggle_reason: "",
      user_seat_expiration_inactive_time: "",
      warp_auth_non_browser_401: false,
      warp_auth_session_duration: "",
    });
  });

  it("spells out unset members of an object", async () => {
    const { login_design, mfa_config } = await responseOf("explicit", {
      login_design: { background_color: "#C5ed1B" },
      mfa_config: { allowed_authenticators: ["security_key", "totp"] },
    });
    expect(login_design).toEqual({
      background_color: "#C5ed1B",
      footer_text: "",
      header_text: "",
      logo_path: "",
      text_color: "",
    });
    expect(mfa_config).toEqual({
      allowed_authenticators: ["security_key", "totp"],
      amr_matching_session_duration: "",
      required_aaguids: "",
      session_duration: "",
    });
  });

  it("returns the server's defaults for a disabled inactivity policy, whatever was sent", async () => {
    const service_token_inactivity = {
      action: "delete",
      enabled: false,
      inactivity_threshold_days: 60,
    };
    expect(await responseOf("explicit", { service_token_inactivity })).toMatchObject({
      service_token_inactivity: {
        action: "disable",
        enabled: false,
        inactivity_threshold_days: 90,
      },
    });
  });

  it("returns only the fields of a zone", async () => {
    emulator.remove("accounts", ACCOUNT);
    emulator.seed("zones", ZONE, TEAM);
    expect(Object.keys(await responseOf("explicit", {}, ZONE_ORGANIZATION)).sort()).toEqual([
      "auth_domain",
      "cache_device_posture",
      "deny_unmatched_requests",
      "deny_unmatched_requests_exempted_zone_names",
      "has_migrated_private_apps",
      "is_ui_read_only",
      "login_design",
      "name",
      "trusted_accounts",
      "ui_read_only_toggle_reason",
      "user_seat_expiration_inactive_time",
    ]);
  });
});

describe.each<Personality>(["typical", "sparse", "explicit"])(
  "every personality (%s)",
  (personality) => {
    it("returns seeded values outside their bounds unchanged", async () => {
      const settings = {
        service_token_inactivity: { action: "", enabled: false, inactivity_threshold_days: 0 },
        user_seat_expiration_inactive_time: "720h",
        warp_auth_session_duration: "0s",
      };
      emulator.personality = personality;
      emulator.seed("accounts", ACCOUNT, { ...TEAM, ...settings });
      expect((await call(emulator, "GET", ORGANIZATION)).result).toMatchObject(settings);
    });

    it("hides the toggle reason while the dashboard is not read-only, even if it was just sent", async () => {
      const reason = { ui_read_only_toggle_reason: "maintenance" };
      const hidden = await responseOf(personality, reason);
      expect(hidden.ui_read_only_toggle_reason ?? "").toBe("");
      const shown = await responseOf(personality, { ...reason, is_ui_read_only: true });
      expect(shown.ui_read_only_toggle_reason).toBe("maintenance");
    });

    it("keeps the spelling of durations, the order of lists and the case of colors", async () => {
      const settings = {
        session_duration: "36h",
        warp_auth_session_duration: "1440m",
        user_seat_expiration_inactive_time: "1460h",
        mfa_config: {
          allowed_authenticators: ["totp", "biometrics"],
          amr_matching_session_duration: "12h",
          required_aaguids: "2fc0579f-8113-47ea-b116-bb5a8db9202a",
          session_duration: "24h",
        },
        service_token_inactivity: {
          action: "delete",
          enabled: true,
          inactivity_threshold_days: 60,
        },
        mfa_piv_key_requirements: {
          pin_policy: "always",
          require_fips_device: true,
          ssh_key_size: [2048, 256],
          ssh_key_type: ["rsa", "ecdsa"],
          touch_policy: "always",
        },
      };
      expect(await responseOf(personality, settings)).toMatchObject(settings);
    });
  },
);
