import pc from "picocolors";
import { renderTerminal } from "../../../provider/cli/drift/terminal-table.js";
import { HOSTILE, hostile, report, sample, stack } from "./reports.js";

const PLAIN = pc.createColors(false);

describe("the table", () => {
  it("shows each setting with what is stated and what is live, dangers in words", () => {
    expect(renderTerminal(sample(), PLAIN)).toMatchInlineSnapshot(`
      "accounts / prod
        organization (accounts/023e105f4ecef8ad9ca31a8372d0c353), last changed 2026-11-21T22:05:41Z
             setting                          stated        live
          !  denyUnmatchedRequests            true          false
             mfaConfig.allowedAuthenticators  security_key  security_key, totp
          !  authDomain                       not managed   team.cloudflareaccess.com
             additionalSettings.new_thing     not managed   {"on":true}
          ! denyUnmatchedRequests: requests to hosts that no Access application covers will get through.
          ! authDomain: if changed, every login URL changes, and all sessions end.

        doh (accounts/023e105f4ecef8ad9ca31a8372d0c353)
             setting         stated  live
             dohJwtDuration  24h     not set

      accounts / lost
        organization (accounts/023e105f4ecef8ad9ca31a8372d0c353)
          ! the live object is gone

      accounts / broken  could not be checked
          | 403 for the account
          | The token lacks a permission.

      4 settings drifted in 2 of 4 stacks. 1 stack could not be checked.
      "
    `);
  });

  it("is one line where there is no drift", () => {
    expect(renderTerminal(report(stack("prod")), PLAIN)).toBe("No drift in 1 stack.\n");
  });

  it("is red for drift and green for none", () => {
    const colors = pc.createColors(true);
    expect(renderTerminal(report(stack("prod")), colors)).toBe(
      "\u001b[32mNo drift in 1 stack.\u001b[39m\n",
    );
    expect(renderTerminal(sample(), colors)).toContain(
      "\u001b[31m4 settings drifted in 2 of 4 stacks. 1 stack could not be checked.\u001b[39m",
    );
  });

  it.each(HOSTILE)("commands neither the terminal nor a CI runner: %j", (text) => {
    const table = renderTerminal(hostile(text), PLAIN);
    expect(table).not.toMatch(/[^\P{C}\n]/u);
    for (const line of table.split("\n")) expect(line).not.toMatch(/^\s*::|##\[/);
  });
});
