import pc from "picocolors";
import { renderTable } from "../../../provider/cli/drift/table.js";
import { attributed, HOSTILE, hostile, linesWith, report, sample, stack } from "./reports.js";

const PLAIN = pc.createColors(false);

describe("renderTable", () => {
  it("shows the declared and the live value of each setting, and the impact of risky changes", () => {
    expect(renderTable(sample(), PLAIN)).toMatchInlineSnapshot(`
      "accounts / prod
        organization (accounts/023e105f4ecef8ad9ca31a8372d0c353), last changed 2026-11-21T22:05:41Z
             setting                          declared      live
          !  denyUnmatchedRequests            true          false
             mfaConfig.allowedAuthenticators  security_key  security_key, totp
          !  authDomain                       not managed   team.cloudflareaccess.com
             additionalSettings.new_thing     not managed   {"on":true}
          ! denyUnmatchedRequests: Requests to hosts that no Access application covers are no longer blocked.
          ! authDomain: if changed, every login URL changes, and all sessions end.

        doh (accounts/023e105f4ecef8ad9ca31a8372d0c353)
             setting         declared  live
             dohJwtDuration  24h       not set

      accounts / lost
        organization (accounts/023e105f4ecef8ad9ca31a8372d0c353)
          ! Cloudflare no longer has this object.

      accounts / broken  could not be checked
          | 403 for the account
          | The token lacks a permission.

      Warning: No Zero Trust resources that can drift in stack accounts / unused.

      4 settings drifted in 2 of 5 stacks. 1 stack could not be checked. 1 stack without Zero Trust resources that can drift.
      "
    `);
  });

  it("names who changed each setting below the table", () => {
    expect(linesWith(renderTable(attributed(), PLAIN), /changed by|actor/)).toEqual([
      "    sessionDuration: changed by alex@example.com (dashboard) at 2026-11-21T22:05:41Z, ray 8e9b1c60ef9e1c9a.",
      "    denyUnmatchedRequests: probably changed by alex@example.com (API token).",
      "    sessionDuration, name: actor unknown: Cloudflare has no audit log of zones.",
    ]);
  });

  it("consists of a green line without drift, and colors the summary red for drift", () => {
    const colors = pc.createColors(true);
    const clean = report(stack("prod"));
    expect(renderTable(clean, colors)).toBe("\u001b[32mNo drift in 1 stack.\u001b[39m\n");
    expect(renderTable(sample(), colors)).toContain(
      "\u001b[31m4 settings drifted in 2 of 5 stacks.",
    );
  });

  it.each(HOSTILE)("contains nothing that a terminal or a CI runner interprets: %j", (text) => {
    const table = renderTable(hostile(text), PLAIN);
    expect(table).not.toMatch(/[^\P{C}\n]/u);
    for (const line of table.split("\n")) expect(line).not.toMatch(/^\s*::|##\[/);
  });
});
