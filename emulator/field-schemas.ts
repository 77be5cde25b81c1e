import { z } from "zod";
import { durationHours, hasOnlyMinutesAndHours } from "./durations.js";
import { AUTHENTICATORS, type Field } from "./fields.js";
import type { Behavior } from "./behavior.js";

/** What decides, in addition to the contract, whether a field is valid. */
export type FieldRules = { behavior: Behavior; newAuthenticators: ReadonlySet<string> };

const duration = z.string().refine((text) => durationHours(text) !== undefined, {
  error: "is not a duration",
});

const minutesOrHours = duration.refine(hasOnlyMinutesAndHours, {
  error: "accepts only the units m and h",
});

function between(kind: z.ZodType<string>, from: number, to: number) {
  return kind.refine(
    (text) => {
      const hours = durationHours(text);
      return hours !== undefined && hours >= from && hours <= to;
    },
    { error: `must be from ${from}h to ${to}h` },
  );
}

/** A duration field: `""` is accepted in addition if it unsets durations. */
function durationField(kind: z.ZodType<string>, { behavior }: FieldRules): z.ZodType {
  return behavior.emptyDuration === "unset" ? z.literal("").or(kind) : kind;
}

function authenticators({ behavior, newAuthenticators }: FieldRules) {
  const known = AUTHENTICATORS.map((name) =>
    behavior.mfaNames === "old" && name === "piv_key" ? "ssh_piv_key" : name,
  );
  return z.array(
    z.string().refine((name) => known.includes(name) || newAuthenticators.has(name), {
      error: "invalid mfa authenticator type",
    }),
  );
}

function mfaConfig(rules: FieldRules) {
  return z.strictObject({
    allowed_authenticators: authenticators(rules).optional(),
    amr_matching_session_duration: durationField(between(minutesOrHours, 0, 720), rules).optional(),
    required_aaguids: z.guid().optional(),
    session_duration: durationField(between(minutesOrHours, 0, 720), rules).optional(),
  });
}

/** Key sizes by key type. An ed25519 key has no choice of size. */
const KEY_SIZES: Record<string, readonly number[]> = {
  ecdsa: [256, 384, 521],
  ed25519: [],
  rsa: [2048, 3072, 4096],
};

const pivKeyRequirements = z
  .strictObject({
    pin_policy: z.enum(["never", "once", "always"]).optional(),
    require_fips_device: z.boolean().optional(),
    ssh_key_size: z.array(z.literal([256, 384, 521, 2048, 3072, 4096])).optional(),
    ssh_key_type: z.array(z.enum(["ecdsa", "ed25519", "rsa"])).optional(),
    touch_policy: z.enum(["never", "always", "cached"]).optional(),
  })
  .refine(
    ({ ssh_key_type: types = [], ssh_key_size: sizes = [] }) =>
      types.length === 0 ||
      sizes.every((size) => types.some((type) => KEY_SIZES[type]?.includes(size))),
    { path: ["ssh_key_size"], error: "does not match ssh_key_type" },
  );

const text = z.string();

/** Returns the schema of each field, for values other than null. */
export function fieldSchemas(rules: FieldRules): Record<Field, z.ZodType> {
  return {
    allow_authenticate_via_warp: z.boolean(),
    auth_domain: text,
    auto_redirect_to_identity: z.boolean(),
    custom_pages: z.strictObject({
      forbidden: text.optional(),
      identity_denied: text.optional(),
    }),
    deny_unmatched_requests: z.boolean(),
    deny_unmatched_requests_exempted_zone_names: z.array(text),
    is_ui_read_only: z.boolean(),
    login_design: z.strictObject({
      background_color: text.optional(),
      footer_text: text.optional(),
      header_text: text.optional(),
      logo_path: text.optional(),
      text_color: text.optional(),
    }),
    mfa_config: mfaConfig(rules),
    mfa_piv_key_requirements: pivKeyRequirements,
    mfa_required_for_all_apps: z.boolean(),
    name: text.min(1),
    service_token_inactivity: z.strictObject({
      action: z.enum(["disable", "delete"]),
      enabled: z.boolean(),
      inactivity_threshold_days: z.int().min(30).max(365),
    }),
    session_duration: durationField(duration, rules),
    strict_service_token_auth: z.boolean(),
    ui_read_only_toggle_reason: text,
    // One month to one year. Before August 2024, the minimum was two months.
    user_seat_expiration_inactive_time: durationField(between(duration, 730, 8760), rules),
    warp_auth_non_browser_401: z.boolean(),
    // At most 90 days, documented since September 2026.
    warp_auth_session_duration: durationField(between(minutesOrHours, 0, 2160), rules),
  };
}
