import type { DiagnosticEvent, EngineEvent } from "@pulumi/pulumi/automation/index.js";
import { providerMessage, reasonOf, runEngine } from "../../../provider/cli/drift/run-engine.js";
import { CommandError } from "../../../provider/cli/errors.js";

function diagnostic(event: Partial<DiagnosticEvent>): EngineEvent {
  const diagnosticEvent: DiagnosticEvent = { message: "", color: "", severity: "info", ...event };
  return { sequence: 1, timestamp: 0, diagnosticEvent };
}

describe("reasonOf", () => {
  it("extracts each error of the CLI once from an error of the SDK", () => {
    const reason = "error: unable to open state directory: no such file or directory";
    const failed = `Command failed with exit code 3: pulumi stack ls --json --non-interactive\n${reason}`;
    const text = `code: -2\n stdout: \n stderr: ${failed}\n err?: Error: ${failed}\n`;
    expect(reasonOf(new Error(text))).toBe(
      "unable to open state directory: no such file or directory",
    );
  });

  it("keeps the list of causes that follows an error", () => {
    const causes = '1 error occurred:\n\t* #/options/refresh: value must be "always"';
    expect(reasonOf(new Error(`error: could not validate 'Pulumi.yaml': ${causes}\n\n`))).toBe(
      `could not validate 'Pulumi.yaml': ${causes}`,
    );
  });

  it("returns the first line of an error that does not contain an error of the CLI", () => {
    expect(reasonOf(new Error("too old\n  and more"))).toBe("too old");
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
