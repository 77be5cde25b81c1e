import { z } from "zod";

/**
 * Options for open questions about the API: no measurement is published, or sources disagree. A
 * client must be safe under every value. The default is the value with the better evidence, or the
 * stricter one if there is none.
 */
export const behaviorSchema = z.strictObject({
  /** Whether PUT keeps settings that the body lacks, instead of replacing the whole object. */
  putMerges: z.boolean().default(false),
  /** The response to GET where Access was never enabled: 403 with 9999, a 200 without `auth_domain`, or a 404. */
  neverEnabled: z.enum(["not_enabled", "sparse", "not_found"]).default("not_enabled"),
  /** What PUT does where no organization exists: it is rejected with the response of `neverEnabled`, or it creates one. */
  putWithoutOrganization: z.enum(["rejected", "creates"]).default("rejected"),
  /**
   * The fields that responses to POST and PUT lack although GET returns them: `trusted_accounts` and
   * `cache_device_posture`, and also `created_at` and `updated_at` according to the published types.
   */
  writeResponseOmits: z
    .enum(["get_only_fields", "get_only_fields_and_timestamps", "nothing"])
    .default("get_only_fields"),
  /** What a zone does with account-only fields in POST and PUT: it ignores them, or rejects the body with 12062. */
  zoneAccountFields: z.enum(["ignored", "rejected"]).default("ignored"),
  /** What `""` does where a duration is expected: the body is rejected with 12062, or the setting is unset. */
  emptyDuration: z.enum(["rejected", "unset"]).default("rejected"),
  /** Whether POST is rejected with 403 and 9999 until someone selects a plan in the dashboard. */
  postRejected: z.boolean().default(false),
  /** The status of a successful POST. The schema says 201. */
  postStatus: z.union([z.literal(200), z.literal(201)]).default(201),
  /**
   * What `strict_service_token_auth: false` does. Organizations created since October 2026 always have
   * it on: they reject `false` with 12062, or ignore it. Older ones accept it.
   */
  strictServiceTokenAuthOff: z.enum(["accepted", "rejected", "ignored"]).default("accepted"),
  /** Whether responses spell durations as Go prints them: `24h` as `24h0m0s`. */
  durationsRewritten: z.boolean().default(false),
  /** For how many GETs, and for how many milliseconds, GET returns the object as it was before a write. */
  staleReadsAfterWrite: z
    .strictObject({ gets: z.int().min(0).default(0), ms: z.number().min(0).default(0) })
    .default({ gets: 0, ms: 0 }),
  /** Fields for which `null` is rejected with 12062 instead of clearing them. */
  nullRejectedFor: z.array(z.string()).default([]),
  /** Whether empty strings, lists and objects anywhere in a body are rejected with 12062. */
  emptyValuesRejected: z.boolean().default(false),
  /** Whether the PUT of a zone resets `deny_unmatched_requests`, which it cannot carry. */
  zonePutResetsDenyUnmatched: z.boolean().default(false),
  /** Whether zones reject API tokens with 403 and 10000, and accept only email and API key. */
  zoneRejectsTokens: z.boolean().default(false),
  /** Whether PUT empties `trusted_accounts`, which it cannot carry. */
  putClearsTrustedAccounts: z.boolean().default(false),
  /**
   * The names of the MFA settings: those since mid-2026, the former ones
   * (`mfa_ssh_piv_key_requirements`, `ssh_piv_key`), or the former ones in responses only.
   */
  mfaNames: z.enum(["new", "old", "old_in_responses"]).default("new"),
  /** Ids of accounts whose dashboard uses SSO. Their `auth_domain` cannot change (12106). */
  dashboardSso: z.array(z.string()).default([]),
  /** The result of GET while no DoH settings exist. */
  dohUnset: z
    .enum(["null", "empty", "default_duration", "not_found", "not_enabled"])
    .default("null"),
  /** The parts of a DoH response. Older forms lack the service token or the duration. */
  dohResponse: z.enum(["complete", "duration_only", "token_only"]).default("complete"),
  /** The status of a DoH PUT. The schema says 201, the documentation says 200. */
  dohPutStatus: z.union([z.literal(200), z.literal(201)]).default(201),
  /** Whether a DoH PUT keeps settings that the body lacks. */
  dohPutMerges: z.boolean().default(false),
  /** What `null` does in a DoH PUT. */
  dohNull: z.enum(["clears", "rejected"]).default("clears"),
  /** What happens to an active DoH service token if a PUT names another one: it is replaced, or the PUT is rejected. */
  dohActiveToken: z.enum(["replaced", "protected"]).default("replaced"),
  /** The `result` of revoke_user. */
  revokeUserResult: z.boolean().default(true),
  /** Whether revoke_user returns the full envelope. The schema has only `result` and `success`. */
  revokeUserFullEnvelope: z.boolean().default(false),
  /** Where revoke_user reads `devices` from. Both places are documented. */
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
  /** The request of a dashboard edit in the audit log: the complete object, or only the changed settings. */
  dashboardRequest: z.enum(["complete", "changes"]).default("complete"),
  /** The `messages` in the response to every successful write. */
  writeMessages: z.array(z.object({ code: z.int(), message: z.string() })).default([]),
  /** Whether responses have the `Ratelimit` headers, which exist since September 2025. */
  rateLimitHeaders: z.boolean().default(true),
  /** HTTP statuses that are not published. Except for `conflict`, their error codes are. */
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

/** The value of every behavior option. */
export type Behavior = z.output<typeof behaviorSchema>;

/** The behavior options that differ from their defaults. */
export type BehaviorOptions = z.input<typeof behaviorSchema>;
