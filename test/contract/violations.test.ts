import { describeViolations } from "./overlay.js";
import type { Exchange } from "./recording-proxy.js";

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
  const sending = (body: object) => ({ body: { ...settings, ...body } });
  const responding = (envelope: object) => ({
    response: { ...(valid.response as object), ...envelope },
  });
  const OPERATION = "PUT /accounts/{account_id}/access/organizations";
  const error = { code: 12062, message: "access.api.error.invalid_org_config" };

  it("returns nothing for a valid exchange", () => {
    expect(describeViolations([valid])).toEqual([]);
  });

  it.each<[string, Partial<Exchange>, string]>([
    [
      "an output-only field in a request",
      sending({ trusted_accounts: [] }),
      'request/trusted_accounts violates "unknown" with []',
    ],
    [
      "an unknown member",
      sending({ login_design: { headerText: "x" } }),
      'request/login_design/headerText violates "unknown" with "x"',
    ],
    [
      "null for a required field",
      sending({ name: null }),
      'request/name violates "type" with null',
    ],
    [
      "a value of another type",
      sending({ session_duration: 24 }),
      'request/session_duration violates "type" with 24',
    ],
    [
      "an unknown enum value",
      sending({ mfa_config: { allowed_authenticators: ["sms"] } }),
      'request/mfa_config/allowed_authenticators/* violates "enum" with "sms"',
    ],
    [
      "a number out of range",
      sending({
        service_token_inactivity: {
          action: "delete",
          enabled: true,
          inactivity_threshold_days: 29,
        },
      }),
      'request/service_token_inactivity/inactivity_threshold_days violates "minimum" with 29',
    ],
    [
      "an object that lacks a member",
      sending({ service_token_inactivity: { enabled: false, inactivity_threshold_days: 30 } }),
      'request/service_token_inactivity violates "required" with {"enabled":false,"inactivity_threshold_days":30}',
    ],
    ["no body", { body: undefined }, 'request violates "body" with undefined'],
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
    ["an unknown status", { status: 202 }, 'response violates "status" with 202'],
    [
      "an HTML page as response",
      { contentType: "text/html" },
      'response violates "media type" with "text/html"',
    ],
    [
      "an unknown field of the result",
      responding({ result: { id: "x" } }),
      'response/result/id violates "unknown" with "x"',
    ],
    [
      "an undocumented field with an invalid value",
      responding({ result: { cache_device_posture: "no" } }),
      'response/result/cache_device_posture violates "unknown" with "no"',
    ],
    [
      "an unknown field of the envelope",
      responding({ result_info: {} }),
      'response/result_info violates "unknown" with {}',
    ],
    [
      "a 200 with success: false",
      responding({ success: false }),
      'response/success violates "enum" with false',
    ],
    [
      "an invalid timestamp",
      responding({ result: { created_at: "yesterday" } }),
      'response/result/created_at violates "format" with "yesterday"',
    ],
    [
      "a failure with a result",
      { status: 400, response: { success: false, errors: [error], messages: [], result: {} } },
      'response/result violates "enum" with {}',
    ],
    [
      "a failure without an error",
      { status: 400, response: { success: false, errors: [], messages: [], result: null } },
      'response/errors violates "minItems" with []',
    ],
  ])("reports %s", (_, difference, fault) => {
    expect(describeViolations([{ ...valid, ...difference }])).toEqual([`${OPERATION}: ${fault}`]);
  });

  it.each([
    ["PATCH", valid.path],
    ["DELETE", valid.path],
    ["GET", "/zones/699d98642c564d2e855e9661899b7252/access/organizations/doh"],
  ])("reports an operation that the contract does not have: %s %s", (verb, path) => {
    expect(describeViolations([{ ...valid, verb, path }])).toEqual([
      `${verb} ${path}: request violates "operation" with undefined`,
    ]);
  });

  it("reports an account-only field and a token in a request of a zone", () => {
    const path = "/zones/699d98642c564d2e855e9661899b7252/access/organizations";
    const body = { ...settings, session_duration: "24h" };
    expect(describeViolations([{ ...valid, path, body }])).toEqual([
      'PUT /zones/{zone_id}/access/organizations: request violates "security" with undefined',
      'PUT /zones/{zone_id}/access/organizations: request/session_duration violates "unknown" with "24h"',
    ]);
  });
});
