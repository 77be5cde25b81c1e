import { runInNewContext } from "node:vm";
import * as estree from "prettier/plugins/estree";
import * as typescript from "prettier/plugins/typescript";
import { format } from "prettier/standalone";
import { objectLiteral, stringLiteral } from "../../../provider/cli/codegen/literal.js";
import { fc } from "../../property.js";

/** JSON as the API may return it, with characters that need escapes. */
function json(): fc.Arbitrary<Record<string, unknown>> {
  const text = fc.stringMatching(/^[ -~\n]{0,90}$/);
  const name = fc.oneof(
    fc.stringMatching(/^[a-z][a-z0-9_]{0,40}$/),
    fc.stringMatching(/^[ -~]{1,9}$/),
  );
  const { value } = fc.letrec((tie) => ({
    value: fc.oneof(
      { maxDepth: 3 },
      fc.integer(),
      fc.boolean(),
      text,
      fc.constant(null),
      fc.array(fc.integer(), { maxLength: 30 }),
      fc.array(tie("value"), { maxLength: 5 }),
      fc.dictionary(name, tie("value"), { maxKeys: 4 }),
    ),
  }));
  return fc.dictionary(name, value, { maxKeys: 4 });
}

describe("objectLiteral", () => {
  it("formats every JSON object as Prettier does", async () => {
    await fc.assert(
      fc.asyncProperty(json(), async (value) => {
        const source = `f(${objectLiteral(value)});\n`;
        // Prettier does not declare types for its estree plugin.
        const plugins = [typescript, estree as never];
        expect(await format(source, { parser: "typescript", plugins })).toBe(source);
      }),
      { numRuns: 150 },
    );
  });

  it("evaluates to the object", () => {
    fc.assert(
      fc.property(json(), (value) => {
        const read: unknown = runInNewContext(`JSON.stringify(${objectLiteral(value)})`);
        expect(JSON.parse(String(read))).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });

  it("never sets a prototype", () => {
    const value = JSON.parse('{"a":{"__proto__":{"polluted":true}}}') as Record<string, unknown>;
    const source = objectLiteral(value);
    expect(runInNewContext(`(${source}).a.polluted`)).toBeUndefined();
    expect(runInNewContext(`JSON.stringify(${source})`)).toBe(JSON.stringify(value));
  });
});

describe("stringLiteral", () => {
  it.each([
    ["plain", '"plain"'],
    ["it's", `"it's"`],
    ['say "hi"', `'say "hi"'`],
    [`"it's" "so"`, `'"it\\'s" "so"'`],
    ["${code} `code`", '"${code} `code`"'],
    ['"); process.exit(); ("', `'"); process.exit(); ("'`],
    ["a\nb\\", '"a\\nb\\\\"'],
  ])("of %j is %s", (text, literal) => {
    expect(stringLiteral(text)).toBe(literal);
    expect(runInNewContext(literal)).toBe(text);
  });

  it.each([
    ["a control character", "\u009B[2J", '"\\u009b[2J"'],
    ["a bidirectional override", "a\u202Eb", '"a\\u202eb"'],
    ["a bidirectional isolate", "a\u2066b", '"a\\u2066b"'],
    ["a zero-width space", "a\u200Bb", '"a\\u200bb"'],
    ["a line separator", "a\u2028b", '"a\\u2028b"'],
    ["an invisible character beyond U+FFFF", "a\u{E0041}b", '"a\\udb40\\udc41b"'],
    ["half of a surrogate pair", "a\uD800b", '"a\\ud800b"'],
  ])("escapes %s", (_what, text, literal) => {
    expect(stringLiteral(text)).toBe(literal);
    expect(runInNewContext(literal)).toBe(text);
  });

  it("does not change visible text of any script", () => {
    expect(stringLiteral("Grüße, 日本語, עברית")).toBe('"Grüße, 日本語, עברית"');
  });
});
