import { parseEnvelope } from "../../provider/cloudflare/envelope.js";

const parse = (envelope: unknown) => parseEnvelope(JSON.stringify(envelope));

describe("an answer of the API", () => {
  it("holds a result, errors and messages", () => {
    const answer = {
      success: true,
      result: { name: "Widget Corp" },
      errors: [],
      messages: [{ code: 1000, message: "Saved" }],
    };
    expect(parse(answer)).toEqual({
      ...answer,
      messages: [{ code: 1000, text: "Saved", chain: [] }],
    });
  });

  it("may lack errors and messages, as that of revoke_user does", () => {
    expect(parse({ success: true, result: true })).toEqual({
      success: true,
      result: true,
      errors: [],
      messages: [],
    });
  });

  it("gives the reasons behind an error, at any depth", () => {
    const error = {
      code: 12062,
      message: "access.api.error.invalid_org_config",
      error_chain: [{ message: "session_duration: is empty", error_chain: [{ code: 7 }] }],
    };
    expect(parse({ success: false, result: null, errors: [error] })?.errors).toEqual([
      {
        code: 12062,
        text: "access.api.error.invalid_org_config",
        chain: [
          {
            code: undefined,
            text: "session_duration: is empty",
            chain: [{ code: 7, text: "", chain: [] }],
          },
        ],
      },
    ]);
  });

  it("may hold plain strings for errors, as very old ones do", () => {
    expect(parse({ success: false, errors: ["not so"], messages: ["well"] })).toMatchObject({
      errors: [{ text: "not so" }],
      messages: [{ text: "well" }],
    });
  });

  it.each([null, {}, "text", 5, [null, 5, [], { code: "x", message: 5, error_chain: "no" }]])(
    "is read whatever stands where the errors should: %j",
    (errors) => {
      expect(parse({ success: false, errors })?.success).toBe(false);
    },
  );
});

describe("no answer of the API", () => {
  it.each([
    ["nothing", ""],
    ["a page", "<html><body>502 Bad Gateway</body></html>"],
    ["half an answer", '{"success": true, "result": {"name": "Wid'],
    ["a list", "[]"],
    ["null", "null"],
    ["text", '"success"'],
    ["an object without success", '{"result": {"auth_domain": "team.cloudflareaccess.com"}}'],
    ["a success that is no boolean", '{"success": "true", "result": {}}'],
  ])("is %s", (_, body) => {
    expect(parseEnvelope(body)).toBeUndefined();
  });
});
