import type { Description } from "./description.js";

/**
 * The Zero Trust organization. Limits and enums are those of Cloudflare's API reference as of
 * 2026-11; limits on durations stand in its prose only.
 */
export const organization = {
  noun: "Zero Trust organization",
  levels: ["accounts", "zones"],
  passThrough: true,
  formerNames: { mfaSshPivKeyRequirements: "mfaPivKeyRequirements" },
  settings: {
    /** The display name, shown on the login page. Can be changed but not cleared. */
    name: { wire: "name", type: "string", zone: true, required: true },
    /**
     * The full host name of the login page, `<team name>.cloudflareaccess.com`: no scheme, no path.
     * Unique among all of Cloudflare's customers. A change takes effect in place, changes every login URL and
     * ends all sessions; it is refused while single sign-on to the dashboard is active. Can be changed but not cleared.
     */
    authDomain: {
      wire: "auth_domain",
      type: "string",
      format: "host",
      zone: true,
      required: true,
      danger: { when: "changed", because: "every login URL changes, and all sessions end" },
    },
    /** Users may authenticate with their WARP session. Default `false`; an application can override it. */
    allowAuthenticateViaWarp: { wire: "allow_authenticate_via_warp", type: "boolean" },
    /** Skips the choice of an identity provider when there is only one. Default `false`. */
    autoRedirectToIdentity: { wire: "auto_redirect_to_identity", type: "boolean" },
    /** Custom pages shown in place of Cloudflare's. */
    customPages: {
      wire: "custom_pages",
      type: "object",
      putOnly: true,
      members: {
        /** The uid of the custom page shown when access is forbidden. */
        forbidden: { wire: "forbidden", type: "string" },
        /** The uid of the custom page shown when the identity is denied. */
        identityDenied: { wire: "identity_denied", type: "string" },
      },
    },
    /**
     * Blocks requests to host names of the account that no Access application covers. It is only
     * ever switched off by an explicit `false`, never by leaving it out.
     */
    denyUnmatchedRequests: {
      wire: "deny_unmatched_requests",
      type: "boolean",
      danger: {
        when: "switched off",
        because: "requests to hosts that no Access application covers will get through",
      },
    },
    /** Zone names that `denyUnmatchedRequests` does not apply to, such as `example.com`. The order means nothing. */
    denyUnmatchedRequestsExemptedZoneNames: {
      wire: "deny_unmatched_requests_exempted_zone_names",
      type: "list",
      items: "string",
      format: "host",
    },
    /** Locks the Zero Trust settings in the dashboard; the API still changes them. Default `false`. */
    isUiReadOnly: {
      wire: "is_ui_read_only",
      type: "boolean",
      zone: true,
      danger: {
        when: "switched off",
        because: "people can change settings in the dashboard again",
      },
    },
    /**
     * Why the dashboard is locked, shown there. The API keeps and shows it only while
     * `isUiReadOnly` is on; at other times every value counts as equal.
     */
    uiReadOnlyToggleReason: {
      wire: "ui_read_only_toggle_reason",
      type: "string",
      zone: true,
      meaningfulWhile: "isUiReadOnly",
    },
    /** The look of the login page. Members that are not stated keep their live values; `{}` clears all of it. */
    loginDesign: {
      wire: "login_design",
      type: "object",
      zone: true,
      members: {
        /** Colour of the page's background, such as `#112233`. */
        backgroundColor: { wire: "background_color", type: "string" },
        /** Text at the foot of the page. */
        footerText: { wire: "footer_text", type: "string" },
        /** Text at the head of the page. */
        headerText: { wire: "header_text", type: "string" },
        /** URL of the logo. */
        logoPath: { wire: "logo_path", type: "string" },
        /** Colour of the text on the white card, such as `#112233`. */
        textColor: { wire: "text_color", type: "string" },
      },
    },
    /** Multi-factor authentication by Cloudflare itself. Members that are not stated keep their live values. */
    mfaConfig: {
      wire: "mfa_config",
      type: "object",
      members: {
        /**
         * The authenticators that users may enrol. `piv_key` and `ssh_fido2_key` serve
         * infrastructure applications only. The former name `ssh_piv_key` is taken for `piv_key`.
         */
        allowedAuthenticators: {
          wire: "allowed_authenticators",
          type: "list",
          items: "string",
          values: ["totp", "biometrics", "security_key", "piv_key", "ssh_fido2_key"],
          formerValues: { ssh_piv_key: "piv_key" },
        },
        /**
         * How long a second factor that the identity provider reports (its AMR claim) is accepted:
         * minutes and hours, 0m to 720h.
         */
        amrMatchingSessionDuration: {
          wire: "amr_matching_session_duration",
          type: "duration",
          units: ["m", "h"],
          max: "720h",
        },
        /** The UUID of the one Cloudflare List that holds the allowed AAGUIDs (one id, despite the plural). */
        requiredAaguids: { wire: "required_aaguids", type: "string", format: "uuid" },
        /** How long a second factor stays valid: minutes and hours, 0m to 720h. */
        sessionDuration: {
          wire: "session_duration",
          type: "duration",
          units: ["m", "h"],
          max: "720h",
        },
      },
    },
    /** What a PIV key must fulfil to be enrolled. Members that are not stated keep their live values. */
    mfaPivKeyRequirements: {
      wire: "mfa_piv_key_requirements",
      formerWire: "mfa_ssh_piv_key_requirements",
      type: "object",
      members: {
        /** When the key asks for its PIN. */
        pinPolicy: { wire: "pin_policy", type: "string", values: ["never", "once", "always"] },
        /** When the key asks for a touch. */
        touchPolicy: {
          wire: "touch_policy",
          type: "string",
          values: ["never", "always", "cached"],
        },
        /** The key algorithms allowed. */
        sshKeyType: {
          wire: "ssh_key_type",
          type: "list",
          items: "string",
          values: ["ecdsa", "ed25519", "rsa"],
        },
        /** The key sizes allowed, in bits; which ones make sense depends on the algorithm (ed25519 takes none). */
        sshKeySize: {
          wire: "ssh_key_size",
          type: "list",
          items: "integer",
          values: [256, 384, 521, 2048, 3072, 4096],
        },
        /** Only keys with FIPS certification. */
        requireFipsDevice: { wire: "require_fips_device", type: "boolean" },
      },
    },
    /**
     * Asks for a second factor in all applications. Default `false`. Needs at least one
     * authenticator and a session duration in `mfaConfig`, stated or live.
     */
    mfaRequiredForAllApps: {
      wire: "mfa_required_for_all_apps",
      type: "boolean",
      danger: { when: "switched off", because: "applications stop asking for a second factor" },
    },
    /** What happens to service tokens that nobody uses: all three members, or `{}` to switch it off. */
    serviceTokenInactivity: {
      wire: "service_token_inactivity",
      type: "whole",
      offWhileFalse: "enabled",
      cleared: { action: "disable", enabled: false, inactivityThresholdDays: 90 },
      members: {
        /** What is done to an unused token. */
        action: { wire: "action", type: "string", values: ["disable", "delete"] },
        /** Whether it is done. */
        enabled: { wire: "enabled", type: "boolean" },
        /** After how many days without use: 30 to 365. */
        inactivityThresholdDays: {
          wire: "inactivity_threshold_days",
          type: "integer",
          min: 30,
          max: 365,
        },
      },
    },
    /** How long a login lasts, as a Go duration such as `24h`. Cloudflare's default while unset is 24h. */
    sessionDuration: { wire: "session_duration", type: "duration" },
    /**
     * Service tokens must fulfil the policies of the application. `false` cannot hold on
     * organizations made on or after 2026-10-05.
     */
    strictServiceTokenAuth: {
      wire: "strict_service_token_auth",
      type: "boolean",
      danger: {
        when: "switched off",
        because: "service tokens no longer need to fulfil the policies of the application",
      },
    },
    /** After how long without a login a user gives the seat back: a Go duration, 730h (one month) to 8760h (one year). */
    userSeatExpirationInactiveTime: {
      wire: "user_seat_expiration_inactive_time",
      type: "duration",
      zone: true,
      min: "730h",
      max: "8760h",
    },
    /** Answers requests without a browser, and without a WARP session, by 401 in place of a login page. */
    warpAuthNonBrowser401: { wire: "warp_auth_non_browser_401", type: "boolean" },
    /** How long an authentication by WARP lasts: minutes and hours, such as `36h`; 2160h (90 days) at most. */
    warpAuthSessionDuration: {
      wire: "warp_auth_session_duration",
      type: "duration",
      units: ["m", "h"],
      max: "2160h",
    },
  },
  computed: {
    /** When the organization was made, as an RFC 3339 time. */
    createdAt: { wire: "created_at", type: "string" },
    /** When the organization last changed, as an RFC 3339 time. */
    updatedAt: { wire: "updated_at", type: "string" },
  },
  responseOnly: [
    "cache_device_posture",
    "created_at",
    "has_migrated_private_apps",
    "mfa_configuration_allowed",
    "trusted_accounts",
    "updated_at",
  ],
} as const satisfies Description;
