/** The two kinds of scopes, as in paths: an account and a zone each have their own organization. */
export type ScopeType = "accounts" | "zones";

/** An organization, DoH settings or a request body, under the API's names. */
export type Settings = Record<string, unknown>;

/** The fields that POST and PUT of a zone accept. */
export const ZONE_FIELDS = [
  "auth_domain",
  "name",
  "is_ui_read_only",
  "ui_read_only_toggle_reason",
  "login_design",
  "user_seat_expiration_inactive_time",
] as const;

/** The fields that POST of an account accepts. */
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

/** The fields that PUT of an account accepts. Only PUT accepts custom pages. */
export const ACCOUNT_PUT_FIELDS = [...ACCOUNT_POST_FIELDS, "custom_pages"] as const;

export type Field = (typeof ACCOUNT_PUT_FIELDS)[number];

/** Fields that responses of a zone contain and its requests do not accept. */
export const ZONE_OUTPUT_ONLY_FIELDS = [
  "deny_unmatched_requests",
  "deny_unmatched_requests_exempted_zone_names",
] as const;

/** Fields that responses contain and requests do not accept. The last four are not in the current schema. */
export const OUTPUT_ONLY_FIELDS: readonly string[] = [
  "created_at",
  "updated_at",
  "cache_device_posture",
  "has_migrated_private_apps",
  "trusted_accounts",
  "mfa_configuration_allowed",
];

/** Fields that responses contain without being in the schema, with the values of a new organization. */
export function undocumentedDefaults(): Settings {
  return { cache_device_posture: false, has_migrated_private_apps: false, trusted_accounts: [] };
}

/** The MFA authenticators. The list grew twice in 2026. */
export const AUTHENTICATORS = ["totp", "biometrics", "security_key", "piv_key", "ssh_fido2_key"];

/** The name of `mfa_piv_key_requirements` until mid-2026. */
export const FORMER_PIV_KEY_FIELD = "mfa_ssh_piv_key_requirements";

/** Whether the contract knows a field. Other fields count as new in the API. */
export function isKnownField(key: string): boolean {
  return (ACCOUNT_PUT_FIELDS as readonly string[]).includes(key);
}

/** Returns the fields that a request accepts. */
export function requestFields(scopeType: ScopeType, verb: "POST" | "PUT"): readonly Field[] {
  if (scopeType === "zones") return ZONE_FIELDS;
  return verb === "POST" ? ACCOUNT_POST_FIELDS : ACCOUNT_PUT_FIELDS;
}

export function isObject(value: unknown): value is Settings {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
