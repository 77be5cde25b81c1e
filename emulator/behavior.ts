import { z } from "zod";

/**
 * The open questions about the API, each a switch: nobody has published a measurement, or sources
 * disagree. A client has to be safe under every position; the default is the reading with the
 * better evidence, and the stricter one where there is none.
 */
export const behaviorSchema = z.strictObject({
  /** PUT leaves out-of-body settings alone instead of replacing the whole. */
  putMerges: z.boolean().default(false),
  /** What GET answers where Access was never enabled: 403/9999, a 200 without `auth_domain`, a 404 in the API's envelope. */
  neverEnabled: z.enum(["not_enabled", "sparse", "not_found"]).default("not_enabled"),
  /** POST is refused (403/9999) until someone picks a plan in the dashboard. */
  postRefused: z.boolean().default(false),
  /** The status of a successful POST: 201 by schema. */
  postStatus: z.union([z.literal(200), z.literal(201)]).default(201),
  /** `strict_service_token_auth: false` on an organization made since October 2026, where strict is always on: refused with 12062, or ignored. `accepted` is an older organization. */
  strictServiceTokenAuthOff: z.enum(["accepted", "refused", "ignored"]).default("accepted"),
  /** Durations are answered in Go's own spelling: `24h` as `24h0m0s`. */
  durationsRewritten: z.boolean().default(false),
  /** A write shows in GET only after so many GETs, or milliseconds; its own answer shows it at once. */
  writesShowAfter: z
    .strictObject({ gets: z.int().min(0).default(0), ms: z.number().min(0).default(0) })
    .default({ gets: 0, ms: 0 }),
  /** Fields whose null is refused with 12062 instead of clearing them. */
  nullRefused: z.array(z.string()).default([]),
  /** Empty strings, lists and objects anywhere in a body are refused with 12062, not only `""` durations. */
  emptyValuesRefused: z.boolean().default(false),
  /** A zone's PUT resets `deny_unmatched_requests`, which it cannot carry. */
  zonePutResetsDenyUnmatched: z.boolean().default(false),
  /** A zone takes email and key only: tokens get 403/10000. */
  zoneRefusesTokens: z.boolean().default(false),
  /** A PUT empties `trusted_accounts`, which it cannot carry. */
  putEmptiesTrustedAccounts: z.boolean().default(false),
  /** The names of the MFA settings: since mid-2026, before it (`mfa_ssh_piv_key_requirements`, `ssh_piv_key`), or answered old and taken new. */
  mfaNames: z.enum(["new", "old", "old-in-answers"]).default("new"),
  /** Accounts whose dashboard uses SSO: their `auth_domain` cannot change (12106). */
  dashboardSso: z.array(z.string()).default([]),
  /** What GET answers for DoH settings that nobody made. */
  dohUnset: z
    .enum(["null", "empty", "default_duration", "not_found", "not_enabled"])
    .default("null"),
  /** Which part of the DoH answer is there: older forms lack one of the two. */
  dohAnswer: z.enum(["whole", "duration_only", "token_only"]).default("whole"),
  /** The status of a DoH PUT: 201 by schema, 200 by the documentation page. */
  dohPutStatus: z.union([z.literal(200), z.literal(201)]).default(201),
  /** A DoH PUT leaves out-of-body settings alone. */
  dohPutMerges: z.boolean().default(false),
  /** What null does in a DoH PUT. */
  dohNull: z.enum(["clears", "refused"]).default("clears"),
  /** Naming another service token for DoH while the present one is enabled: replaces it, or is refused. */
  dohActiveToken: z.enum(["replaced", "protected"]).default("replaced"),
  /** The `result` of revoke_user. */
  revokeUserResult: z.boolean().default(true),
  /** revoke_user answers `result` and `success` alone by schema; on, it answers the whole envelope. */
  revokeUserWholeEnvelope: z.boolean().default(false),
  /** Where revoke_user reads `devices`: it is documented in both places. */
  revokeUserDevices: z.enum(["either", "query", "body"]).default("either"),
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

/** The switches that differ from their defaults. */
export type BehaviorOptions = z.input<typeof behaviorSchema>;
