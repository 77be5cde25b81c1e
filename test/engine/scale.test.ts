import { tally } from "../faults/tally.js";
import { deployAtScale, lineOf, violations } from "../scale/deployment.js";

jest.setTimeout(300_000);

it("runs preview, up, refresh and remediation of 60 organizations below the rate limit", async () => {
  const failures: string[] = [];
  // 90 requests in 5 s fill the window for 60 organizations as Cloudflare's limit does for 800.
  await deployAtScale({ organizations: 60, limit: 90, timeScale: 60 }, (report) => {
    tally({ calls: report.requests });
    process.stdout.write(`${lineOf(report)}\n`);
    failures.push(...violations(report).map((violation) => `${report.command}: ${violation}`));
  });
  expect(failures).toEqual([]);
});
