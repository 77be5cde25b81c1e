import { faultsOf } from "./overlay.js";
import type { Exchange } from "./recorder.js";

describe("whatever is wrong and not in the overlay is found", () => {
  const settings = { auth_domain: "team.cloudflareaccess.com", name: "Widget Corp" };
  const kept: Exchange = {
    verb: "PUT",
    path: "/accounts/023e105f4ecef8ad9ca31a8372d0c353/access/organizations",
    query: {},
    headers: { authorization: "Bearer token", "content-type": "application/json" },
    body: settings,
    status: 200,
    contentType: "application/json",
    answer: { success: true, errors: [], messages: [], result: settings },
    isOurs: true,
  };
  const sending = (body: object) => ({ body: { ...settings, ...body } });
  const answering = (envelope: object) => ({ answer: { ...(kept.answer as object), ...envelope } });
  const OF_ACCOUNT = "PUT /accounts/{account_id}/access/organizations";
  const error = { code: 12062, message: "access.api.error.invalid_org_config" };

  it("and nothing where nothing is wrong", () => {
    expect(faultsOf([kept])).toEqual([]);
  });

  it.each<[string, Partial<Exchange>, string]>([
    [
      "a key that no request takes",
      sending({ created_at: "" }),
      'request/created_at breaks "unknown" with ""',
    ],
    [
      "a key that only answers may have",
      sending({ trusted_accounts: [] }),
      'request/trusted_accounts breaks "unknown" with []',
    ],
    [
      "an unknown member",
      sending({ login_design: { headerText: "x" } }),
      'request/login_design/headerText breaks "unknown" with "x"',
    ],
    [
      "null for what cannot be cleared",
      sending({ name: null }),
      'request/name breaks "type" with null',
    ],
    [
      "a value of another type",
      sending({ session_duration: 24 }),
      'request/session_duration breaks "type" with 24',
    ],
    [
      "a value that is not listed",
      sending({ mfa_config: { allowed_authenticators: ["sms"] } }),
      'request/mfa_config/allowed_authenticators/* breaks "enum" with "sms"',
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
      'request/service_token_inactivity/inactivity_threshold_days breaks "minimum" with 29',
    ],
    [
      "an object that lacks a member",
      sending({ service_token_inactivity: { enabled: false, inactivity_threshold_days: 30 } }),
      'request/service_token_inactivity breaks "required" with {"enabled":false,"inactivity_threshold_days":30}',
    ],
    ["no body", { body: undefined }, 'request breaks "body" with undefined'],
    ["a query", { query: { devices: "true" } }, 'request?devices breaks "unknown" with "true"'],
    [
      "no credentials",
      { headers: { "content-type": "application/json" } },
      'request breaks "security" with undefined',
    ],
    [
      "two kinds of credentials at once",
      { headers: { ...kept.headers, "x-auth-email": "a@example.com", "x-auth-key": "key" } },
      'request breaks "security" with undefined',
    ],
    [
      "a form in place of JSON",
      { headers: { ...kept.headers, "content-type": "text/plain" } },
      'request breaks "media type" with "text/plain"',
    ],
    ["an unknown status", { status: 202 }, 'answer breaks "status" with 202'],
    [
      "a page in place of JSON",
      { contentType: "text/html" },
      'answer breaks "media type" with "text/html"',
    ],
    [
      "an unknown key of the result",
      answering({ result: { id: "x" } }),
      'answer/result/id breaks "unknown" with "x"',
    ],
    [
      "a listed key with another value",
      answering({ result: { cache_device_posture: "no" } }),
      'answer/result/cache_device_posture breaks "unknown" with "no"',
    ],
    [
      "an unknown key of the envelope",
      answering({ result_info: {} }),
      'answer/result_info breaks "unknown" with {}',
    ],
    [
      "a success that says it is none",
      answering({ success: false }),
      'answer/success breaks "enum" with false',
    ],
    [
      "a moment that is none",
      answering({ result: { created_at: "yesterday" } }),
      'answer/result/created_at breaks "format" with "yesterday"',
    ],
    [
      "a failure with a result",
      { status: 400, answer: { success: false, errors: [error], messages: [], result: {} } },
      'answer/result breaks "enum" with {}',
    ],
    [
      "a failure without an error",
      { status: 400, answer: { success: false, errors: [], messages: [], result: null } },
      'answer/errors breaks "minItems" with []',
    ],
  ])("%s", (_, difference, fault) => {
    expect(faultsOf([{ ...kept, ...difference }])).toEqual([`${OF_ACCOUNT}: ${fault}`]);
  });

  it.each([
    ["PATCH", kept.path],
    ["DELETE", kept.path],
    ["GET", "/zones/699d98642c564d2e855e9661899b7252/access/organizations/doh"],
  ])("a request that the contract does not have: %s %s", (verb, path) => {
    expect(faultsOf([{ ...kept, verb, path }])).toEqual([
      `${verb} ${path}: request breaks "operation" with undefined`,
    ]);
  });

  it("a zone that is sent what only accounts take, or called by token", () => {
    const path = "/zones/699d98642c564d2e855e9661899b7252/access/organizations";
    const body = { ...settings, session_duration: "24h" };
    expect(faultsOf([{ ...kept, path, body }])).toEqual([
      'PUT /zones/{zone_id}/access/organizations: request breaks "security" with undefined',
      'PUT /zones/{zone_id}/access/organizations: request/session_duration breaks "unknown" with "24h"',
    ]);
  });
});
