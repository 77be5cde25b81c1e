import type { Cli } from "../../../provider/cli/drift/workspace.js";
import { remediateAll } from "../../../provider/cli/drift/remediate-all.js";
import type { StackReport } from "../../../provider/cli/drift/report-schema.js";
import { DRIFT, drifted, resource, stack } from "./reports.js";

describe("remediateAll", () => {
  const noCli = undefined as unknown as Cli; // A command would throw.
  const found = resource({ settings: [DRIFT] });

  async function remediate(report: StackReport, options: { yes?: true }) {
    const logged: string[] = [];
    const checked = [{ dir: ".", resources: [], report }];
    const log = (line: string) => void logged.push(line);
    const reports = await remediateAll(noCli, checked, { concurrency: 1, ...options }, log);
    return { reports, logged };
  }

  it("skips a stack that could not be checked completely", async () => {
    const partly = stack("prod", { status: "failed", resources: [found] });
    const { reports, logged } = await remediate(partly, { yes: true });
    const reason = "the stack could not be checked completely";
    expect(reports[0]?.resources[0]?.remediation).toEqual({ result: "skipped", reason });
    expect(logged).toEqual([`accounts / prod: organization: skipped: ${reason}`]);
  });

  it("returns the reports of stacks without drift unchanged", async () => {
    const { reports } = await remediate(stack("prod"), { yes: true });
    expect(reports).toEqual([stack("prod")]);
  });

  it("writes nothing without --yes and a terminal to confirm in", async () => {
    const { isTTY } = process.stdin;
    process.stdin.isTTY = false;
    const { reports, logged } = await remediate(drifted("prod", found), {});
    process.stdin.isTTY = isTTY;
    expect(reports[0]?.resources[0]?.remediation).toMatchObject({ reason: "not confirmed" });
    expect(logged).toEqual([
      "Nothing was remediated: without a terminal, --remediate needs --yes.",
    ]);
  });
});
