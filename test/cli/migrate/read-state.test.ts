import { readFileSync } from "node:fs";
import path from "node:path";
import { readState } from "../../../provider/cli/migrate/read-state.js";

function sample(name: string): string {
  return readFileSync(path.join(__dirname, "states", name), "utf8");
}

describe("the state of @pulumi/cloudflare", () => {
  it("gives what the old program stated, in today's names, without secrets", () => {
    expect(readState("state.json", sample("pulumi.json"))).toMatchInlineSnapshot(`
      {
        "organizations": [
          {
            "address": "urn:pulumi:prod::access::cloudflare:index/zeroTrustOrganization:ZeroTrustOrganization::widget's",
            "computed": {},
            "forget": "pulumi state delete --force 'urn:pulumi:prod::access::cloudflare:index/zeroTrustOrganization:ZeroTrustOrganization::widget'\\''s'",
            "leftOut": [
              {
                "property": "trustedAccounts",
                "reason": "has no argument here",
              },
              {
                "property": "userSeatExpirationInactiveTime",
                "reason": "is a secret in that state",
              },
            ],
            "name": "widget's",
            "settings": {
              "authDomain": "widget.cloudflareaccess.com",
              "autoRedirectToIdentity": false,
              "denyUnmatchedRequests": true,
              "denyUnmatchedRequestsExemptedZoneNames": [
                "example.com",
              ],
              "loginDesign": {
                "backgroundColor": "#112233",
                "footerText": "",
              },
              "mfaConfig": {
                "allowedAuthenticators": [
                  "totp",
                  "piv_key",
                ],
                "sessionDuration": "24h",
              },
              "mfaPivKeyRequirements": {
                "pinPolicy": "always",
                "sshKeySize": [
                  256,
                  384,
                ],
                "sshKeyType": [
                  "ecdsa",
                ],
              },
              "name": "Widget Corp",
              "serviceTokenInactivity": {
                "action": "disable",
                "enabled": true,
                "inactivityThresholdDays": 60,
              },
              "sessionDuration": "24h",
            },
            "target": {
              "id": "00000000000000000000000000000001",
              "kind": "accounts",
            },
          },
          {
            "address": "urn:pulumi:prod::access::cloudflare:index/accessOrganization:AccessOrganization::gadget",
            "computed": {},
            "forget": "pulumi state delete 'urn:pulumi:prod::access::cloudflare:index/accessOrganization:AccessOrganization::gadget'",
            "leftOut": [],
            "name": "gadget",
            "settings": {
              "authDomain": "gadget.cloudflareaccess.com",
              "customPages": {
                "forbidden": "699d98642c564d2e855e9661899b7252",
              },
              "isUiReadOnly": true,
              "loginDesign": {
                "headerText": "Gadget Corp",
                "textColor": "#FFFFFF",
              },
              "name": "Gadget Corp",
              "uiReadOnlyToggleReason": "Managed by a program",
            },
            "target": {
              "id": "00000000000000000000000000000002",
              "kind": "accounts",
            },
          },
        ],
        "tool": "pulumi",
      }
    `);
  });

  it("gives the account by the resource's id, where the argument is a secret", () => {
    const id = "00000000000000000000000000000001";
    const text = sample("pulumi.json").replace(
      `"accountId": "${id}"`,
      '"accountId": { "4dabf18193072939515e22adb298388d": "1b47", "ciphertext": "v1:A:B" }',
    );
    const [first] = readState("state.json", text).organizations;
    expect(first?.target).toEqual({ kind: "accounts", id });
  });
});

