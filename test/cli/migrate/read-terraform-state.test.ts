import { readFileSync } from "node:fs";
import path from "node:path";
import { readState } from "../../../provider/cli/migrate/read-state.js";

const sample = readFileSync(path.join(__dirname, "states/terraform.json"), "utf8");

describe("readState of a Terraform state", () => {
  it("returns the attributes that are set, for all releases of the provider", () => {
    expect(readState("state.json", sample)).toMatchInlineSnapshot(`
      {
        "organizations": [
          {
            "address": "cloudflare_zero_trust_organization.this",
            "computed": {
              "trustedAccounts": [],
            },
            "declared": {
              "omitted": [
                {
                  "property": "mfa_configuration_allowed",
                  "reason": "is an output, not an input",
                },
                {
                  "property": "trusted_accounts",
                  "reason": "is an output, not an input",
                },
                {
                  "property": "sessionDuration",
                  "reason": "is a secret in the old state; declare it with config.requireSecret",
                },
              ],
              "settings": {
                "allowAuthenticateViaWarp": true,
                "authDomain": "sprocket.cloudflareaccess.com",
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
              "unset": [
                "autoRedirectToIdentity",
                "isUiReadOnly",
                "serviceTokenInactivity",
                "strictServiceTokenAuth",
              ],
            },
            "forget": "terraform state rm 'cloudflare_zero_trust_organization.this'",
            "name": "this",
            "scope": {
              "id": "00000000000000000000000000000004",
              "kind": "accounts",
            },
          },
          {
            "address": "module.eu["shop"].cloudflare_access_organization.this",
            "computed": {},
            "declared": {
              "omitted": [
                {
                  "property": "userSeatExpirationInactiveTime",
                  "reason": "must be at least 730h",
                },
              ],
              "settings": {
                "authDomain": "shop.cloudflareaccess.com",
                "autoRedirectToIdentity": true,
                "customPages": {
                  "forbidden": "699d98642c564d2e855e9661899b7252",
                },
                "loginDesign": {
                  "backgroundColor": "#112233",
                  "headerText": "Shop",
                  "textColor": "#FFFFFF",
                },
                "name": "Shop",
                "warpAuthSessionDuration": "36h",
              },
              "unset": [
                "customPages.identityDenied",
                "isUiReadOnly",
                "uiReadOnlyToggleReason",
                "loginDesign.footerText",
                "loginDesign.logoPath",
                "sessionDuration",
              ],
            },
            "forget": "terraform state rm 'module.eu["shop"].cloudflare_access_organization.this'",
            "name": "module-eu-shop-this",
            "scope": {
              "id": "00000000000000000000000000000005",
              "kind": "accounts",
            },
          },
          {
            "address": "module.zones.module.one.cloudflare_zero_trust_access_organization.zone",
            "computed": {},
            "declared": {
              "omitted": [
                {
                  "property": "sessionDuration",
                  "reason": "can be set for an account, not for a zone",
                },
              ],
              "settings": {
                "authDomain": "zone.cloudflareaccess.com",
                "isUiReadOnly": true,
                "name": "Zone",
                "uiReadOnlyToggleReason": "Managed by a program",
              },
              "unset": [],
            },
            "forget": "terraform state rm 'module.zones.module.one.cloudflare_zero_trust_access_organization.zone'",
            "name": "zone",
            "scope": {
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
