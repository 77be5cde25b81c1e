import { renderMarkdown } from "../../../provider/cli/drift/markdown.js";
import { ACCOUNT } from "../../ids.js";
import { fc } from "../../property.js";
import {
  attributed,
  drifted,
  HOSTILE,
  hostile,
  linesWith,
  remediated,
  report,
  resource,
  sample,
  stack,
} from "./reports.js";

describe("renderMarkdown", () => {
  it("shows the declared and the live value of each setting", () => {
    expect(renderMarkdown(sample())).toMatchInlineSnapshot(`
      "## Zero Trust drift

      4 settings drifted in 2 of 5 stacks. 1 stack could not be checked. 1 stack without Zero Trust resources that can drift.

      ### \`accounts\` / \`prod\`

      **\`organization\`** of \`accounts/023e105f4ecef8ad9ca31a8372d0c353\`, last changed \`2026-11-21T22:05:41Z\`

      |  | setting | declared | live |
      | --- | --- | --- | --- |
      | ⚠️ | \`denyUnmatchedRequests\` | \`true\` | \`false\` |
      |  | \`mfaConfig.allowedAuthenticators\` | \`security_key\` | \`security_key, totp\` |
      | ⚠️ | \`authDomain\` | _not managed_ | \`team.cloudflareaccess.com\` |
      |  | \`additionalSettings.new_thing\` | _not managed_ | \`{"on":true}\` |

      - ⚠️ \`denyUnmatchedRequests\`: Requests to hosts that no Access application covers are no longer blocked.
      - ⚠️ \`authDomain\`: if changed, every login URL changes, and all sessions end.

      **\`doh\`** of \`accounts/023e105f4ecef8ad9ca31a8372d0c353\`

      |  | setting | declared | live |
      | --- | --- | --- | --- |
      |  | \`dohJwtDuration\` | \`24h\` | _not set_ |

      ### \`accounts\` / \`lost\`

      **\`organization\`** of \`accounts/023e105f4ecef8ad9ca31a8372d0c353\`

      ⚠️ Cloudflare no longer has this object.

      ### \`accounts\` / \`broken\`

      Could not be checked:

      ~~~
      403 for the account
      The token lacks a permission.
      ~~~

      ### \`accounts\` / \`unused\`

      ⚠️ No Zero Trust resources that can drift.

      _Checked at 2026-11-22T03:17:00.000Z._

      "
    `);
  });

  it("names who changed each setting in the list below the table", () => {
    expect(linesWith(renderMarkdown(attributed()), /^- /)).toEqual([
      "- ⚠️ `denyUnmatchedRequests`: Requests to hosts that no Access application covers are no longer blocked.",
      "- `sessionDuration`: `changed by alex@example.com (dashboard) at 2026-11-21T22:05:41Z, ray 8e9b1c60ef9e1c9a`",
      "- `denyUnmatchedRequests`: `probably changed by alex@example.com (API token)`",
      "- `sessionDuration`, `name`: `actor unknown: Cloudflare has no audit log of zones`",
    ]);
  });

  it("shows the result of the remediation below each resource", () => {
    const markdown = renderMarkdown(remediated());
    expect(linesWith(markdown, /^(\*\*|Remediation: )/)).toEqual([
      `**\`lost\`** of \`accounts/${ACCOUNT}\``,
      "Remediation: ⚠️ `skipped: the live object was not found`",
      `**\`fixed\`** of \`accounts/${ACCOUNT}\``,
      "Remediation: ✅ remediated.",
      `**\`ignored\`** of \`accounts/${ACCOUNT}\``,
      "Remediation: ⚠️ `not applied: Cloudflare accepted the write but still shows another value for warpAuthSessionDuration`",
      `**\`rejected\`** of \`accounts/${ACCOUNT}\``,
      "Remediation: ❌ failed:",
    ]);
    expect(markdown).toContain("failed:\n\n~~~\nPUT was rejected with 403\nRestored.\n~~~\n");
  });

  it("consists of a summary without drift", () => {
    expect(renderMarkdown(report(stack("prod"), stack("staging")))).toBe(
      "## Zero Trust drift\n\nNo drift in 2 stacks.\n\n_Checked at 2026-11-22T03:17:00.000Z._\n\n",
    );
  });

  it.each(HOSTILE)("renders a hostile text as code: %j", (text) => {
    expect(withoutCode(renderMarkdown(hostile(text)))).toBe(USUAL);
  });

  it("renders any text as code, and gives each row four cells", () => {
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

  const manyDrifts = resource({
    settings: Array.from({ length: 20 }, (_, index) => ({
      setting: `additionalSettings.key_${index}`,
      declared: "x".repeat(100),
      live: "y".repeat(100),
    })),
  });

  it.each([
    [
      "stacks",
      /^### /gm,
      Array.from({ length: 100 }, (_, index) => drifted(`s${index}`, manyDrifts)),
    ],
    [
      "resources of a single stack",
      /^\*\*`/gm,
      [drifted("prod", ...Array.from({ length: 100 }, () => manyDrifts))],
    ],
  ])("omits the %s that exceed the length of an issue", (_, headings, stacks) => {
    const markdown = renderMarkdown(report(...stacks));
    expect(markdown.length).toBeLessThan(65_536);
    expect(markdown.match(headings)?.length).toBeGreaterThan(5);
    expect(markdown).toContain(`2000 settings drifted in ${stacks.length} of`);
    expect(markdown).toContain(
      "**The rest is omitted**: the JSON and HTML reports list everything.",
    );
  });
});

/** Replaces code in a report. A run of backticks or tildes ends at the next one of the same length. */
function withoutCode(markdown: string): string {
  return withoutFences(markdown).replace(/(?<!`)(`+)(?!`).*?(?<!`)\1(?!`)/g, "(code)");
}

const USUAL = withoutCode(renderMarkdown(hostile("usual")));

function withoutFences(markdown: string): string {
  return markdown.replace(/^(~{3,})\n.*?\n\1$/gms, "(code)");
}

/** Splits a row as GitHub does: at each bar without a backslash. */
function cellsOf(row: string): string[] {
  return row
    .replace(/\\[\\|]/g, "")
    .slice(1, -1)
    .split("|");
}
