import { renderMarkdown } from "../../../provider/cli/drift/markdown.js";
import { fc } from "../../property.js";
import { HOSTILE, hostile, report, resource, sample, stack } from "./reports.js";

describe("the Markdown report", () => {
  it("shows each setting with what is stated and what is live", () => {
    expect(renderMarkdown(sample())).toMatchInlineSnapshot(`
      "## Zero Trust drift

      4 settings drifted in 2 of 4 stacks. 1 stack could not be checked.

      ### \`accounts\` / \`prod\`

      **\`organization\`** of \`accounts/023e105f4ecef8ad9ca31a8372d0c353\`, last changed \`2026-11-21T22:05:41Z\`

      |  | setting | stated | live |
      | --- | --- | --- | --- |
      | ⚠️ | \`denyUnmatchedRequests\` | \`true\` | \`false\` |
      |  | \`mfaConfig.allowedAuthenticators\` | \`security_key\` | \`security_key, totp\` |
      | ⚠️ | \`authDomain\` | _not managed_ | \`team.cloudflareaccess.com\` |
      |  | \`additionalSettings.new_thing\` | _not managed_ | \`{"on":true}\` |

      - ⚠️ \`denyUnmatchedRequests\`: requests to hosts that no Access application covers will get through.
      - ⚠️ \`authDomain\`: if changed, every login URL changes, and all sessions end.

      **\`doh\`** of \`accounts/023e105f4ecef8ad9ca31a8372d0c353\`

      |  | setting | stated | live |
      | --- | --- | --- | --- |
      |  | \`dohJwtDuration\` | \`24h\` | _not set_ |

      ### \`accounts\` / \`lost\`

      **\`organization\`** of \`accounts/023e105f4ecef8ad9ca31a8372d0c353\`

      ⚠️ The live object is gone.

      ### \`accounts\` / \`broken\`

      Could not be checked:

      ~~~
      403 for the account
      The token lacks a permission.
      ~~~

      _Checked at 2026-11-22T03:17:00.000Z._

      "
    `);
  });

  it("says so where there is no drift", () => {
    expect(renderMarkdown(report(stack("prod"), stack("staging")))).toMatchInlineSnapshot(`
      "## Zero Trust drift

      No drift in 2 stacks.

      _Checked at 2026-11-22T03:17:00.000Z._

      "
    `);
  });

  it.each(HOSTILE)("holds a hostile text as code: %j", (text) => {
    expect(withoutCode(renderMarkdown(hostile(text)))).toBe(USUAL);
  });

  it("holds any text as code, and gives every row its four cells", () => {
    const characters = fc.constantFrom("`", "|", "\\", "~", " ", "a", "\n", "*");
    fc.assert(
      fc.property(fc.string({ unit: characters, minLength: 1 }), (text) => {
        const markdown = renderMarkdown(hostile(text));
        expect(withoutCode(markdown)).toBe(USUAL);
        const rows = withoutFences(markdown)
          .split("\n")
          .filter((line) => line.startsWith("| "));
        expect(rows.map((row) => cellsOf(row).length)).toEqual([4, 4, 4, 4, 4]);
      }),
    );
  });

  it("leaves out whole stacks where an issue would not take all of them, and counts them", () => {
    const settings = Array.from({ length: 20 }, (_, index) => ({
      setting: `additionalSettings.key_${index}`,
      stated: "x".repeat(100),
      live: "y".repeat(100),
    }));
    const stacks = Array.from({ length: 100 }, (_, index) =>
      stack(`s${index}`, { status: "drifted", resources: [resource({ settings })] }),
    );
    const markdown = renderMarkdown(report(...stacks));
    const shown = [...markdown.matchAll(/^### /gm)].length;
    expect(markdown.length).toBeLessThan(65_536);
    expect(shown).toBeGreaterThan(5);
    expect(markdown).toContain("2000 settings drifted in 100 of 100 stacks.");
    expect(markdown).toContain(`**${100 - shown} more stacks would not fit here**`);
  });
});

/** What is left of a report without its code: a run of backticks or tildes ends at the next of its length. */
function withoutCode(markdown: string): string {
  return withoutFences(markdown).replace(/(?<!`)(`+)(?!`).*?(?<!`)\1(?!`)/g, "(code)");
}

const USUAL = withoutCode(renderMarkdown(hostile("usual")));

function withoutFences(markdown: string): string {
  return markdown.replace(/^(~{3,})\n.*?\n\1$/gms, "(code)");
}

/** The cells of a row, as GitHub splits them: at every bar that no backslash escapes. */
function cellsOf(row: string): string[] {
  return row
    .replace(/\\[\\|]/g, "")
    .slice(1, -1)
    .split("|");
}
