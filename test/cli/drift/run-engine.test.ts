import type { DiagnosticEvent, EngineEvent } from "@pulumi/pulumi/automation/index.js";
import { providerMessage, reasonOf, runEngine } from "../../../provider/cli/drift/run-engine.js";
import { CommandError } from "../../../provider/cli/errors.js";

function diagnostic(event: Partial<DiagnosticEvent>): EngineEvent {
  const diagnosticEvent: DiagnosticEvent = { message: "", color: "", severity: "info", ...event };
  return { sequence: 1, timestamp: 0, diagnosticEvent };
}

describe("reasonOf", () => {
  const failed =
    "Command failed with exit code 3: pulumi stack ls\nerror: unable to open state directory";
  const causes = "could not validate 'Pulumi.yaml': 1 error occurred:\n\t* #/options/refresh: bad";

  it.each([
    [
      "each error of the CLI once from an error of the SDK",
      `code: -2\n stdout: \n stderr: ${failed}\n err?: Error: ${failed}\n`,
      "unable to open state directory",
    ],
    ["an error with the list of causes that follows it", `error: ${causes}\n\n`, causes],
    ["the first line of another error", "too old\n  and more", "too old"],
  ])("extracts %s", (_, text, reason) => {
    expect(reasonOf(new Error(text))).toBe(reason);
  });

  it("returns the whole text of a CommandError", () => {
    expect(reasonOf(new CommandError("first\nsecond"))).toBe("first\nsecond");
  });
});

describe("runEngine", () => {
  it("throws the errors that the engine reported, without its closing line", async () => {
    const failing = runEngine((onEvent) => {
      onEvent(diagnostic({ severity: "error", message: "GET was rejected\n" }));
      onEvent(diagnostic({ severity: "error", message: "preview failed\n" }));
      return Promise.reject(new Error("code: 255"));
    });
    await expect(failing).rejects.toThrow(new CommandError("GET was rejected"));
  });
});

describe("providerMessage", () => {
  const urn = "urn:pulumi:prod::p::pulumi-nodejs:dynamic/zerotrust:Organization::organization";

  it.each([
    ["a line that the provider prints", { message: "waiting 30 s\n" }, "info"],
    [
      "a warning of one of its resources",
      { message: "waiting 30 s", urn, severity: "warning" },
      "warning",
    ],
  ] as const)("returns %s", (_, event, severity) => {
    expect(providerMessage(diagnostic(event))).toEqual({ severity, message: "waiting 30 s" });
  });

  it.each([
    ["an error", { message: "failed", severity: "error" }],
    ["a blank line", { message: "\n" }],
    ["a message of another package's resource", { message: "x", urn: "urn:pulumi:p::p::a:b:C::d" }],
  ] as const)("ignores %s", (_, event) => {
    expect(providerMessage(diagnostic(event))).toBeUndefined();
  });
});
