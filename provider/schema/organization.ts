import type { Definition } from "./definition.js";

/**
 * The Zero Trust organization. Limits and enums are those of Cloudflare's API reference as of
 * 2026-11; limits on durations stand in its prose only.
 */
export const organization = {
  displayName: "Zero Trust organization",
  scopes: ["accounts", "zones"],
  additionalSettings: true,
  aliases: { mfaSshPivKeyRequirements: "mfaPivKeyRequirements" },
  settings: {
    /** The display name, shown on the login page. Can be changed but not cleared. */
    name: { apiName: "name", type: "string", zone: true, required: true },
    /**
     * The full host name of the login page, `<team name>.cloudflareaccess.com`: no scheme, no path.
     * Unique among all of Cloudflare's customers. A change takes effect in place, changes every login URL and
     * ends all sessions; it is refused while single sign-on to the dashboard is active. Can be changed but not cleared.
     */
    authDomain: {
      apiName: "auth_domain",
      type: "string",
      format: "host",
      zone: true,
      required: true,
      risk: { when: "changed", impact: "every login URL changes, and all sessions end" },
    },
    /** Users may authenticate with their WARP session. Default `false`; an application can override it. */
    allowAuthenticateViaWarp: { apiName: "allow_authenticate_via_warp", type: "boolean" },
    /** Skips the choice of an identity provider when there is only one. Default `false`. */
    autoRedirectToIdentity: { apiName: "auto_redirect_to_identity", type: "boolean" },
    /** Custom pages shown in place of Cloudflare's. */
    customPages: {
      apiName: "custom_pages",
      type: "object",
      putOnly: true,
      members: {
        /** The uid of the custom page shown when access is forbidden. */
        forbidden: { apiName: "forbidden", type: "string" },
        /** The uid of the custom page shown when the identity is denied. */
        identityDenied: { apiName: "identity_denied", type: "string" },
      },
    },
    /**
     * Blocks requests to host names of the account that no Access application covers. It is only
     * ever switched off by an explicit `false`, never by leaving it out.
     */
    denyUnmatchedRequests: {
      apiName: "deny_unmatched_requests",
      type: "boolean",
      risk: {
        when: "switched off",
        impact: "requests to hosts that no Access application covers will get through",
      },
    },
    /** Zone names that `denyUnmatchedRequests` does not apply to, such as `example.com`. The order means nothing. */
    denyUnmatchedRequestsExemptedZoneNames: {
      apiName: "deny_unmatched_requests_exempted_zone_names",
      type: "list",
      items: "string",
      format: "host",
    },
    /** Locks the Zero Trust settings in the dashboard; the API still changes them. Default `false`. */
    isUiReadOnly: {
      apiName: "is_ui_read_only",
      type: "boolean",
      zone: true,
      risk: {
        when: "switched off",
        impact: "people can change settings in the dashboard again",
      },
    },
    /**
     * Why the dashboard is locked, shown there. The API keeps and shows it only while
     * `isUiReadOnly` is on; at other times every value counts as equal.
     */
    uiReadOnlyToggleReason: {
      apiName: "ui_read_only_toggle_reason",
      type: "string",
      zone: true,
      effectiveWhile: "isUiReadOnly",
    },
    /** The look of the login page. Members that are not stated keep their live values; `{}` clears all of it. */
    loginDesign: {
      apiName: "login_design",
      type: "object",
      zone: true,
      members: {
        /** Colour of the page's background, such as `#112233`. */
        backgroundColor: { apiName: "background_color", type: "string" },
        /** Text at the foot of the page. */
        footerText: { apiName: "footer_text", type: "string" },
        /** Text at the head of the page. */
        headerText: { apiName: "header_text", type: "string" },
        /** URL of the logo. */
        logoPath: { apiName: "logo_path", type: "string" },
        /** Colour of the text on the white card, such as `#112233`. */
        textColor: { apiName: "text_color", type: "string" },
      },
    },
    /** Multi-factor authentication by Cloudflare itself. Members that are not stated keep their live values. */
    mfaConfig: {
      apiName: "mfa_config",
      type: "object",
      members: {
        /**
         * The authenticators that users may enrol. `piv_key` and `ssh_fido2_key` serve
         * infrastructure applications only. The former name `ssh_piv_key` is taken for `piv_key`.
         */
        allowedAuthenticators: {
          apiName: "allowed_authenticators",
          type: "list",
          items: "string",
          values: ["totp", "biometrics", "security_key", "piv_key", "ssh_fido2_key"],
          valueAliases: { ssh_piv_key: "piv_key" },
        },
        /**
         * How long a second factor that the identity provider reports (its AMR claim) is accepted:
         * minutes and hours, 0m to 720h.
         */
        amrMatchingSessionDuration: {
          apiName: "amr_matching_session_duration",
          type: "duration",
          units: ["m", "h"],
          max: "720h",
        },
        /** The UUID of the one Cloudflare List that holds the allowed AAGUIDs (one id, despite the plural). */
        requiredAaguids: { apiName: "required_aaguids", type: "string", format: "uuid" },
        /** How long a second factor stays valid: minutes and hours, 0m to 720h. */
        sessionDuration: {
          apiName: "session_duration",
          type: "duration",
          units: ["m", "h"],
          max: "720h",
        },
      },
    },
    /** What a PIV key must fulfil to be enrolled. Members that are not stated keep their live values. */
    mfaPivKeyRequirements: {
      apiName: "mfa_piv_key_requirements",
      formerApiName: "mfa_ssh_piv_key_requirements",
      type: "object",
      members: {
        /** When the key asks for its PIN. */
        pinPolicy: { apiName: "pin_policy", type: "string", values: ["never", "once", "always"] },
        /** When the key asks for a touch. */
        touchPolicy: {
          apiName: "touch_policy",
          type: "string",
          values: ["never", "always", "cached"],
        },
        /** The key algorithms allowed. */
        sshKeyType: {
          apiName: "ssh_key_type",
          type: "list",
          items: "string",
          values: ["ecdsa", "ed25519", "rsa"],
        },
        /** The key sizes allowed, in bits; which ones make sense depends on the algorithm (ed25519 takes none). */
        sshKeySize: {
          apiName: "ssh_key_size",
          type: "list",
          items: "integer",
          values: [256, 384, 521, 2048, 3072, 4096],
        },
        /** Only keys with FIPS certification. */
        requireFipsDevice: { apiName: "require_fips_device", type: "boolean" },
      },
    },
    /**
     * Asks for a second factor in all applications. Default `false`. Needs at least one
     * authenticator and a session duration in `mfaConfig`, stated or live.
     */
    mfaRequiredForAllApps: {
      apiName: "mfa_required_for_all_apps",
      type: "boolean",
      risk: { when: "switched off", impact: "applications stop asking for a second factor" },
    },
    /** What happens to service tokens that nobody uses: all three members, or `{}` to switch it off. */
    serviceTokenInactivity: {
      apiName: "service_token_inactivity",
      type: "atomic",
      enabledBy: "enabled",
      clearedValue: { action: "disable", enabled: false, inactivityThresholdDays: 90 },
      members: {
        /** What is done to an unused token. */
        action: { apiName: "action", type: "string", values: ["disable", "delete"] },
        /** Whether it is done. */
        enabled: { apiName: "enabled", type: "boolean" },
        /** After how many days without use: 30 to 365. */
        inactivityThresholdDays: {
          apiName: "inactivity_threshold_days",
          type: "integer",
          min: 30,
          max: 365,
        },
      },
    },
    /** How long a login lasts, as a Go duration such as `24h`. Cloudflare's default while unset is 24h. */
    sessionDuration: { apiName: "session_duration", type: "duration" },
    /**
     * Service tokens must fulfil the policies of the application. `false` cannot hold on
     * organizations made on or after 2026-10-05.
     */
    strictServiceTokenAuth: {
      apiName: "strict_service_token_auth",
      type: "boolean",
      risk: {
        when: "switched off",
        impact: "service tokens no longer need to fulfil the policies of the application",
      },
    },
    /** After how long without a login a user gives the seat back: a Go duration, 730h (one month) to 8760h (one year). */
    userSeatExpirationInactiveTime: {
      apiName: "user_seat_expiration_inactive_time",
      type: "duration",
      zone: true,
      min: "730h",
      max: "8760h",
    },
    /** Answers requests without a browser, and without a WARP session, by 401 in place of a login page. */
    warpAuthNonBrowser401: { apiName: "warp_auth_non_browser_401", type: "boolean" },
    /** How long an authentication by WARP lasts: minutes and hours, such as `36h`; 2160h (90 days) at most. */
    warpAuthSessionDuration: {
      apiName: "warp_auth_session_duration",
      type: "duration",
      units: ["m", "h"],
      max: "2160h",
    },
  },
  computed: {
    /** When the organization was made, as an RFC 3339 time. */
    createdAt: { apiName: "created_at", type: "string" },
    /** When the organization last changed, as an RFC 3339 time. */
    updatedAt: { apiName: "updated_at", type: "string" },
  },
  outputOnly: [
    "cache_device_posture",
    "created_at",
    "has_migrated_private_apps",
    "mfa_configuration_allowed",
    "trusted_accounts",
    "updated_at",
  ],
} as const satisfies Definition;
