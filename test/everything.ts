import type { Settings } from "../emulator/index.js";
import { REFERENCE_SETTINGS } from "./contract/reference-settings.js";

/**
 * An account's organization with every setting set, with text that is hard to write into a program, and with a
 * setting that no release of this package knows.
 */
export const EVERYTHING: Settings = {
  ...REFERENCE_SETTINGS,
  auth_domain: "widget.cloudflareaccess.com",
  name: 'Widget "Corp"',
  login_design: {
    background_color: "#112233",
    footer_text: "It's a `${template}`\nof two lines",
    header_text: "Widget Corp",
    logo_path:
      "https://example.com/a-logo-whose-address-is-longer-than-a-line-of-code-should-be.png",
    text_color: "#FFFFFF",
  },
  setting_of_tomorrow: { mode: "strict", levels: [1, 2], "odd name": null },
};