describe("the state of Terraform", () => {
  it("gives what it states, in our names, whichever the provider's release", () => {
    expect(readState("state.json", sample("terraform.json"))).toMatchInlineSnapshot(`
      {
        "organizations": [
          {
            "address": "cloudflare_zero_trust_organization.this",
            "computed": {},
            "forget": "terraform state rm 'cloudflare_zero_trust_organization.this'",
            "leftOut": [
              {
                "property": "sessionDuration",
                "reason": "is a secret in that state",
              },
            ],
            "name": "this",
            "settings": {
              "allowAuthenticateViaWarp": true,
              "authDomain": "sprocket.cloudflareaccess.com",
              "autoRedirectToIdentity": false,
              "isUiReadOnly": false,
              "loginDesign": {
                "backgroundColor": "#c5ed1b",
                "headerText": "Sprocket",
              },
              "mfaConfig": {
                "allowedAuthenticators": [
                  "totp",
                  "piv_key",
                ],
                "sessionDuration": "24h",
              },
              "mfaPivKeyRequirements": {
                "pinPolicy": "always",
                "sshKeySize": [
                  256,
                ],
                "sshKeyType": [
                  "ecdsa",
                ],
              },
              "mfaRequiredForAllApps": true,
              "name": "Sprocket Corp",
              "userSeatExpirationInactiveTime": "1460h",
            },
            "target": {
              "id": "00000000000000000000000000000004",
              "kind": "accounts",
            },
          },
          {
            "address": "module.eu["shop"].cloudflare_access_organization.this",
            "computed": {},
            "forget": "terraform state rm 'module.eu["shop"].cloudflare_access_organization.this'",
            "leftOut": [],
            "name": "module-eu-shop-this",
            "settings": {
              "authDomain": "shop.cloudflareaccess.com",
              "autoRedirectToIdentity": true,
              "customPages": {
                "forbidden": "699d98642c564d2e855e9661899b7252",
                "identityDenied": "",
              },
              "isUiReadOnly": false,
              "loginDesign": {
                "backgroundColor": "#112233",
                "footerText": "",
                "headerText": "Shop",
                "logoPath": "",
                "textColor": "#FFFFFF",
              },
              "name": "Shop",
              "userSeatExpirationInactiveTime": "720h",
              "warpAuthSessionDuration": "36h",
            },
            "target": {
              "id": "00000000000000000000000000000005",
              "kind": "accounts",
            },
          },
          {
            "address": "module.zones.module.one.cloudflare_zero_trust_access_organization.zone",
            "computed": {},
            "forget": "terraform state rm 'module.zones.module.one.cloudflare_zero_trust_access_organization.zone'",
            "leftOut": [],
            "name": "zone",
            "settings": {
              "authDomain": "zone.cloudflareaccess.com",
              "autoRedirectToIdentity": false,
              "isUiReadOnly": true,
              "name": "Zone",
              "sessionDuration": "24h",
              "uiReadOnlyToggleReason": "Managed by a program",
            },
            "target": {
              "id": "699d98642c564d2e855e9661899b7252",
              "kind": "zones",
            },
          },
        ],
        "tool": "terraform",
      }
    `);
  });
});

describe("refuses in one line", () => {
  const json = (value: unknown) => JSON.stringify(value);

  it.each<[string, string, string]>([
    ["an empty file", " \n", "state.json is empty"],
    ["what is no JSON", "# cloudflare_access_organization.this:", "state.json is no JSON"],
    ["what is no object", "[1]", "state.json is no state"],
    ["something else", json({ name: "x" }), "state.json is no state that is known here"],
    [
      "Terraform's own file",
      json({ version: 4, terraform_version: "1.13.4", resources: [] }),
      "state.json is Terraform's state file as Terraform keeps it",
    ],
    [
      "a plan of Terraform",
      json({ format_version: "1.2", terraform_version: "1.13.4", planned_values: {} }),
      "state.json is a plan of Terraform, not its state",
    ],
    [
      "Pulumi's own file",
      json({ version: 3, checkpoint: { stack: "x" } }),
      "state.json is Pulumi's state file as Pulumi keeps it",
    ],
  ])("%s", (_what, text, message) => {
    expect(() => readState("state.json", text)).toThrow(
      `${message}: give what \`pulumi stack export\` or \`terraform show -json\` prints.`,
    );
  });

  it("a state without an organization", () => {
    const pulumi = json({
      version: 3,
      deployment: { resources: [{ type: "pulumi:pulumi:Stack" }] },
    });
    expect(() => readState("state.json", pulumi)).toThrowErrorMatchingInlineSnapshot(
      `"state.json holds 1 resource, and no Zero Trust organization (cloudflare:index/zeroTrustOrganization:ZeroTrustOrganization, formerly cloudflare:index/zeroTrustAccessOrganization:ZeroTrustAccessOrganization or cloudflare:index/accessOrganization:AccessOrganization)."`,
    );
    const terraform = json({ format_version: "1.0", values: {} });
    expect(() => readState("state.json", terraform)).toThrowErrorMatchingInlineSnapshot(
      `"state.json holds nothing, and no Zero Trust organization (cloudflare_zero_trust_organization, formerly cloudflare_zero_trust_access_organization or cloudflare_access_organization)."`,
    );
    expect(() => readState("state.json", json({ version: 3, deployment: {} }))).toThrow(
      "holds nothing, and no Zero Trust",
    );
  });

  it("an organization of nobody", () => {
    const text = sample("pulumi.json").replaceAll("00000000000000000000000000000001", "widget");
    expect(() => readState("state.json", text)).toThrow(
      "names no account or zone by an id of 32 hexadecimal digits, so it cannot be moved.",
    );
  });
});
