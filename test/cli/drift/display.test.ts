import { displayLines, displayText, displayValue } from "../../../provider/cli/drift/display.js";
import { fc } from "../../property.js";

describe("displayValue", () => {
  it.each([
    [null, "not set"],
    ["", "not set"],
    [[], "not set"],
    [false, "false"],
    [0, "0"],
    ["12h", "12h"],
    [["totp", "security_key"], "totp, security_key"],
    [{ action: "block", enabled: true }, '{"action":"block","enabled":true}'],
    ["two\nlines\tand a tab\r", "two\\nlines\\tand a tab\\r"],
    ["C:\\n", "C:\\\\n"],
    ["\u001b[31mred", "\\u001b[31mred"],
    ["a\u202eb", "a\\u202eb"],
    ["\ud800 alone", "\\ud800 alone"],
    ["##[error]forged", "##\\u005berror]forged"],
    [" ::error::forged", " \\u003a:error::forged"],
    ["fe80::1", "fe80::1"],
    ["Grüße 🙂", "Grüße 🙂"],
  ])("formats %j as %s", (value, text) => {
    expect(displayValue(value)).toBe(text);
  });

  it("cuts a long value between two characters", () => {
    expect(displayValue("🙂".repeat(301))).toBe(`${"🙂".repeat(300)}…`);
    expect(displayValue("🙂".repeat(300))).toBe("🙂".repeat(300));
  });
});

describe("displayText", () => {
  it("returns one line without control and invisible characters for any text", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        expect(displayText(text)).not.toMatch(/[\p{C}\p{Zl}\p{Zp}]/u);
      }),
    );
  });

  it("returns different texts for different short texts", () => {
    const text = fc.string({
      unit: fc.constantFrom("\\", "n", "\n", "u", "{", "a", "}", "\u000a"),
      maxLength: 8,
    });
    fc.assert(
      fc.property(text, text, (one, other) => {
        expect(displayText(one) === displayText(other)).toBe(one === other);
      }),
    );
  });
});

describe("displayLines", () => {
  it("keeps line breaks, and escapes each line without cutting it", () => {
    const long = "x".repeat(400);
    expect(displayLines(`first\u001b[2J\n::error::forged\n${long}`)).toBe(
      `first\\u001b[2J\n\\u003a:error::forged\n${long}`,
    );
  });
});
