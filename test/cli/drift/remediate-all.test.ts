import type { Cli } from "../../../provider/cli/drift/workspace.js";
import { remediateAll } from "../../../provider/cli/drift/remediate-all.js";
import { resource, stack } from "./reports.js";

describe("remediateAll", () => {
  const settings = [{ setting: "sessionDuration", declared: "12h", live: "48h" }];
  const noCli = undefined as unknown as Cli; // A command would throw.

  it("skips a stack that could not be checked completely", async () => {
    const logged: string[] = [];
    const partly = stack("prod", { status: "failed", resources: [resource({ settings })] });
    const checked = [{ dir: ".", resources: [], report: partly }];
    const [report] = await remediateAll(noCli, checked, { concurrency: 1, yes: true }, (line) =>
      logged.push(line),
    );
    const reason = "the stack could not be checked completely";
    expect(report?.resources[0]?.remediation).toEqual({ result: "skipped", reason });
    expect(logged).toEqual([`accounts / prod: organization: skipped: ${reason}`]);
  });

  it("returns the reports of stacks without drift unchanged", async () => {
    const checked = [{ dir: ".", resources: [], report: stack("prod") }];
    expect(
      await remediateAll(noCli, checked, { concurrency: 1, yes: true }, () => undefined),
    ).toEqual([stack("prod")]);
  });

  it("writes nothing without --yes and a terminal to confirm in", async () => {
    const { isTTY } = process.stdin;
    process.stdin.isTTY = false;
    const logged: string[] = [];
    const drifted = stack("prod", { status: "drifted", resources: [resource({ settings })] });
    const checked = [{ dir: ".", resources: [], report: drifted }];
    const [report] = await remediateAll(noCli, checked, { concurrency: 1 }, (line) =>
      logged.push(line),
    );
    process.stdin.isTTY = isTTY;
    expect(report?.resources[0]?.remediation).toEqual({
      result: "skipped",
      reason: "not confirmed",
    });
    expect(logged).toEqual([
      "Nothing was remediated: without a terminal, --remediate needs --yes.",
    ]);
  });
});
