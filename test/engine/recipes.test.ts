import { readFile } from "node:fs/promises";
import path from "node:path";
import ts from "typescript";
import { EMULATOR_TOKEN, startEmulator, type Emulator } from "../../emulator/index.js";
import { pointCommandAt, runCommand } from "../cli/run-command.js";
import { blocksOf, page } from "../docs/pages.js";
import { accountId, liveSettings, requestsTo } from "./accounts.js";
import { createProject, organization, succeeded, type Project, type Run } from "./project.js";

jest.setTimeout(180_000);

/** The account and the name of the resource in every program of the page. */
const ACCOUNT = "0123456789abcdef0123456789abcdef";
const RESOURCE = '"organization"';

/** The accounts of the tests by the name of their resource. One stack contains all recipes. */
const NAMES = ["mfa", "locked", "denied", "updated", "replaced", "backup", "provided"] as const;
type Name = (typeof NAMES)[number];
const account = (name: Name) => accountId(NAMES.indexOf(name) + 1);
const liveBefore = (name: Name) => ({
  name: "Widget Corp",
  auth_domain: `${name}.cloudflareaccess.com`,
  session_duration: "24h",
  login_design: { header_text: "Welcome", footer_text: "Ask Bob" },
});

/** The programs of the page by file name. */
const RECIPES = new Map(
  blocksOf(page("docs/recipes.md")).flatMap(({ file, code }) => (file ? [[file, code]] : [])),
);

/** Returns a program of the page as a part of a larger one, with another account and resource name. */
function recipe(
  file: string,
  name: Name,
  edit: (source: string) => string = (text) => text,
): string {
  const source = RECIPES.get(file);
  if (source === undefined) throw new Error(`docs/recipes.md has no program ${file}.`);
  expect(source).toContain(RESOURCE);
  return part(edit(source).replace(RESOURCE, JSON.stringify(name)).replace(ACCOUNT, account(name)));
}

/** Compiles a TypeScript module to a part of a CommonJS module. */
function part(source: string): string {
  const { outputText } = ts.transpileModule(source, {
    compilerOptions: { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022 },
  });
  return `((exports) => {\n${outputText}\n})({});`;
}

const WITHOUT_CHANGES = [
  recipe("offer-mfa.ts", "mfa"),
  recipe("lock-dashboard.ts", "locked"),
  recipe("deny-unmatched.ts", "denied"),
];
const IGNORING = [recipe("ignore-changes.ts", "updated"), recipe("ignore-changes.ts", "replaced")];
const ADOPTED = organization("backup", {
  accountId: account("backup"),
  name: "Gadget Corp",
  sessionDuration: "1h",
  loginDesign: { headerText: "Hello", footerText: "" },
  autoRedirectToIdentity: true,
});

const WITHOUT_PROVIDER = organization("provided", {
  accountId: account("provided"),
  sessionDuration: "12h",
});

const WITH_PROVIDER = recipe("add-provider.ts", "provided");

