import { renderAnnotations } from "../../../provider/cli/drift/annotations.js";
import { attributed, HOSTILE, hostile, remediated, report, sample, stack } from "./reports.js";

describe("renderAnnotations", () => {
  it("makes risky drift, objects not found and failed checks errors, and other drift warnings", () => {
    expect(renderAnnotations(sample())).toMatchInlineSnapshot(`
      "::error title=accounts/prod%3A organization drifted::denyUnmatchedRequests is false, declared as true: requests to hosts that no Access application covers are no longer blocked.
      ::warning title=accounts/prod%3A organization drifted::mfaConfig.allowedAuthenticators is security_key, totp, declared as security_key.
      ::warning title=accounts/prod%3A doh drifted::dohJwtDuration is not set, declared as 24h.
      ::error title=accounts/lost%3A organization not found::Cloudflare no longer has the object of accounts/023e105f4ecef8ad9ca31a8372d0c353.
      ::error title=accounts/broken could not be checked::403 for the account%0AThe token lacks a permission.
      ::warning title=accounts/unused::No Zero Trust resources that can drift in stack accounts/unused.
      "
    `);
  });

  it("names who changed each setting in each annotation", () => {
    expect(renderAnnotations(attributed())).toMatchInlineSnapshot(`
      "::warning title=accounts/prod%3A organization drifted::sessionDuration is 48h, declared as 12h; changed by alex@example.com (dashboard) at 2026-11-21T22:05:41Z, ray 8e9b1c60ef9e1c9a.
      ::error title=accounts/prod%3A organization drifted::denyUnmatchedRequests is false, declared as true: requests to hosts that no Access application covers are no longer blocked; probably changed by alex@example.com (API token).
      ::warning title=accounts/prod%3A zone drifted::sessionDuration is 48h, declared as 12h; actor unknown: Cloudflare has no audit log of zones.
      ::warning title=accounts/prod%3A zone drifted::name is 48h, declared as 12h; actor unknown: Cloudflare has no audit log of zones.
      "
    `);
  });

  it("adds the result of the remediation to each annotation", () => {
    expect(renderAnnotations(remediated())).toMatchInlineSnapshot(`
      "::error title=accounts/prod%3A lost not found::Cloudflare no longer has the object of accounts/023e105f4ecef8ad9ca31a8372d0c353. Remediation: skipped: the live object was not found.
      ::notice title=accounts/prod%3A fixed drifted::sessionDuration is 48h, declared as 12h. Remediation: remediated.
      ::notice title=accounts/prod%3A ignored drifted::sessionDuration is 48h, declared as 12h. Remediation: not applied: Cloudflare accepted the write but still shows another value for warpAuthSessionDuration.
      ::warning title=accounts/prod%3A ignored drifted::warpAuthSessionDuration is 48h, declared as 12h. Remediation: not applied: Cloudflare accepted the write but still shows another value for warpAuthSessionDuration.
      ::warning title=accounts/prod%3A rejected drifted::sessionDuration is 48h, declared as 12h. Remediation: failed: PUT was rejected with 403%0ARestored.
      ::warning title=accounts/prod%3A rejected drifted::name is 48h, declared as 12h. Remediation: failed: PUT was rejected with 403%0ARestored.
      "
    `);
  });

  it("is empty for a report without drift", () => {
    expect(renderAnnotations(report(stack("prod")))).toBe("");
  });

  it.each(HOSTILE)("writes one line for each finding if a text is hostile: %j", (text) => {
    const lines = renderAnnotations(hostile(text)).trimEnd().split("\n");
    expect(lines).toHaveLength(4);
    for (const line of lines) expect(line).toMatch(/^::(error|warning) title=[^:,\r]*::[^\r]*$/);
  });
});
