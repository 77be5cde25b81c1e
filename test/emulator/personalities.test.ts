import {
  PERSONALITIES,
  startEmulator,
  type Emulator,
  type Personality,
} from "../../emulator/index.js";
import { ACCOUNT, call, ORGANIZATION, TEAM } from "./calls.js";

let emulator: Emulator;
beforeEach(async () => {
  emulator = await startEmulator();
  emulator.seed("accounts", ACCOUNT, TEAM);
});
afterEach(() => emulator.close());

async function responseOf(personality: Personality, settings: object = {}) {
  emulator.personality = personality;
  await call(emulator, "PUT", ORGANIZATION, { ...TEAM, ...settings });
  const { result } = await call(emulator, "GET", ORGANIZATION);
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

const UNSET = {
  typical: {
    allow_authenticate_via_warp: false,
    deny_unmatched_requests: false,
    is_ui_read_only: false,
    login_design: {},
    mfa_required_for_all_apps: false,
    strict_service_token_auth: false,
    warp_auth_non_browser_401: false,
  },
  sparse: {},
  explicit: {
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
    service_token_inactivity: { action: "disable", enabled: false, inactivity_threshold_days: 90 },
    session_duration: "",
    strict_service_token_auth: false,
    ui_read_only_toggle_reason: "",
    user_seat_expiration_inactive_time: "",
    warp_auth_non_browser_401: false,
    warp_auth_session_duration: "",
  },
};

describe.each(PERSONALITIES)("every personality (%s)", (personality) => {
  it("spells unset settings in its way", async () => {
    expect(await responseOf(personality)).toEqual({ ...ALWAYS, ...UNSET[personality] });
  });

  it("returns a disabled inactivity policy as an unset one, whatever was sent", async () => {
    const policy = { action: "delete", enabled: false, inactivity_threshold_days: 60 };
    expect(await responseOf(personality, { service_token_inactivity: policy })).toEqual({
      ...ALWAYS,
      ...UNSET[personality],
    });
  });

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
      warp_auth_session_duration: "1440m",
      login_design: { background_color: "#C5ed1B" },
      mfa_config: { allowed_authenticators: ["totp", "biometrics"], session_duration: "90m" },
      mfa_piv_key_requirements: { ssh_key_size: [2048, 256], ssh_key_type: ["rsa", "ecdsa"] },
      service_token_inactivity: { action: "delete", enabled: true, inactivity_threshold_days: 60 },
    };
    expect(await responseOf(personality, settings)).toMatchObject(settings);
  });
});

describe("objects with unset members", () => {
  it("are returned without them by typical and sparse responses", async () => {
    const settings = {
      login_design: { header_text: "Hello", footer_text: "" },
      custom_pages: {},
      mfa_piv_key_requirements: { ssh_key_type: [], pin_policy: "once" },
    };
    for (const personality of ["typical", "sparse"] as const)
      expect(await responseOf(personality, settings)).toEqual({
        ...ALWAYS,
        ...UNSET[personality],
        login_design: { header_text: "Hello" },
        mfa_piv_key_requirements: { pin_policy: "once" },
      });
  });

  it("are returned with them by explicit responses", async () => {
    const { login_design, mfa_config } = await responseOf("explicit", {
      login_design: { background_color: "#112233" },
      mfa_config: { allowed_authenticators: ["security_key", "totp"] },
    });
    const { login_design: unset } = UNSET.explicit;
    expect(login_design).toEqual({ ...unset, background_color: "#112233" });
    expect(mfa_config).toEqual({
      allowed_authenticators: ["security_key", "totp"],
      amr_matching_session_duration: "",
      required_aaguids: "",
      session_duration: "",
    });
  });
});

describe("false", () => {
  it("is returned by sparse responses if it was sent, except for auto_redirect_to_identity", async () => {
    const off = { auto_redirect_to_identity: false, deny_unmatched_requests: false };
    expect(await responseOf("sparse", off)).toEqual({ ...ALWAYS, deny_unmatched_requests: false });
  });
});
