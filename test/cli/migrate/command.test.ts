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

  it("declares the inputs of @pulumi/cloudflare unchanged, and prints the next steps", async () => {
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
    expect(await program()).toMatchInlineSnapshot(`
      "import * as zerotrust from "pulumi-cloudflare-zero-trust";

      new zerotrust.Organization("widget's", {
        accountId: "00000000000000000000000000000001",
        name: "Widget Corp",
        authDomain: "widget.cloudflareaccess.com",
        autoRedirectToIdentity: false,
        denyUnmatchedRequests: true,
        denyUnmatchedRequestsExemptedZoneNames: ["example.com"],
        loginDesign: {
          backgroundColor: "#112233",
          footerText: "",
        },
        mfaConfig: {
          allowedAuthenticators: ["totp", "piv_key"],
          sessionDuration: "24h",
        },
        mfaPivKeyRequirements: {
          pinPolicy: "always",
          sshKeySize: [256, 384],
          sshKeyType: ["ecdsa"],
        },
        serviceTokenInactivity: {
          action: "disable",
          enabled: true,
          inactivityThresholdDays: 60,
        },
        sessionDuration: "24h",
      });

      new zerotrust.Organization("gadget", {
        accountId: "00000000000000000000000000000002",
        name: "Gadget Corp",
        authDomain: "gadget.cloudflareaccess.com",
        customPages: {
          forbidden: "699d98642c564d2e855e9661899b7252",
        },
        isUiReadOnly: true,
        uiReadOnlyToggleReason: "Managed by a program",
        loginDesign: {
          headerText: "Gadget Corp",
          textColor: "#FFFFFF",
        },
      });
      "
    `);
  });

  it("declares the attributes of a Terraform state that are set, and lists all others", async () => {
    expect(await migrate("--from", TERRAFORM)).toMatchInlineSnapshot(`
      {
        "exitCode": 0,
        "stderr": "Warning: the program does not declare 3 settings of "this". Cloudflare keeps their live values.
        mfa_configuration_allowed: is an output, not an input
        trusted_accounts: is an output, not an input
        sessionDuration: is a secret in the old state; declare it with config.requireSecret
      Note: the program does not declare settings of "this" that are false, empty or at their default: autoRedirectToIdentity, isUiReadOnly, serviceTokenInactivity, strictServiceTokenAuth.
      Warning: the program does not declare 1 setting of "module-eu-shop-this". Cloudflare keeps its live value.
        userSeatExpirationInactiveTime: must be at least 730h
      Note: the program does not declare settings of "module-eu-shop-this" that are false, empty or at their default: customPages.identityDenied, isUiReadOnly, uiReadOnlyToggleReason, loginDesign.footerText, loginDesign.logoPath, sessionDuration.
      Warning: the program does not declare 1 setting of "zone". Cloudflare keeps its live value.
        sessionDuration: can be set for an account, not for a zone
      ",
        "stdout": "✓ this                 Zero Trust organization of account 00000000000000000000000000000004 (12 settings)
      ✓ module-eu-shop-this  Zero Trust organization of account 00000000000000000000000000000005 (8 settings)
      ✓ zone                 Zero Trust organization of zone 699d98642c564d2e855e9661899b7252 (4 settings)

      Wrote zero-trust.ts and zero-trust.import.json to /infra.

      Next steps:
        1. Load zero-trust.ts from your program, or make it your program:
             import "./zero-trust";
        2. Import the resources into the selected stack:
             pulumi --cwd /infra import --file zero-trust.import.json --generate-code=false --protect=false
        3. Check that the preview shows no changes. If it does, the next \`pulumi up\` writes them: change the program first.
             pulumi --cwd /infra preview --refresh
        4. In Terraform's directory, remove the old resources from the configuration and the state, which sends no request to Cloudflare:
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
      ",
      }
    `);
    expect(await program()).toMatchInlineSnapshot(`
      "import * as zerotrust from "pulumi-cloudflare-zero-trust";

      new zerotrust.Organization("this", {
        accountId: "00000000000000000000000000000004",
        name: "Sprocket Corp",
        authDomain: "sprocket.cloudflareaccess.com",
        allowAuthenticateViaWarp: true,
        loginDesign: {
          backgroundColor: "#c5ed1b",
          headerText: "Sprocket",
        },
        mfaConfig: {
          allowedAuthenticators: ["totp", "piv_key"],
          sessionDuration: "24h",
        },
        mfaPivKeyRequirements: {
          pinPolicy: "always",
          sshKeyType: ["ecdsa"],
          sshKeySize: [256],
        },
        mfaRequiredForAllApps: true,
        userSeatExpirationInactiveTime: "1460h",
      });

      new zerotrust.Organization("module-eu-shop-this", {
        accountId: "00000000000000000000000000000005",
        name: "Shop",
        authDomain: "shop.cloudflareaccess.com",
        autoRedirectToIdentity: true,
        customPages: {
          forbidden: "699d98642c564d2e855e9661899b7252",
        },
        loginDesign: {
          backgroundColor: "#112233",
          headerText: "Shop",
          textColor: "#FFFFFF",
        },
        warpAuthSessionDuration: "36h",
      });

      new zerotrust.Organization("zone", {
        zoneId: "699d98642c564d2e855e9661899b7252",
        name: "Zone",
        authDomain: "zone.cloudflareaccess.com",
        isUiReadOnly: true,
        uiReadOnlyToggleReason: "Managed by a program",
      });
      "
    `);
    const { resources } = JSON.parse(
      await readFile(path.join(folder, "zero-trust.import.json"), "utf8"),
    ) as { resources: { outputs: { trustedAccounts?: unknown } }[] };
    expect(resources.map(({ outputs }) => outputs.trustedAccounts)).toEqual([
      [],
      undefined,
      undefined,
    ]);
  });

  it("reads a state that PowerShell wrote as UTF-16", async () => {
    const file = path.join(folder, "state.json");
    await writeFile(file, `\uFEFF${await readFile(PULUMI, "utf8")}`, "utf16le");
    expect(await migrate("--from", file)).toMatchObject({ exitCode: 0 });
  });

  it("uses the name of --name", async () => {
    expect(
      await migrate("--from", await stateWithOnly("::gadget"), "--name", "organization"),
    ).toMatchObject({
      exitCode: 0,
    });
    expect(await program()).toContain('new zerotrust.Organization("organization", {');
  });

  it("prints JSON with --json", async () => {
    const { stdout } = await migrate("--from", await stateWithOnly("::gadget"), "--json");
    expect(JSON.parse(stdout)).toMatchInlineSnapshot(`
      {
        "forget": [
          "pulumi state delete 'urn:pulumi:prod::access::cloudflare:index/accessOrganization:AccessOrganization::gadget'",
        ],
        "importFile": "/infra/zero-trust.import.json",
        "program": "/infra/zero-trust.ts",
        "resources": [
          {
            "id": "accounts/00000000000000000000000000000002",
            "name": "gadget",
            "omitted": [],
            "settings": [
              "name",
              "authDomain",
              "customPages.forbidden",
              "isUiReadOnly",
              "uiReadOnlyToggleReason",
              "loginDesign.headerText",
              "loginDesign.textColor",
            ],
            "type": "Organization",
            "unset": [],
          },
        ],
      }
    `);
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

  it("prints the commands of OpenTofu for a state of OpenTofu", async () => {
    const file = path.join(folder, "state.json");
    const state = await readFile(TERRAFORM, "utf8");
    await writeFile(file, state.replaceAll("registry.terraform.io", "registry.opentofu.org"));
    const { stdout } = await migrate("--from", file);
    expect(stdout).toContain("tofu state rm 'cloudflare_zero_trust_organization.this'\n");
    expect(stdout).toContain("run `tofu apply` (OpenTofu 1.10 or later):\n");
    expect(stdout).not.toMatch(/terraform/i);
  });
});
