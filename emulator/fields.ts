/** An account or a zone: each has an organization of its own, behind the same routes. */
export type Level = "accounts" | "zones";

/** An organization, DoH settings or a request body under the API's own names. */
export type Settings = Record<string, unknown>;

/** What a zone's POST and PUT take. */
export const ZONE_FIELDS = [
  "auth_domain",
  "name",
  "is_ui_read_only",
  "ui_read_only_toggle_reason",
  "login_design",
  "user_seat_expiration_inactive_time",
] as const;

/** What an account's POST takes. */
export const ACCOUNT_POST_FIELDS = [
  ...ZONE_FIELDS,
  "allow_authenticate_via_warp",
  "auto_redirect_to_identity",
  "deny_unmatched_requests",
  "deny_unmatched_requests_exempted_zone_names",
  "mfa_config",
  "mfa_piv_key_requirements",
  "mfa_required_for_all_apps",
  "service_token_inactivity",
  "session_duration",
  "strict_service_token_auth",
  "warp_auth_non_browser_401",
  "warp_auth_session_duration",
] as const;

/** What an account's PUT takes: custom pages exist only here. */
export const ACCOUNT_PUT_FIELDS = [...ACCOUNT_POST_FIELDS, "custom_pages"] as const;

export type Field = (typeof ACCOUNT_PUT_FIELDS)[number];

/** A zone answers these as well; no request of a zone takes them. */
export const ZONE_ANSWERED_FIELDS = [
  "deny_unmatched_requests",
  "deny_unmatched_requests_exempted_zone_names",
] as const;

/** Answered and never taken. The last four stand in no schema, or no longer. */
export const OUTPUT_ONLY_FIELDS: readonly string[] = [
  "created_at",
  "updated_at",
  "cache_device_posture",
  "has_migrated_private_apps",
  "trusted_accounts",
  "mfa_configuration_allowed",
];

/** What every answer has in no schema, as it is on a fresh organization. */
export function undocumentedFields(): Settings {
  return { cache_device_posture: false, has_migrated_private_apps: false, trusted_accounts: [] };
}

/** What MFA can ask for. The list grew twice in 2026. */
export const AUTHENTICATORS = ["totp", "biometrics", "security_key", "piv_key", "ssh_fido2_key"];

/** The name that `mfa_piv_key_requirements` had until the middle of 2026. */
export const OLD_PIV_KEY_FIELD = "mfa_ssh_piv_key_requirements";

/** Whether the contract knows a key at all; what it does not know is a new API field. */
export function isKnownField(key: string): boolean {
  return (ACCOUNT_PUT_FIELDS as readonly string[]).includes(key);
}

/** The fields that a request of a level and verb takes. */
export function acceptedFields(level: Level, verb: "POST" | "PUT"): readonly Field[] {
  if (level === "zones") return ZONE_FIELDS;
  return verb === "POST" ? ACCOUNT_POST_FIELDS : ACCOUNT_PUT_FIELDS;
}

export function isObject(value: unknown): value is Settings {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
