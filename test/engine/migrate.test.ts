import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import execa from "execa";
import { startEmulator, type Emulator } from "../../emulator/index.js";
import { ZONE } from "../ids.js";
import { accountId } from "./accounts.js";
import { command, commandWith } from "./command.js";
import { createProject, succeeded, type Project } from "./project.js";
import { useTypeScriptMain } from "./typescript-main.js";

jest.setTimeout(120_000);

const STATES = path.resolve(__dirname, "../cli/migrate/states");
const PAGE = "699d98642c564d2e855e9661899b7252";

const OLD_PROVIDER =
  "urn:pulumi:test::zero-trust-test::pulumi:providers:cloudflare::default_6_22_1";

interface Exported {
  deployment: { resources: { external?: boolean }[] };
}

describe("migrate", () => {
  let emulator: Emulator;
  let project: Project;

  beforeAll(async () => {
    emulator = await startEmulator();
    seedLiveOrganizations(emulator);
    project = await createProject(emulator, { ownProcess: true });
    await useTypeScriptMain(project, "main.ts");
    await writeFile(
      path.join(project.folder, "main.ts"),
      'import "./zero-trust";\nimport "./terraform/zero-trust";\n',
    );
  });

  /** Runs a printed command as a user would copy it. */
  async function runLine(line: string): Promise<void> {
    const { folder, environment } = project;
    await execa("sh", ["-c", `${line} --yes`], { cwd: folder, env: environment, extendEnv: false });
  }

  it("migrates organizations of @pulumi/cloudflare within one stack", async () => {
    await importOldState(project);

    const input = await project.rawState();
    const migrated = await commandWith({ input }, project, "migrate", "--from", "-", "--json");
    expect(migrated).toMatchObject({ exitCode: 0, stderr: "" });
    expect(migrated.stdout).not.toContain("730h");
    const { forget } = JSON.parse(migrated.stdout) as { forget: string[] };
    expect(forget).toMatchInlineSnapshot(`
      [
        "pulumi state delete --force 'urn:pulumi:test::zero-trust-test::cloudflare:index/zeroTrustOrganization:ZeroTrustOrganization::widget'\\''s'",
        "pulumi state delete 'urn:pulumi:test::zero-trust-test::cloudflare:index/accessOrganization:AccessOrganization::gadget'",
      ]
    `);
    // The printed steps change the old state last. Here, the engine cannot import before, because it
    // loads the plugins of all providers in the state, and that of @pulumi/cloudflare is not installed.
    for (const line of forget) await runLine(line);
    await runLine(`pulumi state delete ${OLD_PROVIDER}`);
    await runLine(
      "pulumi import --file zero-trust.import.json --generate-code=false --protect=false",
    );
  });

  it("migrates organizations of Terraform", async () => {
    const file = path.join(STATES, "terraform.json");
    const migrated = await command(project, "migrate", "--from", file, "--out", "terraform");
    expect(migrated).toMatchObject({ exitCode: 0 });
    const [line = ""] = /pulumi --cwd terraform import .*/.exec(migrated.stdout) ?? [];
    await runLine(line);
  });

  it("is followed by a preview without changes", async () => {
    emulator.clearRequests();
    const output = await succeeded(project.preview("--refresh", "--expect-no-changes"));
    expect(output).toContain("6 unchanged");
    expect(output).not.toContain("[diff:");
    expect(new Set(emulator.requests.map(({ method }) => method))).toEqual(new Set(["GET"]));
  });
});

/** Imports the resources of the old state into the stack of the project. */
async function importOldState(project: Project): Promise<void> {
  const sample = await readFile(path.join(STATES, "pulumi.json"), "utf8");
  const own = JSON.parse(await project.rawState()) as Exported;
  const old = JSON.parse(
    sample
      .replaceAll("urn:pulumi:prod::access::", "urn:pulumi:test::zero-trust-test::")
      .replaceAll("access-prod", "zero-trust-test-test")
      // The stack encrypts the secret with its own key.
      .replace(/"ciphertext": "[^"]*"/, String.raw`"plaintext": "\"730h\""`),
  ) as Exported;
  own.deployment.resources = old.deployment.resources.filter(({ external }) => external !== true);
  await writeFile(path.join(project.folder, "old.json"), JSON.stringify(own));
  await succeeded(project.pulumi("stack", "import", "--file", "old.json"));
}

function seedLiveOrganizations(emulator: Emulator): void {
  emulator.seed("accounts", accountId(1), {
    auth_domain: "widget.cloudflareaccess.com",
    name: "Widget Corp",
    deny_unmatched_requests: true,
    deny_unmatched_requests_exempted_zone_names: ["example.com"],
    login_design: { background_color: "#112233" },
    mfa_config: { allowed_authenticators: ["totp", "piv_key"], session_duration: "24h" },
    mfa_piv_key_requirements: {
      pin_policy: "always",
      ssh_key_size: [256, 384],
      ssh_key_type: ["ecdsa"],
    },
    service_token_inactivity: { action: "disable", enabled: true, inactivity_threshold_days: 60 },
    session_duration: "24h",
    user_seat_expiration_inactive_time: "730h",
  });
  emulator.seed("accounts", accountId(2), {
    auth_domain: "gadget.cloudflareaccess.com",
    name: "Gadget Corp",
    custom_pages: { forbidden: PAGE },
    is_ui_read_only: true,
    ui_read_only_toggle_reason: "Managed by a program",
    login_design: { header_text: "Gadget Corp", text_color: "#FFFFFF" },
  });
  emulator.seed("accounts", accountId(4), {
    auth_domain: "sprocket.cloudflareaccess.com",
    name: "Sprocket Corp",
    allow_authenticate_via_warp: true,
    login_design: { background_color: "#c5ed1b", header_text: "Sprocket" },
    mfa_config: { allowed_authenticators: ["totp", "piv_key"], session_duration: "24h" },
    mfa_piv_key_requirements: {
      pin_policy: "always",
      ssh_key_size: [256],
      ssh_key_type: ["ecdsa"],
    },
    mfa_required_for_all_apps: true,
    session_duration: "12h",
    user_seat_expiration_inactive_time: "1460h",
  });
  emulator.seed("accounts", accountId(5), {
    auth_domain: "shop.cloudflareaccess.com",
    name: "Shop",
    auto_redirect_to_identity: true,
    custom_pages: { forbidden: PAGE },
    login_design: { background_color: "#112233", header_text: "Shop", text_color: "#FFFFFF" },
    warp_auth_session_duration: "36h",
  });
  emulator.seed("zones", ZONE, {
    auth_domain: "zone.cloudflareaccess.com",
    name: "Zone",
    is_ui_read_only: true,
    ui_read_only_toggle_reason: "Managed by a program",
  });
}
