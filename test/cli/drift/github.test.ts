import { renderAnnotations } from "../../../provider/cli/drift/github.js";
import { HOSTILE, hostile, report, sample, stack } from "./reports.js";

describe("the workflow annotations", () => {
  it("are errors for what is dangerous, gone or failed, and warnings for the rest", () => {
    expect(renderAnnotations(sample())).toMatchInlineSnapshot(`
      "::error title=accounts/prod%3A organization drifted::denyUnmatchedRequests is false, stated is true: requests to hosts that no Access application covers will get through.
      ::warning title=accounts/prod%3A organization drifted::mfaConfig.allowedAuthenticators is security_key, totp, stated is security_key.
      ::warning title=accounts/prod%3A doh drifted::dohJwtDuration is not set, stated is 24h.
      ::error title=accounts/lost%3A organization is gone::accounts/023e105f4ecef8ad9ca31a8372d0c353 is not there any more.
      ::error title=accounts/broken could not be checked::403 for the account%0AThe token lacks a permission.
      "
    `);
  });

  it("are none where there is no drift", () => {
    expect(renderAnnotations(report(stack("prod")))).toBe("");
  });

  it.each(HOSTILE)("are as many as there are findings, whatever the texts: %j", (text) => {
    const lines = renderAnnotations(hostile(text)).trimEnd().split("\n");
    expect(lines).toHaveLength(4);
    for (const line of lines) expect(line).toMatch(/^::(error|warning) title=[^:,\r]*::[^\r]*$/);
  });
});
