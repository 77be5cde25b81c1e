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

/** What the rules say of a resource, by their names. */
async function violations(
  props: object,
  { type = ORGANIZATION, hours }: { type?: string; hours?: number } = {},
): Promise<Record<string, string>> {
  const found: Record<string, string> = {};
  const args = { type, props, getConfig: () => (hours === undefined ? {} : { hours }) };
  for (const { name, validateResource } of rules) {
    if (typeof validateResource !== "function") throw new Error(`${name} looks at no resource.`);
    await validateResource(
      args as unknown as ResourceValidationArgs,
      (text) => (found[name] = text),
    );
  }
  return found;
}

describe("the baseline policy", () => {
  it("takes an organization that states all of it", async () => {
    expect(await violations(GOOD)).toEqual({});
  });

  it("says of an organization that states nothing what to state, and why", async () => {
    expect(await violations({ accountId: GOOD.accountId })).toMatchInlineSnapshot(`
      {
        "deny-unmatched-requests": "State denyUnmatchedRequests: true. Else hosts without an application are open to everyone.",
        "mfa-required": "State mfaRequiredForAllApps: true. Else each application decides for itself.",
        "read-only-dashboard": "State isUiReadOnly: true. Else people change settings in the dashboard, and nobody reviews it.",
        "session-duration": "State a sessionDuration of at most 24h. It is left out.",
        "strict-service-tokens": "State strictServiceTokenAuth: true. Else every service token of the account is let in.",
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
  ])("%s does not take %j", async (name, settings) => {
    expect(Object.keys(await violations({ ...GOOD, ...settings }))).toEqual([name]);
  });

  it("lets the hours be set", async () => {
    expect(await violations({ ...GOOD, sessionDuration: "8h" }, { hours: 8 })).toEqual({});
    expect(await violations({ ...GOOD, sessionDuration: "9h" }, { hours: 8 })).toEqual({
      "session-duration": 'State a sessionDuration of at most 8h. It is "9h".',
    });
  });

  it("holds a zone to what zones take", async () => {
    const { accountId, ...zone } = { ...GOOD, zoneId: GOOD.accountId };
    expect(accountId).toBeDefined();
    expect(await violations({ zoneId: zone.zoneId, isUiReadOnly: true })).toEqual({});
    expect(Object.keys(await violations({ zoneId: zone.zoneId }))).toEqual(["read-only-dashboard"]);
  });

  it("is about organizations alone", async () => {
    expect(await violations({}, { type: "pulumi-nodejs:dynamic/zerotrust:DohSettings" })).toEqual(
      {},
    );
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
])("%j are %j hours", (duration, hours) => {
  expect(hoursOf(duration)).toBe(hours);
});
