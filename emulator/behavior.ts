import { z } from "zod";

/**
 * The open questions about the API, each a behavior: nobody has published a measurement, or sources
 * disagree. A client has to be safe under every position; the default is the reading with the
 * better evidence, and the stricter one where there is none.
 */
export const behaviorSchema = z.strictObject({
  /** PUT leaves out-of-body settings alone instead of replacing the whole. */
  putMerges: z.boolean().default(false),
  /** What GET answers where Access was never enabled: 403/9999, a 200 without `auth_domain`, a 404 in the API's envelope. */
  neverEnabled: z.enum(["not_enabled", "sparse", "not_found"]).default("not_enabled"),
  /** What a PUT does where no organization exists: it is rejected as `neverEnabled` says, or it creates one. */
  putWithoutOrganization: z.enum(["rejected", "creates"]).default("rejected"),
  /**
   * The fields that responses to POST and PUT lack although GET returns them: `trusted_accounts` and
   * `cache_device_posture`, and by the published types also `created_at` and `updated_at`.
   */
  writeResponseOmits: z
    .enum(["nothing", "get_only_fields", "get_only_fields_and_timestamps"])
    .default("nothing"),
  /** What a zone does with account-only fields in POST and PUT: it ignores them, or rejects the body with 12062. */
  zoneAccountFields: z.enum(["ignored", "rejected"]).default("ignored"),
  /** What `""` does where a duration is expected: the body is rejected with 12062, or the setting is unset. */
  emptyDuration: z.enum(["rejected", "unset"]).default("rejected"),
  /** POST is refused (403/9999) until someone picks a plan in the dashboard. */
  postRejected: z.boolean().default(false),
  /** The status of a successful POST: 201 by schema. */
  postStatus: z.union([z.literal(200), z.literal(201)]).default(201),
  /** `strict_service_token_auth: false` on an organization made since October 2026, where strict is always on: refused with 12062, or ignored. `accepted` is an older organization. */
  strictServiceTokenAuthOff: z.enum(["accepted", "rejected", "ignored"]).default("accepted"),
  /** Durations are answered in Go's own spelling: `24h` as `24h0m0s`. */
  durationsRewritten: z.boolean().default(false),
  /** A write shows in GET only after so many GETs, or milliseconds; its own answer shows it at once. */
  staleReadsAfterWrite: z
    .strictObject({ gets: z.int().min(0).default(0), ms: z.number().min(0).default(0) })
    .default({ gets: 0, ms: 0 }),
  /** Fields whose null is refused with 12062 instead of clearing them. */
  nullRejectedFor: z.array(z.string()).default([]),
  /** Empty strings, lists and objects anywhere in a body are refused with 12062, not only `""` durations. */
  emptyValuesRejected: z.boolean().default(false),
  /** A zone's PUT resets `deny_unmatched_requests`, which it cannot carry. */
  zonePutResetsDenyUnmatched: z.boolean().default(false),
  /** A zone takes email and key only: tokens get 403/10000. */
  zoneRejectsTokens: z.boolean().default(false),
  /** A PUT empties `trusted_accounts`, which it cannot carry. */
  putClearsTrustedAccounts: z.boolean().default(false),
  /** The names of the MFA settings: since mid-2026, before it (`mfa_ssh_piv_key_requirements`, `ssh_piv_key`), or answered old and taken new. */
  mfaNames: z.enum(["new", "old", "old_in_responses"]).default("new"),
  /** Accounts whose dashboard uses SSO: their `auth_domain` cannot change (12106). */
  dashboardSso: z.array(z.string()).default([]),
  /** What GET answers for DoH settings that nobody made. */
  dohUnset: z
    .enum(["null", "empty", "default_duration", "not_found", "not_enabled"])
    .default("null"),
  /** Which part of the DoH answer is there: older forms lack one of the two. */
  dohResponse: z.enum(["complete", "duration_only", "token_only"]).default("complete"),
  /** The status of a DoH PUT: 201 by schema, 200 by the documentation page. */
  dohPutStatus: z.union([z.literal(200), z.literal(201)]).default(201),
  /** A DoH PUT leaves out-of-body settings alone. */
  dohPutMerges: z.boolean().default(false),
  /** What null does in a DoH PUT. */
  dohNull: z.enum(["clears", "rejected"]).default("clears"),
  /** Naming another service token for DoH while the present one is enabled: replaces it, or is refused. */
  dohActiveToken: z.enum(["replaced", "protected"]).default("replaced"),
  /** The `result` of revoke_user. */
  revokeUserResult: z.boolean().default(true),
  /** revoke_user answers `result` and `success` alone by schema; on, it answers the whole envelope. */
  revokeUserFullEnvelope: z.boolean().default(false),
  /** Where revoke_user reads `devices`: it is documented in both places. */
  revokeUserDevices: z.enum(["either", "query", "body"]).default("either"),
  /** Whether a credential may read the audit log, which takes the permission "Account Settings" Read. */
  auditLogPermission: z.enum(["granted", "missing"]).default("granted"),
  /** How an entry of the audit log carries the request's body. */
  auditLogRequest: z.enum(["object", "text", "absent"]).default("object"),
  /** What filters such as `raw_uri` do: they compare exactly, `raw_uri` as a prefix, not at all, or the query is rejected with 400. */
  auditLogFilter: z.enum(["exact", "prefix", "ignored", "rejected"]).default("exact"),
  /** Where a page names the next one: `result_info.cursor`, `result_info.cursors.after`, or both. */
  auditLogCursor: z.enum(["both", "cursor", "cursors"]).default("both"),
  /** Milliseconds until a write appears in the audit log. */
  auditLogDelayMs: z.number().min(0).default(0),
  /** Days after which entries disappear from the audit log. */
  auditLogRetentionDays: z.number().min(0).default(30),
  /** What the dashboard's own PUT carries, as the audit log shows it: the complete object, or only the changed settings. */
  dashboardRequest: z.enum(["complete", "changes"]).default("complete"),
  /** `messages` that every successful write answers. */
  writeMessages: z.array(z.object({ code: z.int(), message: z.string() })).default([]),
  /** Whether the `Ratelimit` headers are there at all: they exist since September 2025. */
  rateLimitHeaders: z.boolean().default(true),
  /** The HTTP statuses that nobody has published; the codes beside them are known, but for `conflict`. */
  statuses: z
    .strictObject({
      invalidAuthDomain: z.int().default(400),
      authDomainTaken: z.int().default(400),
      dashboardSso: z.int().default(400),
      conflict: z.int().default(409),
      serviceTokenNotFound: z.int().default(404),
    })
    .default({
      invalidAuthDomain: 400,
      authDomainTaken: 400,
      dashboardSso: 400,
      conflict: 409,
      serviceTokenNotFound: 404,
    }),
});

/** Every switch with its position. */
export type Behavior = z.output<typeof behaviorSchema>;

/** The behavior that differ from their defaults. */
export type BehaviorOptions = z.input<typeof behaviorSchema>;
