import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import ts from "typescript";
import { EMULATOR_TOKEN, startEmulator, type Emulator } from "../../emulator/index.js";
import { pointCommandAt, runCommand } from "../cli/run-command.js";
import { blocksOf, page } from "../docs/pages.js";
import { liveSettings, requestsTo } from "./accounts.js";
import { command } from "./command.js";
import { createProject, organization, succeeded, type Project } from "./project.js";

jest.setTimeout(120_000);

const ACCOUNT = "0123456789abcdef0123456789abcdef";
const LIVE = {
  name: "Widget Corp",
  auth_domain: "widget.cloudflareaccess.com",
  session_duration: "24h",
  login_design: { header_text: "Welcome", footer_text: "Ask Bob" },
};

/** The programs of the page by file name. */
const RECIPES = new Map(
  blocksOf(page("docs/recipes.md")).flatMap(({ file, code }) => (file ? [[file, code]] : [])),
);

describe("docs/recipes.md", () => {
  let emulator: Emulator;
  let project: Project;

  beforeEach(async () => {
    emulator = await startEmulator();
    emulator.seed("accounts", ACCOUNT, LIVE);
    project = await createProject(emulator);
  });
  afterEach(async () => {
    await project.remove();
    await emulator.close();
  });

  const live = () => liveSettings(emulator, ACCOUNT);

  /** Makes a TypeScript program the project's own. */
  async function use(program: string | undefined): Promise<void> {
    if (program === undefined) throw new Error("docs/recipes.md has no such program.");
    const { outputText } = ts.transpileModule(program, {
      compilerOptions: { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022 },
    });
    await writeFile(path.join(project.folder, "index.js"), outputText);
  }

  async function deploy(recipe: string): Promise<void> {
    await use(RECIPES.get(recipe));
    await succeeded(project.up());
    await succeeded(project.preview("--refresh", "--expect-no-changes"));
  }

  it("offers MFA without requiring it", async () => {
    await deploy("offer-mfa.ts");
    expect(live()).toEqual({
      ...LIVE,
      mfa_config: { allowed_authenticators: ["totp", "security_key"], session_duration: "24h" },
    });
  });

  it("locks the dashboard with a reason", async () => {
    await deploy("lock-dashboard.ts");
    expect(live()).toEqual({
      ...LIVE,
      is_ui_read_only: true,
      ui_read_only_toggle_reason: "Managed with Pulumi. Open a pull request instead.",
    });
  });

  it("denies unmatched requests except for the listed zones", async () => {
    emulator.edit("accounts", ACCOUNT, {
      deny_unmatched_requests_exempted_zone_names: ["old.example"],
    });
    await deploy("deny-unmatched.ts");
    expect(live()).toEqual({
      ...LIVE,
      deny_unmatched_requests: true,
      deny_unmatched_requests_exempted_zone_names: ["example.com", "example.org"],
    });
  });

  it("restores a backup that `import` wrote before the adoption, except what was not set", async () => {
    const restoreEnvironment = pointCommandAt(emulator);
    const backup = path.join(project.folder, "backup");
    const { exitCode } = await runCommand(["import", "--account-id", ACCOUNT, "--out", backup]);
    restoreEnvironment();
    expect(exitCode).toBe(0);
    expect(live()).toEqual(LIVE);

    await project.program(
      organization("organization", {
        accountId: ACCOUNT,
        name: "Gadget Corp",
        sessionDuration: "1h",
        loginDesign: { headerText: "Hello", footerText: "" },
        autoRedirectToIdentity: true,
      }),
    );
    await succeeded(project.up());
    expect(live()).toMatchObject({ name: "Gadget Corp", login_design: { header_text: "Hello" } });

    await use(await readFile(path.join(backup, "zero-trust.ts"), "utf8"));
    await succeeded(project.up("--refresh", "--run-program"));
    expect(live()).toEqual({ ...LIVE, auto_redirect_to_identity: true });
  });

  it("adds a Provider to an existing resource without a write, and removes it again", async () => {
    const program = organization("organization", { accountId: ACCOUNT, sessionDuration: "12h" });
    await project.program(program);
    await succeeded(project.up());
    emulator.clearRequests();

    await use(RECIPES.get("add-provider.ts"));
    await succeeded(project.pulumi("config", "set", "--secret", "widgetToken", EMULATOR_TOKEN));
    project.environment.CLOUDFLARE_API_TOKEN = undefined;
    expect(await succeeded(project.up())).toMatch(/\+ 1 created\n +2 unchanged/);
    expect(emulator.requests).toEqual([]);

    await succeeded(project.up("--refresh"));
    expect(requestsTo(emulator, ACCOUNT)).toEqual(["GET"]);

    await project.program(program);
    expect(await succeeded(project.up())).toMatch(/- 1 deleted\n +2 unchanged/);
  });

  it("creates a resource with its ignored settings, and reports no drift of them", async () => {
    await deploy("ignore-changes.ts");
    expect(live()).toMatchObject({
      session_duration: "12h",
      login_design: { header_text: "Widget Corp", footer_text: "Help desk: 555-0100" },
    });

    emulator.edit("accounts", ACCOUNT, {
      session_duration: "48h",
      login_design: { header_text: "Widget Corp", footer_text: "Ask Alice" },
    });
    expect(await project.drift()).toMatchObject({ exitCode: 0 });
  });

  it("never writes an ignored setting in an update, and does not warn of its drift", async () => {
    await deploy("ignore-changes.ts");
    emulator.edit("accounts", ACCOUNT, {
      session_duration: "48h",
      login_design: { header_text: "Widget Corp", footer_text: "Ask Alice" },
    });
    const edited = live();
    const program = RECIPES.get("ignore-changes.ts")?.replace('"Widget Corp"', '"Widgets"');
    await use(program?.replace('"12h"', '"1h"'));
    const update = await succeeded(project.up());
    expect(update).not.toContain("warning");
    expect(live()).toEqual({
      ...edited,
      login_design: { header_text: "Widgets", footer_text: "Ask Alice" },
    });
  });

  it("replaces a resource with its ignored settings", async () => {
    await deploy("ignore-changes.ts");
    emulator.edit("accounts", ACCOUNT, { session_duration: "48h" });
    const urn = (await project.state()).organization?.urn ?? "";
    await succeeded(project.up("--replace", urn));
    expect(live()).toMatchObject({ session_duration: "12h" });
  });

  it("exits with 7 for risky drift only, with drift --fail-on risk", async () => {
    const settings = { sessionDuration: "12h", denyUnmatchedRequests: true };
    await project.program(organization("organization", { accountId: ACCOUNT, ...settings }));
    await succeeded(project.up());

    emulator.edit("accounts", ACCOUNT, { session_duration: "6h" });
    const harmless = await command(project, "drift", "--fail-on", "risk");
    expect(harmless).toMatchObject({ exitCode: 0 });
    expect(harmless.stdout).toContain("1 setting drifted");

    emulator.edit("accounts", ACCOUNT, { deny_unmatched_requests: false });
    expect(await command(project, "drift", "--fail-on", "risk")).toMatchObject({ exitCode: 7 });
  });

  describe("the least permission for each operation", () => {
    const only = (access: "none" | "read" | "revoke" | "write") => {
      emulator.credentials.splice(0, Infinity, { apiToken: EMULATOR_TOKEN, access });
    };

    it("is Write to deploy, Read for previews, refreshes and functions, and none to destroy", async () => {
      const program = organization("organization", { accountId: ACCOUNT, sessionDuration: "12h" });
      await project.program(program);
      only("read");
      await succeeded(project.preview());
      expect(await project.up()).toMatchObject({ exitCode: 1 });
      only("write");
      await succeeded(project.up());

      only("read");
      expect(await project.drift()).toMatchObject({ exitCode: 0 });
      await project.program(
        program,
        `exports.live = zerotrust.getOrganizationOutput({ accountId: "${ACCOUNT}" });`,
        `exports.doh = zerotrust.getDohSettingsOutput({ accountId: "${ACCOUNT}" });`,
        `zerotrust.Organization.get("existing", "accounts/${ACCOUNT}");`,
      );
      await succeeded(project.up());

      only("none");
      emulator.clearRequests();
      await project.program(program);
      await succeeded(project.preview());
      await succeeded(project.destroy("--refresh=false"));
      expect(emulator.requests).toEqual([]);
    });

    it("is Revoke for UserRevocation", async () => {
      const email = "user@example.com";
      await project.program(
        `new zerotrust.UserRevocation("leaver", { accountId: "${ACCOUNT}", email: "${email}" });`,
      );
      only("read");
      const rejected = await project.up();
      expect(rejected.exitCode).toBe(1);
      only("revoke");
      await succeeded(project.up());
      expect(emulator.revocations).toMatchObject([{ email }]);
    });
  });
});
