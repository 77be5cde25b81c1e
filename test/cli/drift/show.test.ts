import { showValue, visible } from "../../../provider/cli/drift/show.js";
import { fc } from "../../property.js";

describe("a value in a report", () => {
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
    ["\u001b[31mred", "\\u{1b}[31mred"],
    ["a\u202eb", "a\\u{202e}b"],
    ["\ud800 alone", "\\u{d800} alone"],
    ["##[error]forged", "##\\u{5b}error]forged"],
    [" ::error::forged", " \\u{3a}:error::forged"],
    ["fe80::1", "fe80::1"],
    ["Grüße 🙂", "Grüße 🙂"],
  ])("%j shows as %s", (value, shown) => {
    expect(showValue(value)).toBe(shown);
  });

  it("that is long is cut between two characters", () => {
    expect(showValue("🙂".repeat(301))).toBe(`${"🙂".repeat(300)}…`);
    expect(showValue("🙂".repeat(300))).toBe("🙂".repeat(300));
  });

  it("is one line without anything that a terminal would act upon, whatever it is", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        expect(visible(text)).not.toMatch(/[\p{C}\p{Zl}\p{Zp}]/u);
      }),
    );
  });

  it("still tells short texts apart", () => {
    const text = fc.string({
      unit: fc.constantFrom("\\", "n", "\n", "u", "{", "a", "}", "\u000a"),
      maxLength: 8,
    });
    fc.assert(
      fc.property(text, text, (one, other) => {
        expect(visible(one) === visible(other)).toBe(one === other);
      }),
    );
  });
});
