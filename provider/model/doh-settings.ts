import type { Description } from "./description.js";

/**
 * The account's DNS-over-HTTPS settings. The API answers with the designated service token's own
 * object, so most of what it shows belongs to that token and is computed here.
 */
export const dohSettings = {
  noun: "DoH settings",
  levels: ["accounts"],
  passThrough: false,
  formerNames: {},
  settings: {
    /**
     * The id of the one service token that may fetch DoH tokens: its `id` (at most 36 characters),
     * not its client id. Naming another token replaces it.
     */
    serviceTokenId: {
      wire: "service_token_id",
      answeredAs: "id",
      type: "string",
      format: "serviceTokenId",
      mayGoUnanswered: true,
    },
    /**
     * How long a DoH token is valid, as a Go duration. Cloudflare's default is 24h; at most 8760h,
     * and no longer than the account's key rotation interval. A change may take a minute to reach the edge.
     */
    dohJwtDuration: {
      wire: "doh_jwt_duration",
      type: "duration",
      max: "8760h",
      shownUnset: "24h",
      mayGoUnanswered: true,
    },
  },
  computed: {
    /** The client id of the service token. */
    clientId: { wire: "client_id", type: "string" },
    /** The name of the service token. */
    name: { wire: "name", type: "string" },
    /** How long the service token is valid, as a Go duration, or `forever`. */
    duration: { wire: "duration", type: "string" },
    /** Whether the service token is enabled. */
    enabled: { wire: "enabled", type: "boolean" },
    /** When the service token expires, as an RFC 3339 time. */
    expiresAt: { wire: "expires_at", type: "string" },
    /** When the service token was made, as an RFC 3339 time. */
    createdAt: { wire: "created_at", type: "string" },
    /** When the service token last changed, as an RFC 3339 time. */
    updatedAt: { wire: "updated_at", type: "string" },
    /** When the service token was last used, as an RFC 3339 time. */
    lastSeenAt: { wire: "last_seen_at", type: "string" },
  },
  responseOnly: [],
} as const satisfies Description;
