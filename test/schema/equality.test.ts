import type { AnySetting } from "../../provider/schema/definition.js";
import { dohSettings } from "../../provider/schema/doh-settings.js";
import { isEmpty, areEquivalent } from "../../provider/schema/equality.js";
import { organization } from "../../provider/schema/organization.js";
import { LIST_ID } from "../ids.js";

const {
  allowAuthenticateViaWarp,
  authDomain,
  customPages,
  denyUnmatchedRequests,
  denyUnmatchedRequestsExemptedZoneNames: exempted,
  loginDesign,
  mfaConfig,
  mfaPivKeyRequirements: pivKey,
  name,
  serviceTokenInactivity: inactivity,
  sessionDuration,
  userSeatExpirationInactiveTime: seats,
} = organization.settings;
const additional: AnySetting = { apiName: "new_setting", type: "json" };
const disabled = { action: "delete", enabled: false, inactivityThresholdDays: 30 };
const enabled = { ...disabled, enabled: true };

const SAME: [what: string, setting: AnySetting, values: unknown[]][] = [
  ["a boolean that is off", allowAuthenticateViaWarp, [undefined, null, false]],
  ["a duration that is unset", sessionDuration, [undefined, null, ""]],
  ["a duration in other units", sessionDuration, ["24h", "1440m", "24h0m0s", "23h60m", "86400s"]],
  ["a duration in other fractions", seats, ["1460h", "1460.0h", "87600m"]],
  ["a string that is unset", loginDesign.members.headerText, [undefined, null, ""]],
  ["an empty list", exempted, [undefined, null, []]],
  [
    "a list in another order",
    exempted,
    [
      ["a.example.com", "b.example.com"],
      ["b.example.com", "a.example.com"],
    ],
  ],
  ["zone names in another case", exempted, [["Example.com"], ["example.com", "EXAMPLE.com"]]],
  ["a list that says something twice", exempted, [["example.com"], ["example.com", "example.com"]]],
  [
    "an unset login design",
    loginDesign,
    [undefined, null, {}, { headerText: "" }, { headerText: "", logoPath: null }],
  ],
  [
    "a login design with unset members",
    loginDesign,
    [{ headerText: "Hi" }, { headerText: "Hi", footerText: "" }],
  ],
  ["unset custom pages", customPages, [undefined, {}, { forbidden: "", identityDenied: "" }]],
  [
    "an unset MFA configuration",
    mfaConfig,
    [undefined, null, {}, { allowedAuthenticators: [], sessionDuration: "" }],
  ],
  [
    "authenticators in another order",
    mfaConfig,
    [
      { allowedAuthenticators: ["totp", "security_key"] },
      { allowedAuthenticators: ["security_key", "totp"] },
    ],
  ],
  [
    "an authenticator under its former name",
    mfaConfig,
    [{ allowedAuthenticators: ["piv_key"] }, { allowedAuthenticators: ["ssh_piv_key"] }],
  ],
  [
    "an MFA session in other units",
    mfaConfig,
    [{ sessionDuration: "1h" }, { sessionDuration: "60m" }],
  ],
  [
    "unset key types",
    pivKey,
    [{}, { sshKeyType: [] }, { sshKeySize: [], requireFipsDevice: false }],
  ],
  [
    "key sizes in another order",
    pivKey,
    [{ sshKeySize: [256, 2048] }, { sshKeySize: [2048, 256] }],
  ],
  [
    "a disabled inactivity rule, with whatever defaults",
    inactivity,
    [undefined, {}, disabled, { action: "disable", enabled: false, inactivityThresholdDays: 90 }],
  ],
  ["an additional setting that is unset", additional, [undefined, null, "", [], {}, false]],
  [
    "an additional object with its keys in another order",
    additional,
    [
      { a: 1, b: [2] },
      { b: [2], a: 1 },
    ],
  ],
  ["a DoH duration in other units", dohSettings.settings.dohJwtDuration, ["24h", "1440m"]],
];

const DIFFERENT: [what: string, setting: AnySetting, one: unknown, other: unknown][] = [
  ["on and off", denyUnmatchedRequests, true, false],
  ["on and absent", denyUnmatchedRequests, true, undefined],
  ["two durations", sessionDuration, "24h", "12h"],
  ["a duration and none", sessionDuration, "24h", ""],
  ["a length of zero and no duration", mfaConfig.members.sessionDuration, "0m", ""],
  ["two names", name, "Widget Corp", "Gadget Corp"],
  ["names in another case", name, "Widget Corp", "widget corp"],
  ["domains", authDomain, "a.cloudflareaccess.com", "b.cloudflareaccess.com"],
  [
    "colours in another case: they keep it",
    loginDesign,
    { textColor: "#C5ED1B" },
    { textColor: "#c5ed1b" },
  ],
  ["text with a space more", loginDesign, { headerText: "Hi" }, { headerText: "Hi " }],
  ["a list with an item more", exempted, ["example.com"], ["example.com", "example.org"]],
  ["a member more", loginDesign, { headerText: "Hi" }, { headerText: "Hi", footerText: "Bye" }],
  ["an MFA list and none", mfaConfig, { requiredAaguids: LIST_ID }, {}],
  ["an inactivity rule that is on and one that is off", inactivity, enabled, disabled],
  [
    "inactivity rules with other thresholds",
    inactivity,
    enabled,
    { ...enabled, inactivityThresholdDays: 31 },
  ],
  ["additional lists in another order: nothing is known of them", additional, [1, 2], [2, 1]],
  ["additional values of other types", additional, "1", 1],
  ["an additional zero and nothing", additional, 0, undefined],
];

describe("means the same", () => {
  const pairs = SAME.flatMap(([what, setting, values]) =>
    values.flatMap((one) => values.map((other) => ({ what, setting, one, other }))),
  );
  it.each(pairs)("$what: $one and $other", ({ setting, one, other }) => {
    expect(areEquivalent(setting, one, other)).toBe(true);
  });
});

describe("means something else", () => {
  it.each(DIFFERENT)("%s", (_, setting, one, other) => {
    expect(areEquivalent(setting, one, other)).toBe(false);
    expect(areEquivalent(setting, other, one)).toBe(false);
  });
});

describe("empty", () => {
  const blanks = [undefined, null, "", false, [], {}];
  const settings = Object.entries({ ...organization.settings, ...dohSettings.settings });
  it.each(settings)("%s is empty when it is absent or blank in any way", (_, setting) => {
    for (const blank of blanks) expect(isEmpty(setting, blank)).toBe(true);
  });
});
