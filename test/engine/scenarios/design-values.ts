/** Two complete login designs, as inputs and as API fields. */
export const DESIGN = {
  backgroundColor: "#1D1ED1",
  footerText: "Need help?",
  headerText: "Widget Corp",
  logoPath: "https://example.com/logo.png",
  textColor: "#ffffff",
};
export const LIVE_DESIGN = {
  background_color: "#1D1ED1",
  footer_text: "Need help?",
  header_text: "Widget Corp",
  logo_path: "https://example.com/logo.png",
  text_color: "#ffffff",
};
export const OTHER_DESIGN = {
  backgroundColor: "#000000",
  footerText: "Ask the service desk",
  headerText: "Widgets",
  logoPath: "https://example.com/other.png",
  textColor: "#112233",
};
export const LIVE_OTHER_DESIGN = {
  background_color: "#000000",
  footer_text: "Ask the service desk",
  header_text: "Widgets",
  logo_path: "https://example.com/other.png",
  text_color: "#112233",
};
