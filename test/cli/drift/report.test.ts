import { exitCodeOf, summaryLine } from "../../../provider/cli/drift/report.js";
import type { Remediation } from "../../../provider/cli/drift/report-schema.js";
import {
  DRIFT,
  drifted,
  remediated,
  report,
  resource,
  RISKY_DRIFT,
  sample,
  stack,
} from "./reports.js";

describe("reportOf", () => {
  it("lists stacks with risky drift or a missing object first, then drifted, failed and other stacks", () => {
    const { stacks } = report(
      stack("clean"),
      stack("empty", { status: "empty" }),
      stack("failed", { status: "failed", error: "403" }),
      drifted("drifted", resource({ settings: [DRIFT] })),
      drifted("lost", resource({ notFound: true })),
      drifted("risky", resource({ settings: [RISKY_DRIFT] })),
    );
    const order = stacks.map((one) => one.stack).join(" ");
    expect(order).toBe("lost risky drifted failed clean empty");
  });

  it("lists resources with risky drift first", () => {
    const prod = drifted(
      "prod",
      resource({ name: "drifted", settings: [DRIFT] }),
      resource({ name: "risky", settings: [RISKY_DRIFT] }),
      resource({ name: "lost", notFound: true }),
    );
    expect(report(prod).stacks[0]?.resources.map(({ name }) => name)).toEqual([
      "risky",
      "lost",
      "drifted",
    ]);
  });

  it("counts an object that was not found as one setting, and does not count unmanaged settings", () => {
    expect(sample().summary).toEqual({
      stacks: 5,
      drifted: 2,
      failed: 1,
      empty: 1,
      settings: 4,
      risks: 2,
      remaining: 4,
    });
  });

  it("counts the drift that was found in a stack before its check failed", () => {
    const found = resource({ settings: [DRIFT] });
    expect(
      report(stack("prod", { status: "failed", error: "403", resources: [found] })).summary,
    ).toMatchObject({ stacks: 1, drifted: 1, failed: 1, settings: 1 });
  });

  it("counts the results of a remediation, and the settings that are still drifted", () => {
    expect(remediated().summary).toMatchObject({
      settings: 6,
      remaining: 4,
      remediation: { remediated: 1, notApplied: 1, skipped: 1, failed: 1 },
    });
  });
});

describe("exitCodeOf", () => {
  const found = (remediation?: Remediation, settings = [DRIFT, RISKY_DRIFT]) =>
    report(drifted("prod", resource({ settings, ...(remediation && { remediation }) })));
  const notApplied = (setting: string): Remediation => ({
    result: "notApplied",
    notApplied: [setting],
  });

  it.each([
    ["no drift", report(stack("prod")), 0, 0],
    ["an empty stack", report(stack("prod", { status: "empty" })), 0, 0],
    ["a failed check", report(stack("prod", { status: "failed" })), 1, 1],
    ["drift without risk", found(undefined, [DRIFT]), 7, 0],
    ["risky drift", found(), 7, 7],
    ["remediated drift", found({ result: "remediated" }), 0, 0],
    ["skipped drift", found({ result: "skipped", reason: "not confirmed" }), 7, 7],
    ["a failed remediation", found({ result: "failed", reason: "403" }), 1, 1],
    ["a harmless setting that was not applied", found(notApplied("sessionDuration")), 7, 0],
    ["a risky setting that was not applied", found(notApplied("denyUnmatchedRequests")), 7, 7],
  ])("returns the code for %s, with and without --fail-on risk", (_, given, onDrift, onRisk) => {
    expect([exitCodeOf(given, "drift"), exitCodeOf(given, "risk")]).toEqual([onDrift, onRisk]);
  });
});

describe("summaryLine", () => {
  const NONE = { stacks: 0, drifted: 0, failed: 0, empty: 0, settings: 0, risks: 0, remaining: 0 };

  it.each([
    [{}, "No stacks to check."],
    [{ stacks: 1 }, "No drift in 1 stack."],
    [{ stacks: 1, failed: 1 }, "1 stack could not be checked."],
    [{ stacks: 1, empty: 1 }, "1 stack without Zero Trust resources that can drift."],
    [{ stacks: 50, failed: 2 }, "No drift in 48 stacks. 2 stacks could not be checked."],
    [
      { stacks: 50, drifted: 7, failed: 1, settings: 9 },
      "9 settings drifted in 7 of 50 stacks. 1 stack could not be checked.",
    ],
    [
      {
        stacks: 50,
        drifted: 7,
        settings: 9,
        remediation: { remediated: 5, notApplied: 1, skipped: 1, failed: 0 },
      },
      "9 settings drifted in 7 of 50 stacks. Remediation: 5 remediated, 1 not applied, 1 skipped.",
    ],
  ])("summarizes %j", (summary, line) => {
    expect(summaryLine({ ...NONE, ...summary })).toBe(line);
  });
});
