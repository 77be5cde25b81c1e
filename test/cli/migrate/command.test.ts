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

  async function moving(...args: string[]) {
    const run = await runCommand(["migrate", ...args, "--out", folder]);
    const shown = (text: string) => text.replaceAll(folder, "/infra");
    return { ...run, stdout: shown(run.stdout), stderr: shown(run.stderr) };
  }

  const program = () => readFile(path.join(folder, "zero-trust.ts"), "utf8");

  /** A sample with only the organization that a word in its address picks. */
  async function only(word: string): Promise<string> {
    const state = JSON.parse(await readFile(PULUMI, "utf8")) as {
      deployment: { resources: { urn: string }[] };
    };
    const { deployment } = state;
    deployment.resources = deployment.resources.filter(({ urn }) => urn.endsWith(word));
    const file = path.join(folder, "state.json");
    await writeFile(file, JSON.stringify(state));
    return file;
  }

  it("writes what @pulumi/cloudflare managed, and the lines that make Pulumi forget it", async () => {
    expect(await moving("--from", PULUMI)).toMatchInlineSnapshot(`
      {
        "exitCode": 0,
        "stderr": "! widget's: trustedAccounts is left out and stays as it is: it has no argument here.
      ! widget's: userSeatExpirationInactiveTime is left out and stays as it is: it is a secret in that state.
      ",
        "stdout": "✓ widget's  Zero Trust organization of accounts/00000000000000000000000000000001 (13 settings)
      ✓ gadget    Zero Trust organization of accounts/00000000000000000000000000000002 (7 settings)

      Wrote zero-trust.ts and zero-trust.import.json to /infra.

      What is left to do, in this order:
        1. Load the program in yours, in place of the old ones:
             import "./zero-trust";
        2. Make Pulumi forget the old ones; nothing is destroyed:
             pulumi state delete --force 'urn:pulumi:prod::access::cloudflare:index/zeroTrustOrganization:ZeroTrustOrganization::widget'\\''s'
             pulumi state delete 'urn:pulumi:prod::access::cloudflare:index/accessOrganization:AccessOrganization::gadget'
        3. Tell Pulumi that the resources exist:
             pulumi --cwd /infra import --file zero-trust.import.json --generate-code=false --protect=false
        4. See that nothing would change:
             pulumi --cwd /infra preview --refresh
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

  it("writes what Terraform managed, and the lines that make it forget", async () => {
    expect(await moving("--from", TERRAFORM)).toMatchInlineSnapshot(`
      {
        "exitCode": 0,
        "stderr": "! this: sessionDuration is left out and stays as it is: it is a secret in that state.
      ! module-eu-shop-this: userSeatExpirationInactiveTime is left out and stays as it is: it must be at least 730h.
      ! zone: sessionDuration is left out and stays as it is: it belongs to the account: a zone does not take it.
      ",
        "stdout": "✓ this                 Zero Trust organization of accounts/00000000000000000000000000000004 (14 settings)
      ✓ module-eu-shop-this  Zero Trust organization of accounts/00000000000000000000000000000005 (9 settings)
      ✓ zone                 Zero Trust organization of zones/699d98642c564d2e855e9661899b7252 (4 settings)

      Wrote zero-trust.ts and zero-trust.import.json to /infra.

      What is left to do, in this order:
        1. Make Terraform forget the old ones, then take them out of its configuration; nothing is destroyed:
             terraform state rm 'cloudflare_zero_trust_organization.this'
             terraform state rm 'module.eu["shop"].cloudflare_access_organization.this'
             terraform state rm 'module.zones.module.one.cloudflare_zero_trust_access_organization.zone'
        2. Load the program in yours, or make it your program:
             import "./zero-trust";
        3. Tell Pulumi that the resources exist:
             pulumi --cwd /infra import --file zero-trust.import.json --generate-code=false --protect=false
        4. See that nothing would change:
             pulumi --cwd /infra preview --refresh
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
        autoRedirectToIdentity: false,
        isUiReadOnly: false,
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
        isUiReadOnly: false,
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
  });

  it("reads what the Windows shell wrote", async () => {
    const file = path.join(folder, "state.json");
    await writeFile(file, `\uFEFF${await readFile(PULUMI, "utf8")}`, "utf16le");
    expect(await moving("--from", file)).toMatchObject({ exitCode: 0 });
  });

  it("gives another name", async () => {
    expect(await moving("--from", await only("::gadget"), "--name", "organization")).toMatchObject({
      exitCode: 0,
    });
    expect(await program()).toContain('new zerotrust.Organization("organization", {');
  });

  it("answers in JSON", async () => {
    const { stdout } = await moving("--from", await only("::gadget"), "--json");
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
            "leftOut": [],
            "name": "gadget",
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
          },
        ],
      }
    `);
  });

  it.each<[string, number, string[], string]>([
    ["no file", 2, [], "error: required option '--from <file>' not specified\n"],
    [
      "a file that is not there",
      1,
      ["--from", "/nope.json"],
      "Cannot read /nope.json: no such file.\n",
    ],
    [
      "one name for several",
      2,
      ["--from", PULUMI, "--name", "organization"],
      "--name names one resource, and the state holds 2 organizations: leave it out, and they keep their names.\n",
    ],
  ])("refuses %s", async (_what, exitCode, args, stderr) => {
    const run = await moving(...args);
    expect(run).toMatchObject({ exitCode, stdout: "" });
    expect(run.stderr.startsWith(stderr)).toBe(true);
    expect(await readdir(folder)).toEqual([]);
  });
});
