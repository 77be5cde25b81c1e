import { readdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { runCommand, temporaryFolder } from "../run-command.js";

const PULUMI = path.join(__dirname, "states/pulumi.json");
const TERRAFORM = path.join(__dirname, "states/terraform.json");

describe("migrate", () => {
  let folder: string;
  let remove: () => Promise<void>;

  beforeEach(async () => ({ folder, remove } = await temporaryFolder()));
  afterEach(() => remove());

  async function migrate(...args: string[]) {
    const run = await runCommand(["migrate", ...args, "--out", folder]);
    const stable = (text: string) => text.replaceAll(folder, "/infra");
    return { ...run, stdout: stable(run.stdout), stderr: stable(run.stderr) };
  }

  const program = () => readFile(path.join(folder, "zero-trust.ts"), "utf8");

  /** Writes the Pulumi state with only the organization whose URN ends in a suffix. */
  async function stateWithOnly(suffix: string): Promise<string> {
    const state = JSON.parse(await readFile(PULUMI, "utf8")) as {
      deployment: { resources: { urn: string }[] };
    };
    const { deployment } = state;
    deployment.resources = deployment.resources.filter(({ urn }) => urn.endsWith(suffix));
    const file = path.join(folder, "state.json");
    await writeFile(file, JSON.stringify(state));
    return file;
  }

  it("reports what it wrote and omitted, and prints the next steps", async () => {
    expect(await migrate("--from", PULUMI)).toMatchInlineSnapshot(`
      {
        "exitCode": 0,
        "stderr": "Warning: the program does not declare 2 settings of "widget's". Cloudflare keeps their live values.
        trustedAccounts: is not an input of Organization
        userSeatExpirationInactiveTime: is a secret in the old state; declare it with config.requireSecret
      ",
        "stdout": "✓ widget's  Zero Trust organization of account 00000000000000000000000000000001 (14 settings)
      ✓ gadget    Zero Trust organization of account 00000000000000000000000000000002 (7 settings)

      Wrote zero-trust.ts and zero-trust.import.json to /infra.

      Next steps:
        1. Load zero-trust.ts from your program, or make it your program:
             import "./zero-trust";
        2. Import the resources into the selected stack:
             pulumi --cwd /infra import --file zero-trust.import.json --generate-code=false --protect=false
        3. Check that the preview shows no changes. If it does, the next \`pulumi up\` writes them: change the program first.
             pulumi --cwd /infra preview --refresh
        4. In the directory of the old project, remove the old resources from the state, which sends no request to Cloudflare:
             pulumi state delete --force 'urn:pulumi:prod::access::cloudflare:index/zeroTrustOrganization:ZeroTrustOrganization::widget'\\''s'
             pulumi state delete 'urn:pulumi:prod::access::cloudflare:index/accessOrganization:AccessOrganization::gadget'
        5. Remove the old resources from the program before the next \`pulumi up\`.
      ",
      }
    `);
    expect(await program()).toContain(`new zerotrust.Organization("widget's", {`);
    expect(await program()).toContain('new zerotrust.Organization("gadget", {');
  });

  it("prints how to remove each resource from a Terraform state or configuration", async () => {
    const { stdout } = await migrate("--from", TERRAFORM);
    expect(stdout.slice(stdout.indexOf("  4. "))).toMatchInlineSnapshot(`
      "  4. In Terraform's directory, remove the old resources from the configuration and the state, which sends no request to Cloudflare:
             terraform state rm 'cloudflare_zero_trust_organization.this'
             terraform state rm 'module.eu["shop"].cloudflare_access_organization.this'
             terraform state rm 'module.zones.module.one.cloudflare_zero_trust_access_organization.zone'
           Or replace the old resources in the configuration and run \`terraform apply\` (Terraform 1.7 or later):
             removed {
               from = cloudflare_zero_trust_organization.this
               lifecycle {
                 destroy = false
               }
             }
             removed {
               from = module.eu.cloudflare_access_organization.this
               lifecycle {
                 destroy = false
               }
             }
             removed {
               from = module.zones.module.one.cloudflare_zero_trust_access_organization.zone
               lifecycle {
                 destroy = false
               }
             }
      "
    `);
  });

  it("prints the commands of OpenTofu for a state of OpenTofu", async () => {
    const file = path.join(folder, "state.json");
    const state = await readFile(TERRAFORM, "utf8");
    await writeFile(file, state.replaceAll("registry.terraform.io", "registry.opentofu.org"));
    const { stdout } = await migrate("--from", file);
    expect(stdout).toContain("tofu state rm 'cloudflare_zero_trust_organization.this'\n");
    expect(stdout).toContain("run `tofu apply` (OpenTofu 1.10 or later):\n");
    expect(stdout).not.toMatch(/terraform/i);
  });

  it("reads a state that PowerShell wrote as UTF-16", async () => {
    const file = path.join(folder, "state.json");
    await writeFile(file, `\uFEFF${await readFile(PULUMI, "utf8")}`, "utf16le");
    expect(await migrate("--from", file)).toMatchObject({ exitCode: 0 });
  });

  it("uses the name of --name", async () => {
    await migrate("--from", await stateWithOnly("::gadget"), "--name", "organization");
    expect(await program()).toContain('new zerotrust.Organization("organization", {');
  });

  it("prints JSON with --json, with the commands that remove the old resources", async () => {
    const { stdout } = await migrate("--from", await stateWithOnly("::gadget"), "--json");
    expect(JSON.parse(stdout)).toMatchObject({
      program: "/infra/zero-trust.ts",
      resources: [{ type: "Organization", name: "gadget" }],
      forget: [
        "pulumi state delete 'urn:pulumi:prod::access::cloudflare:index/accessOrganization:AccessOrganization::gadget'",
      ],
    });
  });

  it.each<[string, string[], string]>([
    ["a command line without --from", [], "error: required option '--from <file>' not specified\n"],
    [
      "one name for several organizations",
      ["--from", PULUMI, "--name", "organization"],
      "--name names one resource, but the state has 2 organizations. Leave out --name to keep their names.\n",
    ],
  ])("rejects %s with exit code 2", async (_what, args, stderr) => {
    const run = await migrate(...args);
    expect(run).toMatchObject({ exitCode: 2, stdout: "" });
    expect(run.stderr.startsWith(stderr)).toBe(true);
    expect(await readdir(folder)).toEqual([]);
  });
});
