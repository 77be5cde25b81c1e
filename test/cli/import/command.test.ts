import { readFile } from "node:fs/promises";
import path from "node:path";
import { EMULATOR_TOKEN } from "../../../emulator/index.js";
import { EVERYTHING } from "../../everything.js";
import { ACCOUNT, SERVICE_TOKEN, ZONE } from "../../ids.js";
import { useImportFixture } from "./import-fixture.js";

const FILES = ["zero-trust.import.json", "zero-trust.ts"];

describe("import", () => {
  const fixture = useImportFixture();

  const textOf = (name: string) => readFile(path.join(fixture.folder, name), "utf8");
  const importFile = async () =>
    JSON.parse(await textOf("zero-trust.import.json")) as { resources: { name: string }[] };

  it("writes a program with every setting that is set, and prints the next steps", async () => {
    fixture.emulator.seed("accounts", ACCOUNT, EVERYTHING);
    fixture.emulator.seedDoh(ACCOUNT, {
      service_token_id: SERVICE_TOKEN,
      doh_jwt_duration: "800h",
    });
    const run = await fixture.run("--account-id", ACCOUNT);
    expect(run).toMatchInlineSnapshot(`
      {
        "exitCode": 0,
        "stderr": "",
        "stdout": "✓ organization  Zero Trust organization of account 023e105f4ecef8ad9ca31a8372d0c353 (32 settings)
      ✓ doh           DoH settings of account 023e105f4ecef8ad9ca31a8372d0c353 (2 settings)

      Wrote zero-trust.ts and zero-trust.import.json to /infra.

      Next steps:
        1. Load zero-trust.ts from your program, or make it your program:
             import "./zero-trust";
        2. Import the resources into the selected stack:
             pulumi --cwd /infra import --file zero-trust.import.json --generate-code=false --protect=false
        3. Check that the preview shows no changes. If it does, the next \`pulumi up\` writes them: change the program first.
             pulumi --cwd /infra preview --refresh
      ",
      }
    `);
    expect(await textOf("zero-trust.ts")).toMatchInlineSnapshot(`
      "import * as zerotrust from "pulumi-cloudflare-zero-trust";

      new zerotrust.Organization("organization", {
        accountId: "023e105f4ecef8ad9ca31a8372d0c353",
        name: 'Widget "Corp"',
        authDomain: "widget.cloudflareaccess.com",
        allowAuthenticateViaWarp: true,
        autoRedirectToIdentity: true,
        customPages: {
          forbidden: "699d98642c564d2e855e9661899b7252",
          identityDenied: "0f1e2d3c4b5a69788796a5b4c3d2e1f0",
        },
        denyUnmatchedRequests: true,
        denyUnmatchedRequestsExemptedZoneNames: ["example.com", "example.org"],
        isUiReadOnly: true,
        uiReadOnlyToggleReason: "managed elsewhere",
        loginDesign: {
          backgroundColor: "#112233",
          footerText: "It's a \`\${template}\`\\nof two lines",
          headerText: "Widget Corp",
          logoPath:
            "https://example.com/a-logo-whose-address-is-longer-than-a-line-of-code-should-be.png",
          textColor: "#FFFFFF",
        },
        mfaConfig: {
          allowedAuthenticators: ["totp", "biometrics", "security_key"],
          amrMatchingSessionDuration: "12h",
          requiredAaguids: "2fc0579f-8113-47ea-b116-bb5a8db9202a",
          sessionDuration: "24h",
        },
        mfaPivKeyRequirements: {
          pinPolicy: "always",
          touchPolicy: "always",
          sshKeyType: ["ecdsa", "rsa"],
          sshKeySize: [256, 2048],
          requireFipsDevice: true,
        },
        mfaRequiredForAllApps: true,
        serviceTokenInactivity: {
          action: "disable",
          enabled: true,
          inactivityThresholdDays: 30,
        },
        sessionDuration: "24h",
        strictServiceTokenAuth: true,
        userSeatExpirationInactiveTime: "1460h",
        warpAuthNonBrowser401: true,
        warpAuthSessionDuration: "36h",
        additionalSettings: {
          setting_of_tomorrow: {
            mode: "strict",
            levels: [1, 2],
            "odd name": null,
          },
        },
      });

      new zerotrust.DohSettings("doh", {
        accountId: "023e105f4ecef8ad9ca31a8372d0c353",
        serviceTokenId: "f174e90a-fafe-4643-bbbc-4a0ed4fc8415",
        dohJwtDuration: "800h",
      });
      "
    `);
    expect(new Set(fixture.emulator.requests.map(({ method }) => method))).toEqual(
      new Set(["GET"]),
    );
    expect((await Promise.all(FILES.map(textOf))).join()).not.toContain(EMULATOR_TOKEN);
  });

  it.each(["null", "empty", "default_duration", "not_found", "not_enabled"] as const)(
    "writes no DohSettings if the API returns %s for DoH settings that are not configured",
    async (answer) => {
      fixture.emulator.seed("accounts", ACCOUNT);
      fixture.emulator.behavior.dohUnset = answer;
      expect(await fixture.run("--account-id", ACCOUNT)).toMatchObject({ exitCode: 0 });
      expect((await importFile()).resources).toHaveLength(1);
    },
  );

  it("imports a zone under the name of --name", async () => {
    fixture.emulator.seed("zones", ZONE, {
      auth_domain: "zone.cloudflareaccess.com",
      name: "Zone",
    });
    await fixture.run("--zone-id", ZONE, "--name", "shop's");
    expect(await textOf("zero-trust.ts")).toMatchInlineSnapshot(`
      "import * as zerotrust from "pulumi-cloudflare-zero-trust";

      new zerotrust.Organization("shop's", {
        zoneId: "699d98642c564d2e855e9661899b7252",
        name: "Zone",
        authDomain: "zone.cloudflareaccess.com",
      });
      "
    `);
  });

  it("prints JSON with --json, also for an error", async () => {
    fixture.emulator.seed("accounts", ACCOUNT, { user_seat_expiration_inactive_time: "720h" });
    const run = await fixture.run("--account-id", ACCOUNT, "--json");
    expect(JSON.parse(run.stdout)).toMatchInlineSnapshot(`
      {
        "failures": [],
        "importFile": "/infra/zero-trust.import.json",
        "imported": false,
        "program": "/infra/zero-trust.ts",
        "resources": [
          {
            "id": "accounts/023e105f4ecef8ad9ca31a8372d0c353",
            "name": "organization",
            "omitted": [
              {
                "property": "userSeatExpirationInactiveTime",
                "reason": "must be at least 730h",
              },
            ],
            "settings": [
              "name",
              "authDomain",
            ],
            "type": "Organization",
            "unset": [
              "allowAuthenticateViaWarp",
              "denyUnmatchedRequests",
              "isUiReadOnly",
              "loginDesign",
              "mfaRequiredForAllApps",
              "strictServiceTokenAuth",
              "warpAuthNonBrowser401",
            ],
          },
        ],
      }
    `);
    const refused = await fixture.run("--account-id", ACCOUNT, "--json");
    expect(refused).toMatchObject({ exitCode: 1, stderr: "" });
    expect(Object.keys(JSON.parse(refused.stdout) as object)).toEqual(["error"]);
  });
});
