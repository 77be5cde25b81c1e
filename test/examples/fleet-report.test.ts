import type { EngineEvent } from "@pulumi/pulumi/automation";
import { collectDiagnostics, counts } from "../../examples/fleet/tools/operations.js";
import { errorText, indented, summary } from "../../examples/fleet/tools/report.js";

describe("summary of the fleet example", () => {
  it("names the operation's result, and the error of a stack only once", () => {
    expect(
      summary([
        { stack: "shard-0", accounts: 16, status: "deployed", text: "17 created" },
        { stack: "shard-1", accounts: 1, status: "failed", text: "rejected with 403\nmore" },
        { stack: "shard-2", accounts: 2, status: "not started", text: "" },
      ]),
    ).toMatchInlineSnapshot(`
      "stack    accounts  status
      shard-0  16        deployed     17 created
      shard-1  1         failed       see the error above
      shard-2  2         not started

      3 stacks: 1 deployed, 1 failed, 1 not started."
    `);
  });

  it("counts one stack in the singular", () => {
    const line = {
      stack: "shard-0",
      accounts: 1,
      status: "no drift",
      text: "2 unchanged",
    } as const;
    expect(summary([line])).toMatch(/\n\n1 stack: 1 no drift\.$/);
  });
});

describe("counts of the fleet example", () => {
  it("shows unknown operations by the engine's name", () => {
    expect(counts({ same: 1, create: 2, replace: 1 }, { create: "to create" })).toBe(
      "1 unchanged, 2 to create, 1 replace",
    );
  });
});

describe("diagnostics of the fleet example", () => {
  function collect(severity: string, ...messages: string[]) {
    const collected = collectDiagnostics();
    const prefix = severity === "error" ? "error: " : "";
    for (const message of messages)
      collected.onEvent({ diagnosticEvent: { severity, message, prefix } } as EngineEvent);
    return collected;
  }

  it("keeps the indentation of a message that arrives line by line, and equal lines of two accounts", () => {
    const change = '  sessionDuration: "24h" → "12h"\n';
    const messages = ["Overwrites widget:\n", change, "Overwrites gadget:\n", change];
    const { details } = collect("info", ...messages);
    expect(details().map(indented).join("\n")).toBe(
      [
        "    Overwrites widget:",
        '      sessionDuration: "24h" → "12h"',
        "    Overwrites gadget:",
        '      sessionDuration: "24h" → "12h"',
      ].join("\n"),
    );
  });

  it("reports an error once that the engine reports twice", () => {
    const { rethrow } = collect(
      "error",
      "GET /accounts was rejected with 403\n",
      "Preview failed: GET /accounts was rejected with 403\n",
      "preview failed",
    );
    expect(() => rethrow(new Error("output of the CLI"))).toThrow(
      /^error: GET \/accounts was rejected with 403$/,
    );
  });

  it("reports the output of a CLI that failed without diagnostics only once", () => {
    const error = new Error(
      "code: -2\n stdout: \n stderr: spawn pulumi ENOENT\n err?: Error: spawn pulumi ENOENT\n",
    );
    expect(errorText(error)).toBe("code: -2\n stdout: \n stderr: spawn pulumi ENOENT");
  });
});
