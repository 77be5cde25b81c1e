import { DESIGN, LIVE_DESIGN, LIVE_OTHER_DESIGN, OTHER_DESIGN } from "./design-values.js";
import { team, type Scenario } from "./scenario.js";

const design = team("design");
const mfa = team("mfa");
const pages = team("pages");

/** Objects: complete, with single members, and one that only PUT accepts. */
export const OBJECTS: readonly Scenario[] = [
  {
    name: "design",
    seed: design.live,
    steps: [
      {
        title: "a program declares a login design",
        args: { loginDesign: DESIGN },
        live: { ...design.live, login_design: LIVE_DESIGN },
      },
      {
        title: "an empty login design clears the live one",
        args: { loginDesign: {} },
        live: design.live,
      },
      {
        title: "a program declares another login design",
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
  {
    name: "mfa",
    seed: mfa.live,
    steps: [
      {
        title: "a program declares mfaConfig",
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
      { title: "an empty mfaConfig clears the live one", args: { mfaConfig: {} }, live: mfa.live },
    ],
  },
  {
    name: "custom-pages",
    steps: [
      {
        title: "a new organization gets its custom pages in a PUT after the POST",
        args: { ...pages.args, customPages: { forbidden: "699d98642c564d2e855e9661899b7252" } },
        live: { ...pages.live, custom_pages: { forbidden: "699d98642c564d2e855e9661899b7252" } },
      },
      {
        title: "empty customPages clear the live ones",
        args: { ...pages.args, customPages: {} },
        live: pages.live,
      },
    ],
  },
];
