import { cliVersionFinding, nodeFinding } from "../../../provider/cli/doctor/versions.js";

describe("doctor", () => {
  it.each([
    ["20.0.0", "fine"],
    ["24.1.0", "fine"],
    ["18.20.8", "trouble"],
  ])("finds Node %s %s", (version, status) => {
    expect(nodeFinding(version)).toMatchObject({ check: "Node", status });
  });

  it.each<[string | undefined, string, string]>([
    ["3.254.0", "fine", "3.254.0"],
    ["4.0.0-alpha.1", "fine", "4.0.0-alpha.1"],
    [
      "3.253.9",
      "note",
      "3.253.9 cannot import from files: 3.254.0 or newer is needed. Deployments and drift checks work.",
    ],
    [
      "3.200.0",
      "trouble",
      "3.200.0 cannot import from files: 3.254.0 or newer is needed. Before 3.227.0 a drift check exits with 255 in place of 7, too.",
    ],
    [undefined, "trouble", "There is no `pulumi` on PATH."],
    ["dev", "note", "dev is no version that can be compared."],
  ])("finds the CLI %s %s", (version, status, says) => {
    expect(cliVersionFinding(version)).toMatchObject({ check: "Pulumi CLI", status, says });
  });
});
