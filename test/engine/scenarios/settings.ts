import { DESIGN, LIVE_DESIGN, LIVE_OTHER_DESIGN, OTHER_DESIGN } from "./design-values.js";
import { team, type Scenario } from "./scenario.js";

const values = team("values");

/** Settings and members of objects: declared, changed, cleared, in another spelling. */
export const SETTINGS: readonly Scenario[] = [
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
    ],
  },
  {
    name: "design-member",
    seed: { ...team("member").live, login_design: LIVE_DESIGN },
    steps: [
      {
        title: "a declared member changes, and the others keep their live values",
        args: { loginDesign: { headerText: "Widgets" } },
        live: {
          ...team("member").live,
          login_design: { ...LIVE_DESIGN, header_text: "Widgets" },
        },
      },
      {
        title: "a member that is declared empty is cleared",
        args: { loginDesign: { headerText: "" } },
        live: {
          ...team("member").live,
          login_design: { ...LIVE_DESIGN, header_text: undefined },
        },
      },
    ],
  },
];
