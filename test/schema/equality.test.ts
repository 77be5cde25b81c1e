import type { AnySetting } from "../../provider/schema/definition.js";
import { areEquivalent, isZeroDuration } from "../../provider/schema/equality.js";
import { organization } from "../../provider/schema/organization.js";
import { LIST_ID } from "../ids.js";

const {
  allowAuthenticateViaWarp,
  authDomain,
  denyUnmatchedRequests,
  denyUnmatchedRequestsExemptedZoneNames: exempted,
  loginDesign,
  mfaConfig,
  mfaPivKeyRequirements: pivKey,
  name,
  serviceTokenInactivity: inactivity,
  sessionDuration,
} = organization.settings;
const additional: AnySetting = { apiName: "new_setting", type: "json" };
const disabled = { action: "delete", enabled: false, inactivityThresholdDays: 30 };
const enabled = { ...disabled, enabled: true };

const EQUIVALENT: [what: string, setting: AnySetting, values: unknown[]][] = [
  ["a boolean that is off or absent", allowAuthenticateViaWarp, [undefined, null, false]],
  ["a duration that is unset", sessionDuration, [undefined, null, ""]],
  ["a duration in other units", sessionDuration, ["24h", "1440m", "24h0m0s", "23h60m", "86400s"]],
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
  [
    "zone names in another letter case",
    exempted,
    [["Example.com"], ["example.com", "EXAMPLE.com"]],
  ],
  [
    "zone names in Unicode, in ASCII and with a trailing dot",
    exempted,
    [["bücher.example"], ["xn--bcher-kva.example"], ["Bücher.example."]],
  ],
  ["a list with a duplicate", exempted, [["example.com"], ["example.com", "example.com"]]],
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
    "a serviceTokenInactivity that is off, with any other members",
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
];

const DIFFERENT: [what: string, setting: AnySetting, one: unknown, other: unknown][] = [
  ["true and false", denyUnmatchedRequests, true, false],
  ["true and an absent value", denyUnmatchedRequests, true, undefined],
  ["different durations", sessionDuration, "24h", "12h"],
  ["a duration and an unset one", sessionDuration, "24h", ""],
  ["a duration of zero and an unset one", mfaConfig.members.sessionDuration, "0m", ""],
  ["names in another letter case", name, "Widget Corp", "widget corp"],
  ["different host names", authDomain, "a.cloudflareaccess.com", "b.cloudflareaccess.com"],
  ["text with another space", loginDesign, { headerText: "Hi" }, { headerText: "Hi " }],
  ["a list with another item", exempted, ["example.com"], ["example.com", "example.org"]],
  [
    "an object with another member",
    loginDesign,
    { headerText: "Hi" },
    { headerText: "Hi", footerText: "Bye" },
  ],
  ["a list id and an unset one", mfaConfig, { requiredAaguids: LIST_ID }, {}],
  ["a serviceTokenInactivity that is on and one that is off", inactivity, enabled, disabled],
  [
    "different thresholds of serviceTokenInactivity",
    inactivity,
    enabled,
    { ...enabled, inactivityThresholdDays: 31 },
  ],
  ["additional lists in another order", additional, [1, 2], [2, 1]],
  ["additional values of different types", additional, "1", 1],
  ["an additional zero and an unset value", additional, 0, undefined],
  ["a host name with and without a dot at its end", authDomain, "a.example.com", "a.example.com."],
  ["a host name and a value of another type", authDomain, "5", 5],
  ["a serviceTokenInactivity of another type and an unset one", inactivity, "on", undefined],
];

describe("areEquivalent is true for", () => {
  const pairs = EQUIVALENT.flatMap(([what, setting, values]) =>
    values.flatMap((one) => values.map((other) => ({ what, setting, one, other }))),
  );
  it.each(pairs)("$what: $one and $other", ({ setting, one, other }) => {
    expect(areEquivalent(setting, one, other)).toBe(true);
  });
});

describe("areEquivalent is false for", () => {
  it.each(DIFFERENT)("%s", (_, setting, one, other) => {
    expect(areEquivalent(setting, one, other)).toBe(false);
    expect(areEquivalent(setting, other, one)).toBe(false);
  });
});

it("isZeroDuration is true for durations only", () => {
  expect(isZeroDuration(sessionDuration, "0s")).toBe(true);
  expect(isZeroDuration(name, "0s")).toBe(false);
});
