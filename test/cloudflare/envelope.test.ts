import { fc } from "../property.js";
import { parseEnvelope } from "../../provider/cloudflare/envelope.js";

const parse = (envelope: unknown) => parseEnvelope(JSON.stringify(envelope));

function nestedResult(open: string, close: string): string {
  return `{"success":true,"result":${open.repeat(2e5)}1${close.repeat(2e5)}}`;
}

describe("parseEnvelope", () => {
  it("returns the result, the errors and the messages", () => {
    const response = {
      success: true,
      result: { name: "Widget Corp" },
      errors: [],
      messages: [{ code: 1000, message: "Saved" }],
    };
    expect(parse(response)).toEqual({
      ...response,
      messages: [{ code: 1000, text: "Saved", chain: [] }],
    });
  });

  it("accepts a response without errors and messages, such as the one of revoke_user", () => {
    expect(parse({ success: true, result: true })).toEqual({
      success: true,
      result: true,
      errors: [],
      messages: [],
    });
  });

  it("returns error chains of any depth", () => {
    const error = {
      code: 12062,
      message: "access.api.error.invalid_org_config",
      error_chain: [{ message: "session_duration: is empty", error_chain: [{ code: 7 }] }],
    };
    const innermost = { code: 7, text: "", chain: [] };
    const cause = { code: undefined, text: "session_duration: is empty", chain: [innermost] };
    expect(parse({ success: false, result: null, errors: [error] })?.errors).toEqual([
      { code: 12062, text: "access.api.error.invalid_org_config", chain: [cause] },
    ]);
  });

  it("accepts plain strings as errors and messages, because very old responses have them", () => {
    expect(parse({ success: false, errors: ["not so"], messages: ["well"] })).toMatchObject({
      errors: [{ text: "not so" }],
      messages: [{ text: "well" }],
    });
  });

  it.each([null, {}, "text", 5, [null, 5, [], { code: "x", message: 5, error_chain: "no" }]])(
    "accepts a response whose errors are %j",
    (errors) => {
      expect(parse({ success: false, errors })?.success).toBe(false);
    },
  );

  it.each([
    ["an empty body", ""],
    ["an HTML page", "<html><body>502 Bad Gateway</body></html>"],
    ["an incomplete response", '{"success": true, "result": {"name": "Wid'],
    ["a list", "[]"],
    ["null", "null"],
    ["text", '"success"'],
    ["an object without success", '{"result": {"auth_domain": "team.cloudflareaccess.com"}}'],
    ["a success that is not a boolean", '{"success": "true", "result": {}}'],
    ["an inherited success", '{"__proto__":{"success":true},"result":{}}'],
    ["two envelopes", '{"success":true,"result":{}}{"success":true}'],
    ["an envelope after other text", ')]}\',\n{"success":true,"result":{}}'],
    ["a list that does not end", "[".repeat(500_000)],
    ["an object that is nested too deeply", nestedResult('{"a":', "}")],
    ["a list that is nested too deeply", nestedResult("[", "]")],
    ["a byte order mark", "\ufeff"],
    ["control characters", "\u0000\u0001\ufffd"],
  ])("returns undefined for %s", (_, body) => {
    expect(parseEnvelope(body)).toBeUndefined();
  });

  it("returns undefined for any other text", () => {
    const values = fc.oneof(fc.json(), fc.string(), fc.constantFrom('"not_enabled"', "9999", "{}"));
    fc.assert(fc.property(values, (body) => expect(parseEnvelope(body)).toBeUndefined()));
  });
});
