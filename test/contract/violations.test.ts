import { describeViolations } from "./overlay.js";
import type { Exchange } from "./recording-proxy.js";

/*
 * Other kinds of violations occur in the scenarios of conformance.test.ts, where each entry of the
 * overlay has to permit at least one.
 */

describe("describeViolations", () => {
  const settings = { auth_domain: "team.cloudflareaccess.com", name: "Widget Corp" };
  const valid: Exchange = {
    verb: "PUT",
    path: "/accounts/023e105f4ecef8ad9ca31a8372d0c353/access/organizations",
    query: {},
    headers: { authorization: "Bearer token", "content-type": "application/json" },
    body: settings,
    status: 200,
    contentType: "application/json",
    response: { success: true, errors: [], messages: [], result: settings },
    isFromProvider: true,
  };
  const OPERATION = "PUT /accounts/{account_id}/access/organizations";

  it("returns nothing for a valid exchange", () => {
    expect(describeViolations([valid])).toEqual([]);
  });

  it.each<[string, Partial<Exchange>, string]>([
    ["no body", { body: undefined }, 'request violates "body" with undefined'],
    [
      "an object that lacks a member",
      { body: { ...settings, service_token_inactivity: { enabled: true, action: "delete" } } },
      'request/service_token_inactivity violates "required" with {"enabled":true,"action":"delete"}',
    ],
    ["a query", { query: { devices: "true" } }, 'request?devices violates "unknown" with "true"'],
    [
      "no credentials",
      { headers: { "content-type": "application/json" } },
      'request violates "security" with undefined',
    ],
    [
      "two kinds of credentials at once",
      { headers: { ...valid.headers, "x-auth-email": "a@example.com", "x-auth-key": "key" } },
      'request violates "security" with undefined',
    ],
    [
      "a body that is not JSON",
      { headers: { ...valid.headers, "content-type": "text/plain" } },
      'request violates "media type" with "text/plain"',
    ],
    [
      "an HTML page as response",
      { contentType: "text/html" },
      'response violates "media type" with "text/html"',
    ],
    [
      "a field of the overlay with an invalid value",
      { response: { success: true, errors: [], messages: [], result: { trusted_accounts: 1 } } },
      'response/result/trusted_accounts violates "unknown" with 1',
    ],
  ])("reports %s", (_, difference, fault) => {
    expect(describeViolations([{ ...valid, ...difference }])).toEqual([`${OPERATION}: ${fault}`]);
  });

  it("reports an operation that the contract does not have", () => {
    expect(describeViolations([{ ...valid, verb: "PATCH" }])).toEqual([
      `PATCH ${valid.path}: request violates "operation" with undefined`,
    ]);
  });
});
