import { LIVE_DESIGN } from "./design-values.js";
import { team, type Scenario } from "./scenario.js";
import type { Settings } from "../../../emulator/index.js";

const CUSTOMISED: Settings = {
  auth_domain: "customised.cloudflareaccess.com",
  name: "Customised in the dashboard",
  session_duration: "24h",
  deny_unmatched_requests: true,
  deny_unmatched_requests_exempted_zone_names: ["example.com"],
  login_design: LIVE_DESIGN,
  custom_pages: { forbidden: "699d98642c564d2e855e9661899b7252" },
  mfa_config: { allowed_authenticators: ["totp"], session_duration: "24h" },
  mfa_piv_key_requirements: { pin_policy: "once", ssh_key_type: ["ecdsa"], ssh_key_size: [256] },
  service_token_inactivity: { action: "disable", enabled: true, inactivity_threshold_days: 60 },
  // In no schema: one that only answers carry, and one that the API may have grown since.
  trusted_accounts: ["0f2ac74b498b48028cb68387c421e279"],
  cache_device_posture: true,
  setting_of_tomorrow: { mode: "strict", level: 0 },
};

/** Live organizations that people and newer releases of the API have been at before. */
export const ADOPTION: readonly Scenario[] = [
  {
    name: "adoption",
    seed: CUSTOMISED,
    steps: [
      {
        title: "a live organization is adopted, and only what is stated changes",
        args: { sessionDuration: "12h" },
        live: { ...CUSTOMISED, session_duration: "12h" },
      },
      {
        title: "lists in another order, and a list's items, change nothing else either",
        args: {
          sessionDuration: "12h",
          denyUnmatchedRequestsExemptedZoneNames: ["example.org", "example.com"],
        },
        live: {
          ...CUSTOMISED,
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
        title: "a setting that has no argument yet is passed through",
        args: { additionalSettings: { setting_of_tomorrow: "on" } },
        live: { ...team("additional").live, setting_of_tomorrow: "on" },
      },
      {
        title: "it is cleared",
        args: { additionalSettings: { setting_of_tomorrow: null } },
        live: team("additional").live,
      },
    ],
  },
];
