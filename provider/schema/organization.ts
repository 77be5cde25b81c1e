import type { Definition } from "./definition.js";

/**
 * The Zero Trust organization. Limits and known values are those of Cloudflare's API reference as of
 * 2026-11. Limits of durations are in its prose only.
 */
export const organization = {
  displayName: "Zero Trust organization",
  scopes: ["accounts", "zones"],
  additionalSettings: true,
  aliases: { mfaSshPivKeyRequirements: "mfaPivKeyRequirements" },
  ignoredInputs: {
    mfaConfigurationAllowed: "Cloudflare computes it and does not accept it in requests",
  },
  versionField: "updated_at",
  settings: {
    /** The display name, shown on the login page. It can be changed, but not cleared. */
    name: { apiName: "name", type: "string", zone: true, required: true },
    /**
     * The host name of the login page, `<team name>.cloudflareaccess.com`. A change replaces every login URL
     * and ends all sessions. It cannot be cleared.
     */
    authDomain: {
      apiName: "auth_domain",
      type: "string",
      format: "host",
      zone: true,
      required: true,
      risks: [{ when: "changed", impact: "Every login URL changes, and all sessions end" }],
    },
    /** Whether users may authenticate with their WARP session. Default `false`. An application can override it. */
    allowAuthenticateViaWarp: {
      apiName: "allow_authenticate_via_warp",
      type: "boolean",
      risks: [
        {
          when: "switched on",
          impact: "Users can log in with their WARP session instead of the identity provider",
        },
      ],
    },
    /** Whether the choice of an identity provider is skipped if there is only one. Default `false`. */
    autoRedirectToIdentity: { apiName: "auto_redirect_to_identity", type: "boolean" },
    /** Custom pages that are shown instead of Cloudflare's. */
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
    /** Whether requests to host names that no Access application covers are blocked. Only an explicit `false` switches it off. */
    denyUnmatchedRequests: {
      apiName: "deny_unmatched_requests",
      type: "boolean",
      risks: [
        {
          when: "switched off",
          impact: "Requests to hosts that no Access application covers are no longer blocked",
        },
        {
          when: "switched on",
          impact: "Requests to hosts that no Access application covers are blocked",
        },
      ],
    },
    /** Zone names that `denyUnmatchedRequests` does not apply to, such as `example.com`. Their order is ignored. */
    denyUnmatchedRequestsExemptedZoneNames: {
      apiName: "deny_unmatched_requests_exempted_zone_names",
      type: "list",
      items: "string",
      format: "zoneName",
      risks: [
        {
          when: "items added",
          includesFirst: true,
          impact: "Unmatched requests to the added zones are not blocked",
        },
      ],
    },
    /** Whether the Zero Trust settings are locked in the dashboard. The API can still change them. Default `false`. */
    isUiReadOnly: {
      apiName: "is_ui_read_only",
      type: "boolean",
      zone: true,
      risks: [
        {
          when: "switched off",
          impact: "Settings can be changed in the dashboard again",
        },
      ],
    },
    /** The reason that a locked dashboard shows. While `isUiReadOnly` is off, it has no effect and cannot drift. */
    uiReadOnlyToggleReason: {
      apiName: "ui_read_only_toggle_reason",
      type: "string",
      zone: true,
      effectiveWhile: "isUiReadOnly",
    },
    /** The design of the login page. `{}` clears all properties. */
    loginDesign: {
      apiName: "login_design",
      type: "object",
      zone: true,
      members: {
        /** Color of the page's background, such as `#112233`. */
        backgroundColor: { apiName: "background_color", type: "string" },
        /** Text at the bottom of the page. */
        footerText: { apiName: "footer_text", type: "string" },
        /** Text at the top of the page. */
        headerText: { apiName: "header_text", type: "string" },
        /** URL of the logo. */
        logoPath: { apiName: "logo_path", type: "string" },
        /** Color of the text on the white card, such as `#112233`. */
        textColor: { apiName: "text_color", type: "string" },
      },
    },
    /** Multi-factor authentication by Cloudflare itself. */
    mfaConfig: {
      apiName: "mfa_config",
      type: "object",
      members: {
        /** The authenticators that users may enroll. `piv_key` and `ssh_fido2_key` are for infrastructure applications only. */
        allowedAuthenticators: {
          apiName: "allowed_authenticators",
          type: "list",
          items: "string",
          values: ["totp", "biometrics", "security_key", "piv_key", "ssh_fido2_key"],
          valueAliases: { ssh_piv_key: "piv_key" },
          risks: [
            { when: "items added", impact: "Users can enroll the added kinds of authenticators" },
          ],
        },
        /** How long a second factor that the identity provider reports (AMR claim) is accepted, in minutes and hours, at most `720h`. */
        amrMatchingSessionDuration: {
          apiName: "amr_matching_session_duration",
          type: "duration",
          units: ["m", "h"],
          max: "720h",
        },
        /** The UUID of the Cloudflare List of allowed AAGUIDs: one id, despite the plural. */
        requiredAaguids: { apiName: "required_aaguids", type: "string", format: "uuid" },
        /** How long a second factor stays valid, in minutes and hours, at most `720h`. */
        sessionDuration: {
          apiName: "session_duration",
          type: "duration",
          units: ["m", "h"],
          max: "720h",
          risks: [{ when: "longer", impact: "Users repeat the second factor less often" }],
        },
      },
    },
    /** The requirements for enrolling a PIV key. */
    mfaPivKeyRequirements: {
      apiName: "mfa_piv_key_requirements",
      formerApiName: "mfa_ssh_piv_key_requirements",
      type: "object",
      memberAliases: { sshKeySizes: "sshKeySize", sshKeyTypes: "sshKeyType" },
      members: {
        /** When the key asks for its PIN. */
        pinPolicy: { apiName: "pin_policy", type: "string", values: ["never", "once", "always"] },
        /** When the key asks for a touch. */
        touchPolicy: {
          apiName: "touch_policy",
          type: "string",
          values: ["never", "always", "cached"],
        },
        /** The allowed key algorithms. */
        sshKeyType: {
          apiName: "ssh_key_type",
          type: "list",
          items: "string",
          values: ["ecdsa", "ed25519", "rsa"],
        },
        /** The allowed key sizes, in bits. They depend on the algorithm; `ed25519` has no size. */
        sshKeySize: {
          apiName: "ssh_key_size",
          type: "list",
          items: "integer",
          values: [256, 384, 521, 2048, 3072, 4096],
        },
        /** Whether only keys with FIPS certification are allowed. */
        requireFipsDevice: { apiName: "require_fips_device", type: "boolean" },
      },
    },
    /**
     * Whether all applications ask for a second factor. Default `false`. It needs at least one
     * authenticator and a session duration in `mfaConfig`, declared or live.
     */
    mfaRequiredForAllApps: {
      apiName: "mfa_required_for_all_apps",
      type: "boolean",
      risks: [
        { when: "switched off", impact: "Applications no longer ask for a second factor" },
        { when: "switched on", impact: "All applications ask for a second factor" },
      ],
    },
    /** The policy for unused service tokens: all three properties, or `{}` to switch it off. Replaced as a whole. */
    serviceTokenInactivity: {
      apiName: "service_token_inactivity",
      type: "atomic",
      enabledBy: "enabled",
      clearedValue: { action: "disable", enabled: false, inactivityThresholdDays: 90 },
      members: {
        /** What happens to an unused token. */
        action: { apiName: "action", type: "string", values: ["disable", "delete"] },
        /** Whether the policy is on. */
        enabled: { apiName: "enabled", type: "boolean" },
        /** The number of days without use: a whole number from 30 to 365. */
        inactivityThresholdDays: {
          apiName: "inactivity_threshold_days",
          type: "integer",
          min: 30,
          max: 365,
        },
      },
    },
    /** How long a login lasts, as a Go duration such as `24h`. Cloudflare's default while unset is `24h`. */
    sessionDuration: {
      apiName: "session_duration",
      type: "duration",
      effectiveDefault: "24h",
      risks: [{ when: "longer", impact: "Logins stay valid for longer" }],
    },
    /**
     * Whether service tokens must fulfill the policies of the application. Cloudflare may reject or
     * ignore `false` for organizations created on or after 2026-10-05.
     */
    strictServiceTokenAuth: {
      apiName: "strict_service_token_auth",
      type: "boolean",
      risks: [
        {
          when: "switched off",
          impact: "Service tokens no longer need to fulfill the policies of the application",
        },
      ],
    },
    /** How long a user may stay without a login before the seat is freed, as a Go duration from `730h` to `8760h`. */
    userSeatExpirationInactiveTime: {
      apiName: "user_seat_expiration_inactive_time",
      type: "duration",
      zone: true,
      min: "730h",
      max: "8760h",
    },
    /** Whether requests without a browser and without a WARP session get a 401 instead of a login page. */
    warpAuthNonBrowser401: { apiName: "warp_auth_non_browser_401", type: "boolean" },
    /** How long an authentication by WARP lasts, in minutes and hours, such as `36h`: at most 90 days. */
    warpAuthSessionDuration: {
      apiName: "warp_auth_session_duration",
      type: "duration",
      units: ["m", "h"],
      max: "2160h",
      risks: [{ when: "longer", impact: "WARP sessions stay valid for longer" }],
    },
  },
  computed: {
    /** When the organization was created, as an RFC 3339 time. */
    createdAt: { apiName: "created_at", type: "string" },
    /** When the organization last changed, as an RFC 3339 time. */
    updatedAt: { apiName: "updated_at", type: "string" },
    /** The account tags (ids) that this organization trusts for policies and device posture sharing. */
    trustedAccounts: { apiName: "trusted_accounts", type: "list" },
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
