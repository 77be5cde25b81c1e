import { runInNewContext } from "node:vm";
import * as estree from "prettier/plugins/estree";
import * as typescript from "prettier/plugins/typescript";
import { format } from "prettier/standalone";
import { objectLiteral, stringLiteral } from "../../../provider/cli/codegen/literal.js";
import { fc } from "../../property.js";

/** Plain JSON as an API may answer it, with the characters that make text difficult. */
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

describe("a literal", () => {
  it("is laid out as Prettier does", async () => {
    await fc.assert(
      fc.asyncProperty(json(), async (value) => {
        const source = `f(${objectLiteral(value)});\n`;
        // What Prettier's estree plug-in exports is typed for nobody's eyes.
        const plugins = [typescript, estree as never];
        expect(await format(source, { parser: "typescript", plugins })).toBe(source);
      }),
      { numRuns: 150 },
    );
  });

  it("means what it was made from", () => {
    fc.assert(
      fc.property(json(), (value) => {
        const read: unknown = runInNewContext(`JSON.stringify(${objectLiteral(value)})`);
        expect(JSON.parse(String(read))).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });

  it.each([
    ["plain", '"plain"'],
    ["it's", `"it's"`],
    ['say "hi"', `'say "hi"'`],
    [`"it's" "so"`, `'"it\\'s" "so"'`],
    ["${code} `code`", '"${code} `code`"'],
    ['"); process.exit(); ("', `'"); process.exit(); ("'`],
    ["a\nb\\", '"a\\nb\\\\"'],
  ])("of the text %j is %s", (text, literal) => {
    expect(stringLiteral(text)).toBe(literal);
    expect(runInNewContext(literal)).toBe(text);
  });

  it("never sets a prototype", () => {
    const value = JSON.parse('{"a":{"__proto__":{"polluted":true}}}') as Record<string, unknown>;
    const source = objectLiteral(value);
    expect(runInNewContext(`(${source}).a.polluted`)).toBeUndefined();
    expect(runInNewContext(`JSON.stringify(${source})`)).toBe(JSON.stringify(value));
  });
});