describe("docs/recipes.md", () => {
  let emulator: Emulator;
  let project: Project;
  let backup: string;

  const live = (name: Name) => liveSettings(emulator, account(name));
  /** Replaces the permission of the API token by the least one that the next commands need. */
  const allow = (access: "none" | "read" | "write") => {
    emulator.credentials.splice(0, Infinity, { apiToken: EMULATOR_TOKEN, access });
  };

  beforeAll(async () => {
    emulator = await startEmulator();
    for (const name of NAMES) emulator.seed("accounts", account(name), liveBefore(name));
    emulator.edit("accounts", account("denied"), {
      deny_unmatched_requests_exempted_zone_names: ["old.example"],
    });
    project = await createProject(emulator);

    allow("read");
    const restoreEnvironment = pointCommandAt(emulator);
    const folder = path.join(project.folder, "backup");
    const options = ["--account-id", account("backup"), "--name", "backup", "--out", folder];
    const { exitCode } = await runCommand(["import", ...options]);
    restoreEnvironment();
    expect(exitCode).toBe(0);
    backup = await readFile(path.join(folder, "zero-trust.ts"), "utf8");

    allow("write");
    await project.program(...WITHOUT_CHANGES, ...IGNORING, ADOPTED, WITHOUT_PROVIDER);
    await succeeded(project.up());
  });

  it("offers MFA without requiring it", () => {
    expect(live("mfa")).toEqual({
      ...liveBefore("mfa"),
      mfa_config: { allowed_authenticators: ["totp", "security_key"], session_duration: "24h" },
    });
  });

  it("locks the dashboard with a reason", () => {
    expect(live("locked")).toEqual({
      ...liveBefore("locked"),
      is_ui_read_only: true,
      ui_read_only_toggle_reason: "Managed with Pulumi. Open a pull request instead.",
    });
  });

  it("denies unmatched requests except for the listed zones", () => {
    expect(live("denied")).toEqual({
      ...liveBefore("denied"),
      deny_unmatched_requests: true,
      deny_unmatched_requests_exempted_zone_names: ["example.com", "example.org"],
    });
  });

  it("creates a resource with its ignored settings, and reports no drift of them", async () => {
    for (const name of ["updated", "replaced"] as const) {
      expect(live(name)).toMatchObject({
        session_duration: "12h",
        login_design: { header_text: "Widget Corp", footer_text: "Help desk: 555-0100" },
      });
      emulator.edit("accounts", account(name), {
        session_duration: "48h",
        login_design: { header_text: "Widget Corp", footer_text: "Ask Alice" },
      });
    }
    allow("read");
    expect(await project.drift()).toMatchObject({ exitCode: 0 });
  });

  it("adds a Provider to an existing resource without a request", async () => {
    await project.program(...WITHOUT_CHANGES, ...IGNORING, ADOPTED, WITH_PROVIDER);
    await succeeded(project.pulumi("config", "set", "--secret", "widgetToken", EMULATOR_TOKEN));
    const { CLOUDFLARE_API_TOKEN: token } = project.environment;
    project.environment.CLOUDFLARE_API_TOKEN = undefined;
    allow("none");
    emulator.clearRequests();
    expect(await succeeded(project.up())).toMatch(/\+ 1 created\n +8 unchanged/);
    project.environment.CLOUDFLARE_API_TOKEN = token;
    expect(emulator.requests).toEqual([]);
  });

  describe("after an update and a replacement of resources with ignored settings", () => {
    let run: Run;
    let before: object | undefined;
    beforeAll(async () => {
      before = live("updated");
      const { replaced } = await project.state();
      await project.program(
        ...WITHOUT_CHANGES,
        recipe("ignore-changes.ts", "updated", (source) =>
          source.replace('"Widget Corp"', '"Widgets"').replace('"12h"', '"1h"'),
        ),
        recipe("ignore-changes.ts", "replaced"),
        ADOPTED,
        WITH_PROVIDER,
      );
      allow("write");
      run = await project.up("--replace", replaced?.urn ?? "");
    });

    it("never writes an ignored setting in the update, and does not warn of its drift", () => {
      expect(run.exitCode).toBe(0);
      expect(run.output).not.toContain("warning");
      expect(live("updated")).toEqual({
        ...before,
        login_design: { header_text: "Widgets", footer_text: "Ask Alice" },
      });
    });

    it("writes ignored settings in the replacement", () => {
      expect(live("replaced")).toMatchObject({ session_duration: "12h" });
    });
  });

  describe("after a deployment of a backup and without the Provider", () => {
    let output: string;
    beforeAll(async () => {
      expect(live("backup")).toMatchObject({
        name: "Gadget Corp",
        login_design: { header_text: "Hello" },
      });
      await project.program(...WITHOUT_CHANGES, ...IGNORING, part(backup), WITHOUT_PROVIDER);
      emulator.clearRequests();
      output = await succeeded(project.up("--refresh", "--run-program"));
    });

    it("restores the backup that `import` wrote before the adoption, except what was not set", () => {
      expect(live("backup")).toEqual({
        ...liveBefore("backup"),
        auto_redirect_to_identity: true,
      });
    });

    it("removes the Provider without a write", () => {
      expect(output).toContain("- 1 deleted");
      expect(requestsTo(emulator, account("provided"))).toEqual(["GET"]);
    });
  });
});
