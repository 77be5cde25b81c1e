import { checkCliVersion, checkNode } from "../../../provider/cli/doctor/versions.js";

describe("checkNode", () => {
  it.each([
    ["20.3.0", "ok"],
    ["20.2.0", "error"],
  ])("reports Node.js %s as %s", (version, status) => {
    expect(checkNode(version)).toMatchObject({ check: "Node.js", status });
  });
});

describe("checkCliVersion", () => {
  it.each<[string | undefined, string, string]>([
    ["3.254.0", "ok", "3.254.0"],
    ["4.0.0-alpha.1", "ok", "4.0.0-alpha.1"],
    [
      "3.253.9",
      "warning",
      "3.253.9 runs deployments and drift checks, but `import` and `migrate` need 3.254.0 or later.",
    ],
    [
      "3.200.0",
      "error",
      "3.200.0 is not supported: its exit code after drift is 255 instead of 7. Install 3.254.0 or later.",
    ],
    [undefined, "error", "`pulumi` is not on PATH."],
    ["dev", "warning", "The version dev cannot be compared."],
  ])("reports the Pulumi CLI %s as %s", (version, status, message) => {
    expect(checkCliVersion(version)).toMatchObject({ check: "Pulumi CLI", status, message });
  });
});
