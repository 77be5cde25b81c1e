import { renderHtml } from "../../../provider/cli/drift/html.js";
import { ACCOUNT } from "../../ids.js";
import {
  attributed,
  HOSTILE,
  hostile,
  linesWith,
  remediated,
  report,
  sample,
  stack,
} from "./reports.js";

describe("renderHtml", () => {
  it("shows the declared and the live value of each setting", async () => {
    expect(textOf(await renderHtml(sample()))).toMatchInlineSnapshot(`
      "Zero Trust drift: 4 settings drifted in 2 of 5 stacks. 1 stack could not be checked. 1 stack without Zero Trust resources that can drift.
      Zero Trust drift
      4 settings drifted in 2 of 5 stacks. 1 stack could not be checked. 1 stack without Zero Trust resources that can drift.
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
      No Zero Trust resources that can drift.
      No drift
      accounts / quiet
      "
    `);
  });

  it("names who changed each setting below its name", async () => {
    const text = textOf(await renderHtml(attributed()));
    expect(linesWith(text, /changed by|actor/i)).toEqual([
      "sessionDuration Changed by alex@example.com (dashboard) at 2026-11-21T22:05:41Z, ray 8e9b1c60ef9e1c9a",
      "Probably changed by alex@example.com (API token)",
      "sessionDuration Actor unknown: Cloudflare has no audit log of zones",
      "name Actor unknown: Cloudflare has no audit log of zones",
    ]);
  });

  it("shows the result of the remediation below each resource", async () => {
    const text = textOf(await renderHtml(remediated()));
    expect(linesWith(text, / accounts\/|^Remediation: /)).toEqual([
      `lost accounts/${ACCOUNT}`,
      "Remediation: skipped: the live object was not found",
      `fixed accounts/${ACCOUNT}`,
      "Remediation: remediated",
      `ignored accounts/${ACCOUNT}`,
      "Remediation: not applied: Cloudflare accepted the write but still shows another value for warpAuthSessionDuration",
      `rejected accounts/${ACCOUNT}`,
      "Remediation: failed: PUT was rejected with 403 Restored.",
    ]);
  });

  it("lists the stacks without drift, if there are any", async () => {
    const clean = textOf(await renderHtml(report(stack("prod"), stack("staging"))));
    expect(clean).toMatch(/\nNo drift\naccounts \/ prod\naccounts \/ staging\n$/);
    expect(textOf(await renderHtml(attributed()))).not.toContain("No drift");
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
