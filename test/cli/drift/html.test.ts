import { renderHtml } from "../../../provider/cli/drift/html.js";
import { HOSTILE, hostile, report, sample, stack } from "./reports.js";

describe("the HTML report", () => {
  it("shows each setting with what is stated and what is live", async () => {
    expect(textOf(await renderHtml(sample()))).toMatchInlineSnapshot(`
      "Zero Trust drift: 4 settings drifted in 2 of 4 stacks. 1 stack could not be checked.
      Zero Trust drift
      4 settings drifted in 2 of 4 stacks. 1 stack could not be checked.
      Checked 2026-11-22 03:17 UTC
      accounts / prod
      organization accounts/023e105f4ecef8ad9ca31a8372d0c353 · last changed 2026-11-21 22:05 UTC
      Setting Stated Live
      denyUnmatchedRequests ⚠ requests to hosts that no Access application covers will get through
      true false
      mfaConfig.allowedAuthenticators security_key security_key, totp
      Set, but stated by no program
      Setting Live
      authDomain ⚠ if changed, every login URL changes, and all sessions end
      team.cloudflareaccess.com
      additionalSettings.new_thing {&quot;on&quot;:true}
      doh accounts/023e105f4ecef8ad9ca31a8372d0c353
      Setting Stated Live
      dohJwtDuration 24h not set
      accounts / lost
      organization accounts/023e105f4ecef8ad9ca31a8372d0c353
      The live object is gone.
      accounts / broken
      Could not be checked
      403 for the account The token lacks a permission.
      No drift
      accounts / quiet
      "
    `);
  });

  it("names the stacks without drift too", async () => {
    expect(textOf(await renderHtml(report(stack("prod"), stack("staging")))))
      .toMatchInlineSnapshot(`
      "Zero Trust drift: No drift in 2 stacks.
      Zero Trust drift
      No drift in 2 stacks.
      Checked 2026-11-22 03:17 UTC
      No drift
      accounts / prod
      accounts / staging
      "
    `);
  });

  it("needs nothing from elsewhere, and allows nothing to be loaded or run", async () => {
    const page = await renderHtml(sample());
    expect(page).toContain(`content="default-src 'none'; style-src 'unsafe-inline'"`);
    expect(page).not.toMatch(
      /<(script|link|img|iframe|base|form|object)\b|\burl\(|@import|https?:/i,
    );
  });

  it.each(HOSTILE)("holds a hostile text as text: %j", async (text) => {
    const tags = new Set((await renderHtml(hostile(text))).match(/<[^>]*>/g));
    const usual = new Set((await renderHtml(hostile("usual"))).match(/<[^>]*>/g));
    const others = [...tags].filter((tag) => !usual.has(tag) && !tag.startsWith("<time "));
    expect(others).toEqual([]);
  });
});

/** What a person reads of a page, a line for each row. */
function textOf(page: string): string {
  return page
    .replace(/<style>.*?<\/style>/s, "")
    .replace(/\s+/g, " ")
    .replace(/<\/(title|h\d|p|tr|pre|caption|li)>/g, "\n")
    .replace(/<[^>]+>/g, " ")
    .replace(/ +/g, " ")
    .replace(/^ | $/gm, "");
}
