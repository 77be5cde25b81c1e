import { DESIGN, LIVE_DESIGN, LIVE_OTHER_DESIGN, OTHER_DESIGN } from "./design-values.js";
import { team, type Scenario } from "./scenario.js";

const basic = team("basic");
const deny = team("deny");
const values = team("values");
const booleans = team("booleans");

/** Single settings: declared, changed, cleared, no longer declared. */
export const SETTINGS: readonly Scenario[] = [
  {
    name: "basic",
    steps: [
      {
        title: "an account without an organization gets one with the declared settings",
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
        title: "settings that are declared empty are cleared",
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
        title: "cleared settings stay unset when they are no longer declared",
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
        title: "denyUnmatchedRequests is turned on",
        args: { denyUnmatchedRequests: true },
        live: { ...deny.live, deny_unmatched_requests: true },
      },
      {
        title: "an explicit false turns denyUnmatchedRequests off",
        args: { denyUnmatchedRequests: false },
        live: deny.live,
      },
    ],
  },
  {
    name: "deny-then-undeclared",
    seed: { deny_unmatched_requests: true, ...team("undeclared").live },
    steps: [
      {
        title: "denyUnmatchedRequests is turned on",
        args: { denyUnmatchedRequests: true },
        live: { deny_unmatched_requests: true, ...team("undeclared").live },
      },
      {
        title: "denyUnmatchedRequests stays on when it is no longer declared",
        args: { sessionDuration: "12h" },
        live: {
          deny_unmatched_requests: true,
          session_duration: "12h",
          ...team("undeclared").live,
        },
      },
    ],
  },
  {
    name: "values",
    steps: [
      {
        title: "a program declares values",
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
        title: "a program declares other values",
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
        title: "a program declares a duration",
        args: { sessionDuration: "24h" },
        live: { ...team("spelling").live, session_duration: "24h" },
      },
      {
        title: "an equivalent duration writes nothing",
        args: { sessionDuration: "1440m" },
        live: { ...team("spelling").live, session_duration: "24h" },
      },
      {
        title: "the first spelling writes nothing, either",
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
        title: "booleans are turned on",
        args: { autoRedirectToIdentity: true, allowAuthenticateViaWarp: true },
        live: {
          ...booleans.live,
          auto_redirect_to_identity: true,
          allow_authenticate_via_warp: true,
        },
      },
      {
        title: "booleans are turned off",
        args: { autoRedirectToIdentity: false, allowAuthenticateViaWarp: false },
        live: booleans.live,
      },
    ],
  },
];
