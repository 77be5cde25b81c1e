import type { OrganizationUpdateParams } from "cloudflare/resources/zero-trust/organizations/organizations";
import { LIST_ID, TEAM_DOMAIN } from "../ids.js";

/** Makes all properties required, also those of objects. */
type Whole<T> = T extends readonly unknown[]
  ? T
  : T extends object
    ? { [Key in keyof T]-?: Whole<NonNullable<T[Key]>> }
    : T;

/** Every setting that the official client knows. A new one causes a type error here. */
type AllSettings = Whole<Omit<OrganizationUpdateParams, "account_id" | "zone_id">>;

/** `ZONE_SETTINGS` in the types of the official client. */
export const REFERENCE_ZONE_SETTINGS = {
  name: "Widget Corp",
  auth_domain: TEAM_DOMAIN,
  is_ui_read_only: true,
  ui_read_only_toggle_reason: "managed elsewhere",
  login_design: {
    background_color: "#C5ed1b",
    footer_text: "Widget Corp, Amsterdam",
    header_text: "Welcome",
    logo_path: "https://example.com/logo.png",
    text_color: "#101820",
  },
  user_seat_expiration_inactive_time: "1460h",
};

/** `SETTINGS` in the types of the official client. */
export const REFERENCE_SETTINGS: AllSettings = {
  ...REFERENCE_ZONE_SETTINGS,
  allow_authenticate_via_warp: true,
  auto_redirect_to_identity: true,
  custom_pages: {
    forbidden: "699d98642c564d2e855e9661899b7252",
    identity_denied: "0f1e2d3c4b5a69788796a5b4c3d2e1f0",
  },
  deny_unmatched_requests: true,
  deny_unmatched_requests_exempted_zone_names: ["example.com", "example.org"],
  mfa_config: {
    allowed_authenticators: ["totp", "biometrics", "security_key"],
    amr_matching_session_duration: "12h",
    required_aaguids: LIST_ID,
    session_duration: "24h",
  },
  mfa_piv_key_requirements: {
    pin_policy: "always",
    touch_policy: "always",
    ssh_key_type: ["ecdsa", "rsa"],
    ssh_key_size: [256, 2048],
    require_fips_device: true,
  },
  mfa_required_for_all_apps: true,
  service_token_inactivity: { action: "disable", enabled: true, inactivity_threshold_days: 30 },
  session_duration: "24h",
  strict_service_token_auth: true,
  warp_auth_non_browser_401: true,
  warp_auth_session_duration: "36h",
};
