import type { Settings } from "../emulator/index.js";
import { LIST_ID } from "./ids.js";

const PAGE = "699d98642c564d2e855e9661899b7252";

/** An account's organization with every setting set, and one that no release of this package knows. */
export const EVERYTHING: Settings = {
  auth_domain: "widget.cloudflareaccess.com",
  name: 'Widget "Corp"',
  session_duration: "24h",
  warp_auth_session_duration: "36h",
  user_seat_expiration_inactive_time: "1460h",
  allow_authenticate_via_warp: true,
  auto_redirect_to_identity: true,
  warp_auth_non_browser_401: true,
  is_ui_read_only: true,
  ui_read_only_toggle_reason: "Managed by a program",
  deny_unmatched_requests: true,
  deny_unmatched_requests_exempted_zone_names: ["example.com", "example.org"],
  login_design: {
    background_color: "#112233",
    footer_text: "It's a `${template}`\nof two lines",
    header_text: "Widget Corp",
    logo_path:
      "https://example.com/a-logo-whose-address-is-longer-than-a-line-of-code-should-be.png",
    text_color: "#FFFFFF",
  },
  custom_pages: { forbidden: PAGE, identity_denied: PAGE },
  mfa_config: {
    allowed_authenticators: ["totp", "security_key"],
    amr_matching_session_duration: "12h",
    required_aaguids: LIST_ID,
    session_duration: "24h",
  },
  mfa_piv_key_requirements: {
    pin_policy: "always",
    touch_policy: "cached",
    ssh_key_type: ["ecdsa", "rsa"],
    ssh_key_size: [256, 2048],
    require_fips_device: true,
  },
  mfa_required_for_all_apps: true,
  service_token_inactivity: { action: "disable", enabled: true, inactivity_threshold_days: 60 },
  strict_service_token_auth: true,
  setting_of_tomorrow: { mode: "strict", levels: [1, 2], "odd name": null },
};
