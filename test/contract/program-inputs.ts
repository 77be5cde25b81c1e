import { LIST_ID, OTHER_DOMAIN, TEAM_DOMAIN } from "../ids.js";

/*
 * Inputs of programs. Together they declare every input, every member and every known enum value.
 */

/** Every setting of a zone. */
export const ZONE_SETTINGS = {
  name: "Widget Corp",
  authDomain: TEAM_DOMAIN,
  isUiReadOnly: true,
  uiReadOnlyToggleReason: "managed elsewhere",
  loginDesign: {
    backgroundColor: "#C5ed1b",
    footerText: "Widget Corp, Amsterdam",
    headerText: "Welcome",
    logoPath: "https://example.com/logo.png",
    textColor: "#101820",
  },
  userSeatExpirationInactiveTime: "1460h",
};

/** Every setting of an account. */
export const SETTINGS = {
  ...ZONE_SETTINGS,
  allowAuthenticateViaWarp: true,
  autoRedirectToIdentity: true,
  customPages: {
    forbidden: "699d98642c564d2e855e9661899b7252",
    identityDenied: "0f1e2d3c4b5a69788796a5b4c3d2e1f0",
  },
  denyUnmatchedRequests: true,
  denyUnmatchedRequestsExemptedZoneNames: ["example.com", "example.org"],
  mfaConfig: {
    allowedAuthenticators: ["totp", "biometrics", "security_key"],
    amrMatchingSessionDuration: "12h",
    requiredAaguids: LIST_ID,
    sessionDuration: "24h",
  },
  mfaPivKeyRequirements: {
    pinPolicy: "always",
    touchPolicy: "always",
    sshKeyType: ["ecdsa", "rsa"],
    sshKeySize: [256, 2048],
    requireFipsDevice: true,
  },
  mfaRequiredForAllApps: true,
  serviceTokenInactivity: { action: "disable", enabled: true, inactivityThresholdDays: 30 },
  sessionDuration: "24h",
  strictServiceTokenAuth: true,
  warpAuthNonBrowser401: true,
  warpAuthSessionDuration: "36h",
};

/** Every setting of a zone, with other values. */
export const OTHER_ZONE_SETTINGS = {
  name: "Gadget Corp",
  authDomain: OTHER_DOMAIN,
  isUiReadOnly: true,
  uiReadOnlyToggleReason: "maintenance",
  loginDesign: { backgroundColor: "#000000", footerText: "Gadget Corp", headerText: "Hello" },
  userSeatExpirationInactiveTime: "2190h",
};

/** Every setting of an account, with other values. */
export const OTHER_SETTINGS = {
  ...OTHER_ZONE_SETTINGS,
  allowAuthenticateViaWarp: false,
  autoRedirectToIdentity: false,
  customPages: { forbidden: "0f1e2d3c4b5a69788796a5b4c3d2e1f0", identityDenied: "" },
  denyUnmatchedRequests: false,
  denyUnmatchedRequestsExemptedZoneNames: ["example.net"],
  mfaConfig: {
    allowedAuthenticators: ["piv_key", "ssh_fido2_key"],
    requiredAaguids: "",
    sessionDuration: "90m",
  },
  mfaPivKeyRequirements: {
    pinPolicy: "once",
    touchPolicy: "cached",
    sshKeyType: ["ed25519", "ecdsa", "rsa"],
    sshKeySize: [384, 521, 3072, 4096],
    requireFipsDevice: false,
  },
  mfaRequiredForAllApps: false,
  serviceTokenInactivity: { action: "delete", enabled: true, inactivityThresholdDays: 365 },
  sessionDuration: "1h30m",
  strictServiceTokenAuth: false,
  warpAuthNonBrowser401: false,
  warpAuthSessionDuration: "2160h",
};

/** Some members of objects; the other members are undeclared. */
export const MEMBERS = {
  loginDesign: { footerText: "", textColor: "#ffffff" },
  mfaPivKeyRequirements: { pinPolicy: "never", touchPolicy: "never", sshKeyType: [] },
  serviceTokenInactivity: { action: "delete", enabled: false, inactivityThresholdDays: 60 },
};

/** Every setting of a zone that can be cleared, cleared. */
export const CLEARED_ZONE_SETTINGS = {
  isUiReadOnly: false,
  uiReadOnlyToggleReason: "",
  loginDesign: {},
  userSeatExpirationInactiveTime: "",
};

/** Every setting of an account that can be cleared, cleared. */
export const CLEARED_SETTINGS = {
  ...CLEARED_ZONE_SETTINGS,
  allowAuthenticateViaWarp: false,
  autoRedirectToIdentity: false,
  customPages: {},
  denyUnmatchedRequests: false,
  denyUnmatchedRequestsExemptedZoneNames: [],
  mfaConfig: {},
  mfaPivKeyRequirements: {},
  mfaRequiredForAllApps: false,
  serviceTokenInactivity: {},
  sessionDuration: "",
  strictServiceTokenAuth: false,
  warpAuthNonBrowser401: false,
  warpAuthSessionDuration: "",
};
