import { renderHtml } from "../../../provider/cli/drift/html.js";
import { attributed, HOSTILE, hostile, remediated, report, sample, stack } from "./reports.js";

describe("renderHtml", () => {
  it("shows the declared and the live value of each setting", async () => {
    expect(textOf(await renderHtml(sample()))).toMatchInlineSnapshot(`
      "Zero Trust drift: 4 settings drifted in 2 of 5 stacks. 1 stack could not be checked. 1 stack without Zero Trust resources.
      Zero Trust drift
      4 settings drifted in 2 of 5 stacks. 1 stack could not be checked. 1 stack without Zero Trust resources.
      Checked 2026-11-22 03:17 UTC
      accounts / prod
      organization accounts/023e105f4ecef8ad9ca31a8372d0c353 · last changed 2026-11-21 22:05 UTC
      Setting Declared Live
      denyUnmatchedRequests ⚠ Requests to hosts that no Access application covers are no longer blocked
      true false
      mfaConfig.allowedAuthenticators security_key security_key, totp
      Set, but not declared by any program
      Setting Live
      authDomain ⚠ if changed, every login URL changes, and all sessions end
      team.cloudflareaccess.com
      additionalSettings.new_thing {&quot;on&quot;:true}
      doh accounts/023e105f4ecef8ad9ca31a8372d0c353
      Setting Declared Live
      dohJwtDuration 24h not set
      accounts / lost
      organization accounts/023e105f4ecef8ad9ca31a8372d0c353
      Cloudflare no longer has this object.
      accounts / broken
      Could not be checked
      403 for the account The token lacks a permission.
      accounts / unused
      No Zero Trust resources.
      No drift
      accounts / quiet
      "
    `);
  });

  it("names who changed each setting below its name", async () => {
    expect(textOf(await renderHtml(attributed()))).toMatchInlineSnapshot(`
      "Zero Trust drift: 4 settings drifted in 1 of 1 stack.
      Zero Trust drift
      4 settings drifted in 1 of 1 stack.
      Checked 2026-11-22 03:17 UTC
      accounts / prod
      organization accounts/023e105f4ecef8ad9ca31a8372d0c353
      Setting Declared Live
      sessionDuration Changed by alex@example.com (dashboard) at 2026-11-21T22:05:41Z, ray 8e9b1c60ef9e1c9a
      12h 48h
      denyUnmatchedRequests ⚠ Requests to hosts that no Access application covers are no longer blocked
      Probably changed by alex@example.com (API token)
      true false
      zone accounts/023e105f4ecef8ad9ca31a8372d0c353
      Setting Declared Live
      sessionDuration Actor unknown: Cloudflare has no audit log of zones
      12h 48h
      name Actor unknown: Cloudflare has no audit log of zones
      12h 48h
      "
    `);
  });

  it("shows the result of the remediation", async () => {
    expect(textOf(await renderHtml(remediated()))).toMatchInlineSnapshot(`
      "Zero Trust drift: 6 settings drifted in 1 of 1 stack. Remediation: 1 remediated, 1 not applied, 1 skipped, 1 failed.
      Zero Trust drift
      6 settings drifted in 1 of 1 stack. Remediation: 1 remediated, 1 not applied, 1 skipped, 1 failed.
      Checked 2026-11-22 03:17 UTC
      accounts / prod
      lost accounts/023e105f4ecef8ad9ca31a8372d0c353
      Cloudflare no longer has this object.
      Remediation: skipped: the live object was not found
      fixed accounts/023e105f4ecef8ad9ca31a8372d0c353
      Setting Declared Live
      sessionDuration 12h 48h
      Remediation: remediated
      ignored accounts/023e105f4ecef8ad9ca31a8372d0c353
      Setting Declared Live
      sessionDuration 12h 48h
      warpAuthSessionDuration 12h 48h
      Remediation: not applied: Cloudflare accepted the write but still shows another value for warpAuthSessionDuration
      rejected accounts/023e105f4ecef8ad9ca31a8372d0c353
      Setting Declared Live
      sessionDuration 12h 48h
      name 12h 48h
      Remediation: failed: PUT was rejected with 403 Restored.
      "
    `);
  });

  it("lists the stacks without drift, too", async () => {
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

  it("returns a page that loads and runs nothing", async () => {
    const page = await renderHtml(sample());
    expect(page).toContain(`content="default-src 'none'; style-src 'unsafe-inline'"`);
    expect(page).not.toMatch(
      /<(script|link|img|iframe|base|form|object)\b|\burl\(|@import|https?:/i,
    );
  });

  it.each(HOSTILE)("renders a hostile text as text: %j", async (text) => {
    const tags = new Set((await renderHtml(hostile(text))).match(/<[^>]*>/g));
    const usual = new Set((await renderHtml(hostile("usual"))).match(/<[^>]*>/g));
    const others = [...tags].filter((tag) => !usual.has(tag) && !tag.startsWith("<time "));
    expect(others).toEqual([]);
  });
});

/** The visible text of a page, with one line for each row. */
function textOf(page: string): string {
  return page
    .replace(/<style>.*?<\/style>/s, "")
    .replace(/\s+/g, " ")
    .replace(/<\/(title|h\d|p|tr|pre|caption|li)>/g, "\n")
    .replace(/<[^>]+>/g, " ")
    .replace(/ +/g, " ")
    .replace(/^ | $/gm, "");
}
