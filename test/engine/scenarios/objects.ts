import { DESIGN, LIVE_DESIGN, LIVE_OTHER_DESIGN, OTHER_DESIGN } from "./design-values.js";
import { team, type Scenario } from "./scenario.js";

const design = team("design");
const mfa = team("mfa");
const pages = team("pages");

/** Settings with members: as wholes, member by member, and those that only a PUT takes. */
export const OBJECTS: readonly Scenario[] = [
  {
    name: "design",
    seed: design.live,
    steps: [
      {
        title: "a login design is set",
        args: { loginDesign: DESIGN },
        live: { ...design.live, login_design: LIVE_DESIGN },
      },
      { title: "it is cleared", args: { loginDesign: {} }, live: design.live },
      {
        title: "another one is set",
        args: { loginDesign: OTHER_DESIGN },
        live: { ...design.live, login_design: LIVE_OTHER_DESIGN },
      },
    ],
  },
  {
    name: "design-member",
    seed: { ...team("member").live, login_design: LIVE_DESIGN },
    steps: [
      {
        title: "only the stated member of an object changes",
        args: { loginDesign: { headerText: "Widgets" } },
        live: {
          ...team("member").live,
          login_design: { ...LIVE_DESIGN, header_text: "Widgets" },
        },
      },
      {
        title: "only the member stated empty is cleared",
        args: { loginDesign: { headerText: "" } },
        live: {
          ...team("member").live,
          login_design: { ...LIVE_DESIGN, header_text: undefined },
        },
      },
    ],
  },
  {
    name: "mfa",
    seed: mfa.live,
    steps: [
      {
        title: "multi-factor authentication is set up",
        args: {
          mfaConfig: {
            allowedAuthenticators: ["totp", "security_key"],
            sessionDuration: "24h",
            amrMatchingSessionDuration: "12h",
          },
        },
        live: {
          ...mfa.live,
          mfa_config: {
            allowed_authenticators: ["totp", "security_key"],
            session_duration: "24h",
            amr_matching_session_duration: "12h",
          },
        },
      },
      { title: "it is cleared", args: { mfaConfig: {} }, live: mfa.live },
    ],
  },
  {
    name: "custom-pages",
    steps: [
      {
        title: "an organization is made with pages that only a later PUT takes",
        args: { ...pages.args, customPages: { forbidden: "699d98642c564d2e855e9661899b7252" } },
        live: { ...pages.live, custom_pages: { forbidden: "699d98642c564d2e855e9661899b7252" } },
      },
      {
        title: "they are cleared",
        args: { ...pages.args, customPages: {} },
        live: pages.live,
      },
    ],
  },
];
