import { readFileSync } from "node:fs";
import path from "node:path";
import { readState } from "../../../provider/cli/migrate/read-state.js";

const stateOf = (tool: string) => readFileSync(path.join(__dirname, `states/${tool}.json`), "utf8");
const PULUMI = stateOf("pulumi");
const FORBIDDEN = "699d98642c564d2e855e9661899b7252";

const account = (number: number) => ({ kind: "accounts", id: String(number).padStart(32, "0") });

describe("readState of a Pulumi state", () => {
  const read = (text: string) => readState("state.json", text).organizations;

  it("returns the declared inputs of managed organizations, and lists secrets and unknown inputs", () => {
    const [widget, gadget, ...others] = read(PULUMI);
    expect(widget).toMatchObject({ name: "widget's", scope: account(1) });
    expect(widget?.declared).toEqual({
      settings: {
        name: "Widget Corp",
        authDomain: "widget.cloudflareaccess.com",
        autoRedirectToIdentity: false,
        denyUnmatchedRequests: true,
        denyUnmatchedRequestsExemptedZoneNames: ["example.com"],
        loginDesign: { backgroundColor: "#112233", footerText: "" },
        mfaConfig: { allowedAuthenticators: ["totp", "piv_key"], sessionDuration: "24h" },
        mfaPivKeyRequirements: {
          pinPolicy: "always",
          sshKeySize: [256, 384],
          sshKeyType: ["ecdsa"],
        },
        serviceTokenInactivity: { action: "disable", enabled: true, inactivityThresholdDays: 60 },
        sessionDuration: "24h",
      },
      omitted: [
        { property: "trustedAccounts", reason: "is not an input of Organization" },
        {
          property: "userSeatExpirationInactiveTime",
          reason: "is a secret in the old state; declare it with config.requireSecret",
        },
      ],
      unset: [],
    });
    expect(gadget).toMatchObject({ name: "gadget", scope: account(2) });
    expect(others).toEqual([]);
  });

  it("accepts the older form with objects in lists and plural names", () => {
    expect(read(PULUMI)[1]?.declared.settings).toMatchObject({
      customPages: { forbidden: FORBIDDEN },
      loginDesign: { headerText: "Gadget Corp", textColor: "#FFFFFF" },
    });
  });

  it("takes the account from the id of the resource if the input is a secret", () => {
    const { id } = account(1);
    const text = PULUMI.replace(
      `"accountId": "${id}"`,
      '"accountId": { "4dabf18193072939515e22adb298388d": "1b47", "ciphertext": "v1:A:B" }',
    );
    expect(read(text)[0]?.scope).toEqual({ kind: "accounts", id });
  });
});

describe("readState of a Terraform state", () => {
  it("returns the attributes that are set, of all modules, and lists all others", () => {
    const { organizations } = readState("state.json", stateOf("terraform"));
    expect(organizations.map(({ name, scope }) => ({ name, scope }))).toEqual([
      { name: "this", scope: account(4) },
      { name: "module-eu-shop-this", scope: account(5) },
      { name: "zone", scope: { kind: "zones", id: "699d98642c564d2e855e9661899b7252" } },
    ]);
    expect(organizations.map(({ computed }) => computed)).toEqual([
      { trustedAccounts: [] },
      {},
      {},
    ]);
    const [sprocket, shop, zone] = organizations.map(({ declared }) => declared);
    expect(sprocket).toEqual({
      settings: {
        name: "Sprocket Corp",
        authDomain: "sprocket.cloudflareaccess.com",
        allowAuthenticateViaWarp: true,
        loginDesign: { backgroundColor: "#c5ed1b", headerText: "Sprocket" },
        mfaConfig: { allowedAuthenticators: ["totp", "piv_key"], sessionDuration: "24h" },
        mfaPivKeyRequirements: { pinPolicy: "always", sshKeySize: [256], sshKeyType: ["ecdsa"] },
        mfaRequiredForAllApps: true,
        userSeatExpirationInactiveTime: "1460h",
      },
      omitted: [
        { property: "mfa_configuration_allowed", reason: "is an output, not an input" },
        { property: "trusted_accounts", reason: "is an output, not an input" },
        {
          property: "sessionDuration",
          reason: "is a secret in the old state; declare it with config.requireSecret",
        },
      ],
      unset: [
        "autoRedirectToIdentity",
        "isUiReadOnly",
        "serviceTokenInactivity",
        "strictServiceTokenAuth",
      ],
    });
    expect(shop).toMatchObject({
      settings: {
        customPages: { forbidden: FORBIDDEN },
        loginDesign: { backgroundColor: "#112233", headerText: "Shop", textColor: "#FFFFFF" },
      },
      omitted: [{ property: "userSeatExpirationInactiveTime", reason: "must be at least 730h" }],
      unset: [
        "customPages.identityDenied",
        "isUiReadOnly",
        "uiReadOnlyToggleReason",
        "loginDesign.footerText",
        "loginDesign.logoPath",
        "sessionDuration",
      ],
    });
    expect(zone).toEqual({
      settings: {
        name: "Zone",
        authDomain: "zone.cloudflareaccess.com",
        isUiReadOnly: true,
        uiReadOnlyToggleReason: "Managed by a program",
      },
      omitted: [
        { property: "sessionDuration", reason: "can be set for an account, not for a zone" },
      ],
      unset: [],
    });
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
    const text = PULUMI.replaceAll(account(1).id, "widget");
    expect(() => readState("state.json", text)).toThrow(
      "the state has no account or zone id of 32 hexadecimal digits for it.",
    );
  });
});
