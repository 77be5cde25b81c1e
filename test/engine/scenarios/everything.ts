import { DESIGN, LIVE_DESIGN } from "./design-values.js";
import { team, type Scenario } from "./scenario.js";

const everything = team("everything");

/** All arguments of the organization at once. */
export const EVERYTHING: readonly Scenario[] = [
  {
    name: "everything",
    steps: [
      {
        title: "every argument is set at once",
        args: {
          ...everything.args,
          allowAuthenticateViaWarp: true,
          autoRedirectToIdentity: true,
          customPages: {
            forbidden: "699d98642c564d2e855e9661899b7252",
            identityDenied: "0f2ac74b498b48028cb68387c421e279",
          },
          denyUnmatchedRequests: true,
          denyUnmatchedRequestsExemptedZoneNames: ["example.com", "example.org"],
          isUiReadOnly: true,
          uiReadOnlyToggleReason: "managed by Pulumi",
          loginDesign: DESIGN,
          mfaConfig: {
            allowedAuthenticators: ["totp", "biometrics", "piv_key"],
            amrMatchingSessionDuration: "12h",
            requiredAaguids: "2fc0579f-8113-47ea-b116-bb5a8db9202a",
            sessionDuration: "24h",
          },
          mfaPivKeyRequirements: {
            pinPolicy: "always",
            touchPolicy: "cached",
            sshKeyType: ["ecdsa", "rsa"],
            sshKeySize: [256, 2048],
            requireFipsDevice: true,
          },
          mfaRequiredForAllApps: true,
          serviceTokenInactivity: {
            action: "disable",
            enabled: true,
            inactivityThresholdDays: 30,
          },
          sessionDuration: "24h",
          strictServiceTokenAuth: true,
          userSeatExpirationInactiveTime: "730h",
          warpAuthNonBrowser401: true,
          warpAuthSessionDuration: "24h",
        },
        live: {
          ...everything.live,
          allow_authenticate_via_warp: true,
          auto_redirect_to_identity: true,
          custom_pages: {
            forbidden: "699d98642c564d2e855e9661899b7252",
            identity_denied: "0f2ac74b498b48028cb68387c421e279",
          },
          deny_unmatched_requests: true,
          deny_unmatched_requests_exempted_zone_names: ["example.com", "example.org"],
          is_ui_read_only: true,
          ui_read_only_toggle_reason: "managed by Pulumi",
          login_design: LIVE_DESIGN,
          mfa_config: {
            allowed_authenticators: ["totp", "biometrics", "piv_key"],
            amr_matching_session_duration: "12h",
            required_aaguids: "2fc0579f-8113-47ea-b116-bb5a8db9202a",
            session_duration: "24h",
          },
          mfa_piv_key_requirements: {
            pin_policy: "always",
            touch_policy: "cached",
            ssh_key_type: ["ecdsa", "rsa"],
            ssh_key_size: [256, 2048],
            require_fips_device: true,
          },
          mfa_required_for_all_apps: true,
          service_token_inactivity: {
            action: "disable",
            enabled: true,
            inactivity_threshold_days: 30,
          },
          session_duration: "24h",
          strict_service_token_auth: true,
          user_seat_expiration_inactive_time: "730h",
          warp_auth_non_browser_401: true,
          warp_auth_session_duration: "24h",
        },
      },
      {
        title: "every argument that can be is cleared at once",
        args: {
          ...everything.args,
          allowAuthenticateViaWarp: false,
          autoRedirectToIdentity: false,
          customPages: {},
          denyUnmatchedRequests: false,
          denyUnmatchedRequestsExemptedZoneNames: [],
          isUiReadOnly: false,
          uiReadOnlyToggleReason: "",
          loginDesign: {},
          mfaConfig: {},
          mfaPivKeyRequirements: {},
          mfaRequiredForAllApps: false,
          serviceTokenInactivity: {},
          sessionDuration: "",
          strictServiceTokenAuth: false,
          userSeatExpirationInactiveTime: "",
          warpAuthNonBrowser401: false,
          warpAuthSessionDuration: "",
        },
        live: everything.live,
      },
    ],
  },
];
