import type { ResourceValidationArgs } from "@pulumi/policy";
import { hoursOf, rules } from "../../examples/policy/rules.js";

const ORGANIZATION = "pulumi-nodejs:dynamic/zerotrust:Organization";

const GOOD = {
  accountId: "0123456789abcdef0123456789abcdef",
  denyUnmatchedRequests: true,
  mfaRequiredForAllApps: true,
  sessionDuration: "12h",
  isUiReadOnly: true,
  strictServiceTokenAuth: true,
};

/** Returns the violations of a resource by policy name. */
async function violations(
  props: object,
  { type = ORGANIZATION, hours }: { type?: string; hours?: number } = {},
): Promise<Record<string, string>> {
  const found: Record<string, string> = {};
  const args = { type, props, getConfig: () => (hours === undefined ? {} : { hours }) };
  for (const { name, validateResource } of rules) {
    if (typeof validateResource !== "function") throw new Error(`${name} validates no resource.`);
    await validateResource(
      args as unknown as ResourceValidationArgs,
      (text) => (found[name] = text),
    );
  }
  return found;
}

describe("baseline policy", () => {
  it("accepts an organization that declares the whole baseline", async () => {
    expect(await violations(GOOD)).toEqual({});
  });

  it("reports what to declare, and why, for an organization without settings", async () => {
    expect(await violations({ accountId: GOOD.accountId })).toMatchInlineSnapshot(`
      {
        "deny-unmatched-requests": "Declare denyUnmatchedRequests: true. Otherwise hosts without an application are open to everyone.",
        "mfa-required": "Declare mfaRequiredForAllApps: true. Otherwise each application decides.",
        "read-only-dashboard": "Declare isUiReadOnly: true. Otherwise people change settings in the dashboard without a review.",
        "session-duration": "Declare a sessionDuration of at most 24h. It is not declared.",
        "strict-service-tokens": "Declare strictServiceTokenAuth: true. Otherwise every service token of the account has access.",
      }
    `);
  });

  it.each([
    ["deny-unmatched-requests", { denyUnmatchedRequests: false }],
    ["mfa-required", { mfaRequiredForAllApps: false }],
    ["session-duration", { sessionDuration: "25h" }],
    ["session-duration", { sessionDuration: "24h1s" }],
    ["session-duration", { sessionDuration: "forever" }],
    ["session-duration", { sessionDuration: "" }],
    ["read-only-dashboard", { isUiReadOnly: false }],
    ["strict-service-tokens", { strictServiceTokenAuth: false }],
  ])("%s rejects %j", async (name, settings) => {
    expect(Object.keys(await violations({ ...GOOD, ...settings }))).toEqual([name]);
  });

  it("reads the longest session from the configuration", async () => {
    expect(await violations({ ...GOOD, sessionDuration: "8h" }, { hours: 8 })).toEqual({});
    expect(await violations({ ...GOOD, sessionDuration: "9h" }, { hours: 8 })).toEqual({
      "session-duration": 'Declare a sessionDuration of at most 8h. It is "9h".',
    });
  });

  it("requires only the read-only dashboard of a zone", async () => {
    const zoneId = GOOD.accountId;
    expect(await violations({ zoneId, isUiReadOnly: true })).toEqual({});
    expect(Object.keys(await violations({ zoneId }))).toEqual(["read-only-dashboard"]);
  });

  it("ignores resources of other types", async () => {
    const type = "pulumi-nodejs:dynamic/zerotrust:DohSettings";
    expect(await violations({}, { type })).toEqual({});
  });
});

it.each([
  ["1h", 1],
  ["90m", 1.5],
  ["1h30m", 1.5],
  ["3600s", 1],
  ["0.5h", 0.5],
  ["7200000ms", 2],
  ["", undefined],
  ["12", undefined],
  ["12h ", undefined],
  [12, undefined],
  [undefined, undefined],
])("hoursOf parses %j as %j", (duration, hours) => {
  expect(hoursOf(duration)).toBe(hours);
});
