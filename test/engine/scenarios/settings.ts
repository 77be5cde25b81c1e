import { DESIGN, LIVE_DESIGN, LIVE_OTHER_DESIGN, OTHER_DESIGN } from "./design-values.js";
import { team, type Scenario } from "./scenario.js";

const basic = team("basic");
const deny = team("deny");
const values = team("values");
const booleans = team("booleans");

/** Single settings: set, changed, cleared, left out. */
export const SETTINGS: readonly Scenario[] = [
  {
    name: "basic",
    steps: [
      {
        title: "an account without an organization gets one with all that is stated",
        args: {
          ...basic.args,
          userSeatExpirationInactiveTime: "1460h",
          sessionDuration: "12h",
          warpAuthSessionDuration: "36h",
          loginDesign: DESIGN,
        },
        live: {
          ...basic.live,
          user_seat_expiration_inactive_time: "1460h",
          session_duration: "12h",
          warp_auth_session_duration: "36h",
          login_design: LIVE_DESIGN,
        },
      },
      {
        title: "what is stated empty is cleared",
        args: {
          ...basic.args,
          userSeatExpirationInactiveTime: "",
          sessionDuration: "12h",
          warpAuthSessionDuration: "",
          loginDesign: {},
        },
        live: { ...basic.live, session_duration: "12h" },
      },
      {
        title: "what was cleared stays so when it is left out",
        args: { ...basic.args, sessionDuration: "12h" },
        live: { ...basic.live, session_duration: "12h" },
      },
    ],
  },
  {
    name: "deny-then-allow",
    seed: deny.live,
    steps: [
      {
        title: "unmatched requests are denied",
        args: { denyUnmatchedRequests: true },
        live: { ...deny.live, deny_unmatched_requests: true },
      },
      {
        title: "they are let through again by an explicit false",
        args: { denyUnmatchedRequests: false },
        live: deny.live,
      },
    ],
  },
  {
    name: "deny-then-silent",
    seed: { deny_unmatched_requests: true, ...team("silent").live },
    steps: [
      {
        title: "unmatched requests are denied",
        args: { denyUnmatchedRequests: true },
        live: { deny_unmatched_requests: true, ...team("silent").live },
      },
      {
        title: "they stay denied when nothing is said of them any more",
        args: { sessionDuration: "12h" },
        live: { deny_unmatched_requests: true, session_duration: "12h", ...team("silent").live },
      },
    ],
  },
  {
    name: "values",
    steps: [
      {
        title: "values are set",
        args: {
          ...values.args,
          sessionDuration: "12h",
          warpAuthSessionDuration: "36h",
          userSeatExpirationInactiveTime: "1460h",
          loginDesign: DESIGN,
        },
        live: {
          ...values.live,
          session_duration: "12h",
          warp_auth_session_duration: "36h",
          user_seat_expiration_inactive_time: "1460h",
          login_design: LIVE_DESIGN,
        },
      },
      {
        title: "values change",
        args: {
          name: "Widgets",
          authDomain: "values-renamed.cloudflareaccess.com",
          sessionDuration: "24h",
          warpAuthSessionDuration: "48h",
          userSeatExpirationInactiveTime: "2190h",
          loginDesign: OTHER_DESIGN,
        },
        live: {
          name: "Widgets",
          auth_domain: "values-renamed.cloudflareaccess.com",
          session_duration: "24h",
          warp_auth_session_duration: "48h",
          user_seat_expiration_inactive_time: "2190h",
          login_design: LIVE_OTHER_DESIGN,
        },
      },
    ],
  },
  {
    name: "spelling",
    seed: team("spelling").live,
    steps: [
      {
        title: "a duration is set",
        args: { sessionDuration: "24h" },
        live: { ...team("spelling").live, session_duration: "24h" },
      },
      {
        title: "the same length in other words writes nothing",
        args: { sessionDuration: "1440m" },
        live: { ...team("spelling").live, session_duration: "24h" },
      },
      {
        title: "and back",
        args: { sessionDuration: "24h" },
        live: { ...team("spelling").live, session_duration: "24h" },
      },
    ],
  },
  {
    name: "booleans",
    seed: booleans.live,
    steps: [
      {
        title: "booleans are switched on",
        args: { autoRedirectToIdentity: true, allowAuthenticateViaWarp: true },
        live: {
          ...booleans.live,
          auto_redirect_to_identity: true,
          allow_authenticate_via_warp: true,
        },
      },
      {
        title: "booleans are switched off",
        args: { autoRedirectToIdentity: false, allowAuthenticateViaWarp: false },
        live: booleans.live,
      },
    ],
  },
];
