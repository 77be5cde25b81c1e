import { team, type Scenario } from "./scenario.js";
import type { Settings } from "../../../emulator/index.js";

const CUSTOMIZED: Settings = {
  auth_domain: "customized.cloudflareaccess.com",
  name: "Customized in the dashboard",
  session_duration: "24h",
  deny_unmatched_requests: true,
  deny_unmatched_requests_exempted_zone_names: ["example.com"],
  login_design: {
    background_color: "#1D1ED1",
    footer_text: "Need help?",
    header_text: "Widget Corp",
  },
  custom_pages: { forbidden: "699d98642c564d2e855e9661899b7252" },
  mfa_config: { allowed_authenticators: ["totp"], session_duration: "24h" },
  mfa_piv_key_requirements: { pin_policy: "once", ssh_key_type: ["ecdsa"], ssh_key_size: [256] },
  service_token_inactivity: { action: "disable", enabled: true, inactivity_threshold_days: 60 },
  // Not in the schema: output-only fields, and a setting that the API might add.
  trusted_accounts: ["0f2ac74b498b48028cb68387c421e279"],
  cache_device_posture: true,
  setting_of_tomorrow: { mode: "strict", level: 0 },
};

/** Live organizations with settings from the dashboard and from newer releases of the API. */
export const ADOPTION: readonly Scenario[] = [
  {
    name: "adoption",
    seed: CUSTOMIZED,
    steps: [
      {
        title: "the adoption of a live organization changes only declared settings",
        args: { sessionDuration: "12h" },
        live: { ...CUSTOMIZED, session_duration: "12h" },
      },
      {
        title: "another list changes only that list",
        args: {
          sessionDuration: "12h",
          denyUnmatchedRequestsExemptedZoneNames: ["example.org", "example.com"],
        },
        live: {
          ...CUSTOMIZED,
          session_duration: "12h",
          deny_unmatched_requests_exempted_zone_names: ["example.org", "example.com"],
        },
      },
    ],
  },
  {
    name: "additional",
    seed: { ...team("additional").live, setting_of_tomorrow: "off" },
    steps: [
      {
        title: "additionalSettings changes a setting that has no typed input",
        args: { additionalSettings: { setting_of_tomorrow: "on" } },
        live: { ...team("additional").live, setting_of_tomorrow: "on" },
      },
      {
        title: "null in additionalSettings clears the setting",
        args: { additionalSettings: { setting_of_tomorrow: null } },
        live: team("additional").live,
      },
    ],
  },
];
