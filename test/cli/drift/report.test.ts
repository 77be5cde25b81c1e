import { summaryLine } from "../../../provider/cli/drift/report.js";
import { report, resource, sample, stack } from "./reports.js";

const DRIFT = { setting: "sessionDuration", stated: "12h", live: "48h" };
const DANGER = { ...DRIFT, danger: "people are let in" };

describe("a drift report", () => {
  it("names the stacks with dangerous drift first, then the drifted, the failed and the rest", () => {
    const { stacks } = report(
      stack("clean"),
      stack("failed", { status: "failed", error: "403" }),
      stack("drifted", { status: "drifted", resources: [resource({ settings: [DRIFT] })] }),
      stack("gone", { status: "drifted", resources: [resource({ gone: true })] }),
      stack("dangerous", { status: "drifted", resources: [resource({ settings: [DANGER] })] }),
    );
    expect(stacks.map((one) => one.stack)).toEqual([
      "gone",
      "dangerous",
      "drifted",
      "failed",
      "clean",
    ]);
  });

  it("names the resources with dangerous drift first", () => {
    const resources = [
      resource({ name: "drifted", settings: [DRIFT] }),
      resource({ name: "dangerous", settings: [DANGER] }),
      resource({ name: "gone", gone: true }),
    ];
    const [only] = report(stack("prod", { status: "drifted", resources })).stacks;
    expect(only?.resources.map(({ name }) => name)).toEqual(["dangerous", "gone", "drifted"]);
  });

  it("counts an object that is gone as one setting, and what nobody states as none", () => {
    expect(sample().summary).toEqual({ stacks: 4, drifted: 2, failed: 1, settings: 4 });
  });

  it("counts what was found on a stack before it failed", () => {
    const found = resource({ settings: [DRIFT] });
    expect(
      report(stack("prod", { status: "failed", error: "403", resources: [found] })).summary,
    ).toEqual({ stacks: 1, drifted: 1, failed: 1, settings: 1 });
  });

  it.each([
    [{ stacks: 0, drifted: 0, failed: 0, settings: 0 }, "There are no stacks to check."],
    [{ stacks: 1, drifted: 0, failed: 0, settings: 0 }, "No drift in 1 stack."],
    [{ stacks: 1, drifted: 0, failed: 1, settings: 0 }, "1 stack could not be checked."],
    [
      { stacks: 50, drifted: 0, failed: 2, settings: 0 },
      "No drift in 48 stacks. 2 stacks could not be checked.",
    ],
    [
      { stacks: 50, drifted: 7, failed: 1, settings: 9 },
      "9 settings drifted in 7 of 50 stacks. 1 stack could not be checked.",
    ],
  ])("says in a line how many of how many: %j", (summary, line) => {
    expect(summaryLine(summary)).toBe(line);
  });
});
