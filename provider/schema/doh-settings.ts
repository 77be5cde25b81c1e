import type { Definition } from "./definition.js";

/**
 * The account's DNS-over-HTTPS settings. The API returns the designated service token's own object, so
 * most fields belong to that token and are computed outputs here.
 */
export const dohSettings = {
  displayName: "DoH settings",
  scopes: ["accounts"],
  additionalSettings: false,
  aliases: {},
  settings: {
    /**
     * The id of the one service token that may fetch DoH tokens: its `id` (at most 36 characters),
     * not its client id. If it changes, clients of the previous token can no longer fetch DoH tokens.
     */
    serviceTokenId: {
      apiName: "service_token_id",
      responseName: "id",
      type: "string",
      format: "serviceTokenId",
      mayBeOmitted: true,
      risks: [
        { when: "changed", impact: "Clients that use the replaced service token fail at once" },
      ],
    },
    /**
     * How long a DoH token is valid, as a Go duration. Cloudflare's default is `24h`. At most `8760h`, and
     * at most the account's key rotation interval. A change takes up to a minute to reach Cloudflare's edge.
     */
    dohJwtDuration: {
      apiName: "doh_jwt_duration",
      type: "duration",
      max: "8760h",
      shownWhileUnset: "24h",
      mayBeOmitted: true,
    },
  },
  computed: {
    /** The client id of the service token. */
    clientId: { apiName: "client_id", type: "string" },
    /** The name of the service token. */
    name: { apiName: "name", type: "string" },
    /** How long the service token is valid, as a Go duration, or `forever`. */
    duration: { apiName: "duration", type: "string" },
    /** Whether the service token is enabled. */
    enabled: { apiName: "enabled", type: "boolean" },
    /** When the service token expires, as an RFC 3339 time. */
    expiresAt: { apiName: "expires_at", type: "string" },
    /** When the service token was created, as an RFC 3339 time. */
    createdAt: { apiName: "created_at", type: "string" },
    /** When the service token last changed, as an RFC 3339 time. */
    updatedAt: { apiName: "updated_at", type: "string" },
    /** When the service token was last used, as an RFC 3339 time. */
    lastSeenAt: { apiName: "last_seen_at", type: "string" },
  },
  outputOnly: [],
} as const satisfies Definition;
