import { tally } from "../faults/tally.js";
import { brokenPromises, deployAtScale, lineOf } from "../scale/deployment.js";

jest.setTimeout(300_000);

it("200 organizations live through preview, up, refresh, repair and destroy below the rate limit", async () => {
  const broken: string[] = [];
  // A window for 300 calls of 10 s: as full for 200 organizations as Cloudflare's is for 800.
  await deployAtScale({ organizations: 200, limit: 300, timeScale: 30 }, (report) => {
    tally({ calls: report.calls });
    process.stdout.write(`${lineOf(report)}\n`);
    broken.push(...brokenPromises(report).map((promise) => `${report.command}: ${promise}`));
  });
  expect(broken).toEqual([]);
});
