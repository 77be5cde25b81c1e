import { readFileSync } from "node:fs";
import path from "node:path";
import { readState } from "../../../provider/cli/migrate/read-state.js";

const sample = readFileSync(path.join(__dirname, "states/pulumi.json"), "utf8");

describe("readState of a Pulumi state", () => {
  it("takes the account from the id of the resource if the input is a secret", () => {
    const id = "00000000000000000000000000000001";
    const text = sample.replace(
      `"accountId": "${id}"`,
      '"accountId": { "4dabf18193072939515e22adb298388d": "1b47", "ciphertext": "v1:A:B" }',
    );
    const [first] = readState("state.json", text).organizations;
    expect(first?.scope).toEqual({ kind: "accounts", id });
  });
});

describe("readState", () => {
  const json = (value: unknown) => JSON.stringify(value);

  it.each<[string, string, string]>([
    ["an empty file", " \n", "state.json is empty"],
    ["text that is not JSON", "# cloudflare_access_organization.this:", "state.json is not JSON"],
    ["JSON that is not an object", "[1]", "state.json is not a state"],
    ["another JSON object", json({ name: "x" }), "state.json is not a state"],
    [
      "a raw Terraform state file",
      json({ version: 4, terraform_version: "1.13.4", resources: [] }),
      "state.json is a raw Terraform state file, which is not supported",
    ],
    [
      "a Terraform plan",
      json({ format_version: "1.2", terraform_version: "1.13.4", planned_values: {} }),
      "state.json is a Terraform plan, not a state",
    ],
    [
      "a raw Pulumi state file",
      json({ version: 3, checkpoint: { stack: "x" } }),
      "state.json is a raw Pulumi state file, which is not supported",
    ],
  ])("rejects %s", (_what, text, message) => {
    expect(() => readState("state.json", text)).toThrow(
      `${message}. Use the output of \`pulumi stack export\`, \`terraform show -json\` or \`tofu show -json\`.`,
    );
  });

  it("rejects a state without an organization, and names the supported types", () => {
    const pulumi = json({
      version: 3,
      deployment: { resources: [{ type: "pulumi:pulumi:Stack" }] },
    });
    expect(() => readState("state.json", pulumi)).toThrowErrorMatchingInlineSnapshot(
      `"state.json has no Zero Trust organization among its 1 resource. Supported types: cloudflare:index/zeroTrustOrganization:ZeroTrustOrganization, cloudflare:index/zeroTrustAccessOrganization:ZeroTrustAccessOrganization, cloudflare:index/accessOrganization:AccessOrganization."`,
    );
    const terraform = json({ format_version: "1.0", values: {} });
    expect(() => readState("state.json", terraform)).toThrowErrorMatchingInlineSnapshot(
      `"state.json has no Zero Trust organization among its 0 resources. Supported types: cloudflare_zero_trust_organization, cloudflare_zero_trust_access_organization, cloudflare_access_organization."`,
    );
    expect(() => readState("state.json", json({ version: 3, deployment: {} }))).toThrow(
      "state.json has no Zero Trust organization among its 0 resources.",
    );
  });

  it("rejects an organization without the id of an account or zone", () => {
    const text = sample.replaceAll("00000000000000000000000000000001", "widget");
    expect(() => readState("state.json", text)).toThrow(
      "the state has no account or zone id of 32 hexadecimal digits for it.",
    );
  });
});
