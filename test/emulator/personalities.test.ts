import { startEmulator, type Emulator, type Personality } from "../../emulator/index.js";
import { ACCOUNT, call, ORGANIZATION, TEAM, ZONE, ZONE_ORGANIZATION } from "./calls.js";

let emulator: Emulator;
beforeEach(async () => {
  emulator = await startEmulator();
  emulator.seed("accounts", ACCOUNT, TEAM);
});
afterEach(() => emulator.close());

async function answer(personality: Personality, settings: object = {}, path = ORGANIZATION) {
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
    expect(await answer("typical")).toEqual({
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
    expect(await answer("typical", { login_design })).toMatchObject({ login_design });
    expect((await answer("typical", { login_design })).login_design).toEqual(login_design);
  });

  it("returns only the fields of a zone", async () => {
    emulator.remove("accounts", ACCOUNT);
    emulator.seed("zones", ZONE, TEAM);
    expect(await answer("typical", {}, ZONE_ORGANIZATION)).toEqual({
      ...ALWAYS,
      deny_unmatched_requests: false,
      is_ui_read_only: false,
      login_design: {},
    });
  });
});

describe("the sparse personality", () => {
  it("leaves out what is unset, and always answers three keys of no schema", async () => {
    expect(await answer("sparse")).toEqual(ALWAYS);
  });

  it("leaves out auto_redirect_to_identity while it is false, and shows other stated falses", async () => {
    const off = { auto_redirect_to_identity: false, deny_unmatched_requests: false };
    expect(await answer("sparse", off)).toEqual({ ...ALWAYS, deny_unmatched_requests: false });
  });

  it("leaves out empty objects, lists and members", async () => {
    const settings = {
      login_design: { header_text: "Hello", footer_text: "" },
      custom_pages: {},
      mfa_piv_key_requirements: { ssh_key_type: [], pin_policy: "once" },
      deny_unmatched_requests_exempted_zone_names: [],
    };
    expect(await answer("sparse", settings)).toEqual({
      ...ALWAYS,
      login_design: { header_text: "Hello" },
      mfa_piv_key_requirements: { pin_policy: "once" },
    });
  });

  it("leaves out a disabled inactivity rule", async () => {
    const service_token_inactivity = {
      action: "delete",
      enabled: false,
      inactivity_threshold_days: 60,
    };
    expect(await answer("sparse", { service_token_inactivity })).toEqual(ALWAYS);
  });
});

describe("the explicit personality", () => {
  it("spells out what is unset", async () => {
    expect(await answer("explicit")).toEqual({
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

  it("spells out the missing members of an object", async () => {
    const { login_design, mfa_config } = await answer("explicit", {
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

  it("answers a disabled inactivity rule with the server's defaults, whatever was sent", async () => {
    const service_token_inactivity = {
      action: "delete",
      enabled: false,
      inactivity_threshold_days: 60,
    };
    expect(await answer("explicit", { service_token_inactivity })).toMatchObject({
      service_token_inactivity: {
        action: "disable",
        enabled: false,
        inactivity_threshold_days: 90,
      },
    });
  });

  it("answers a zone's fields only", async () => {
    emulator.remove("accounts", ACCOUNT);
    emulator.seed("zones", ZONE, TEAM);
    expect(Object.keys(await answer("explicit", {}, ZONE_ORGANIZATION)).sort()).toEqual([
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
    it("hide the toggle reason while the dashboard is not locked, even if it was just sent", async () => {
      const reason = { ui_read_only_toggle_reason: "maintenance" };
      const hidden = await answer(personality, reason);
      expect(hidden.ui_read_only_toggle_reason ?? "").toBe("");
      const shown = await answer(personality, { ...reason, is_ui_read_only: true });
      expect(shown.ui_read_only_toggle_reason).toBe("maintenance");
    });

    it("answer what was sent: duration spellings, order of lists, case of colours", async () => {
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
      expect(await answer(personality, settings)).toMatchObject(settings);
    });
  },
);
