import path from "node:path";
import { readFile } from "node:fs/promises";
import { EMULATOR_TOKEN, startEmulator, type Emulator } from "../../emulator/index.js";
import { accountId, liveSettings, requestsTo } from "./accounts.js";
import { createProject, succeeded, type Project, type Run } from "./project.js";
import { resource } from "./source.js";

jest.setTimeout(300_000);

const URN = "urn:pulumi:test::zero-trust-test::";
const TYPE = "pulumi-nodejs:dynamic/zerotrust:Organization";
const urn = (name: string) => `${URN}${TYPE}::${name}`;

/** The account of each resource, by name. A resource that is renamed or moved keeps its account. */
const NAMES = [
  "renamed",
  "reparented",
  "protectedOne",
  "retained",
  "anchor",
  "deletedWithAnchor",
  "dependent",
  "replacedOnChanges",
  "deletedBeforeReplace",
  "secretOutput",
  "withTimeouts",
  "hooked",
  "blocked",
  "inherited",
  "transformed",
  "transformedByEngine",
  "targeted",
  "excluded",
  "tainted",
] as const;
type Name = (typeof NAMES)[number];
const account = (name: Name) => accountId(NAMES.indexOf(name) + 1);

/** The source of one organization whose header text may change. */
function organization(name: Name, headerText: string, options = "{}", as: string = name): string {
  const args = { accountId: account(name), loginDesign: { headerText } };
  return resource("Organization", as, args, options);
}

/** Records every call of a hook in a file, because hooks run in the process of the program. */
const HOOKS = `
const fs = require("node:fs");
const record = (step) => new pulumi.ResourceHook(step, async ({ name, newOutputs }) => {
  fs.appendFileSync(require.resolve("./index.js") + ".hooks", step + " " + name + " " + (newOutputs ? newOutputs.loginDesign.headerText : "") + "\\n");
});
const refuse = new pulumi.ResourceHook("refuse", async () => { throw new Error("not today"); });`;

const FIRST = [
  HOOKS,
  organization("renamed", "one"),
  organization("reparented", "one"),
  organization("protectedOne", "one", "{ protect: true }"),
  organization("retained", "one", "{ retainOnDelete: true }"),
  organization("anchor", "one"),
  organization("deletedWithAnchor", "one", "{ deletedWith: anchor }"),
  organization("dependent", "one", "{ dependsOn: anchor }"),
  organization("replacedOnChanges", "one", `{ replaceOnChanges: ["loginDesign"] }`),
  organization(
    "deletedBeforeReplace",
    "one",
    `{ replaceOnChanges: ["*"], deleteBeforeReplace: true }`,
  ),
  organization("secretOutput", "one", `{ additionalSecretOutputs: ["loginDesign"] }`),
  organization("withTimeouts", "one", `{ customTimeouts: { create: "1ms" } }`),
  organization(
    "hooked",
    "one",
    `{ hooks: { beforeCreate: [record("beforeCreate")], afterCreate: [record("afterCreate")] } }`,
  ),
  organization("blocked", "one"),
  `const own = new zerotrust.Provider("own", { apiToken: ${JSON.stringify(EMULATOR_TOKEN)} });`,
  `const owner = new pulumi.ComponentResource("test:index:Team", "owner", {}, { providers: [own] });`,
  organization("inherited", "one", "{ parent: owner }"),
  organization(
    "transformed",
    "one",
    `{ transformations: [({ props, opts }) => ({
         props: { ...props, name: "By a transformation", sessionDuration: pulumi.secret("12h") },
         opts,
       })] }`,
  ),
  organization(
    "transformedByEngine",
    "one",
    `{ transforms: [async ({ props, opts }) => ({
         props: { ...props, name: "By a transform", sessionDuration: pulumi.secret("13h") },
         opts,
       })] }`,
  ),
  organization("targeted", "one"),
  organization("excluded", "one"),
  organization("tainted", "one"),
];

const SECOND = [
  HOOKS,
  `const team = new pulumi.ComponentResource("test:index:Team", "team");`,
  organization("renamed", "one", `{ aliases: [{ name: "renamed" }] }`, "newName"),
  organization(
    "reparented",
    "one",
    `{ parent: team, aliases: [{ parent: pulumi.rootStackResource }] }`,
  ),
  organization("protectedOne", "one", "{ protect: true }"),
  organization("replacedOnChanges", "two", `{ replaceOnChanges: ["loginDesign"] }`),
  organization(
    "deletedBeforeReplace",
    "two",
    `{ replaceOnChanges: ["*"], deleteBeforeReplace: true }`,
  ),
  organization("blocked", "two", "{ hooks: { beforeUpdate: [refuse] } }"),
  organization("targeted", "two"),
  organization("excluded", "two"),
  organization("tainted", "one"),
];

/** The last program: the resource whose hook refuses every update is as it was. */
const THIRD = [
  ...SECOND.filter((source) => !source.includes("blocked")),
  organization("blocked", "one"),
];

describe("Resource options", () => {
  let emulator: Emulator;
  let project: Project;

  beforeAll(async () => {
    emulator = await startEmulator();
    for (const name of NAMES)
      emulator.seed("accounts", account(name), { login_design: { header_text: "live" } });
    project = await createProject(emulator);
  });
  afterAll(async () => {
    await project.remove();
    await emulator.close();
  });

  const header = (name: Name) =>
    (liveSettings(emulator, account(name))?.login_design as { header_text?: string } | undefined)
      ?.header_text;
  const requests = (name: Name) => requestsTo(emulator, account(name));

  describe("on create", () => {
    let preview: Run;
    let state: Awaited<ReturnType<Project["state"]>>;

    beforeAll(async () => {
      await project.program(...FIRST);
      preview = await project.preview("--save-plan", "plan.json");
      emulator.clearRequests();
      await succeeded(project.up("--plan", "plan.json"));
      state = await project.state();
    });

    it("deploy an update plan that a preview saved", () => {
      expect(preview.exitCode).toBe(0);
      for (const name of NAMES) expect(requests(name)).toEqual(["GET", "PUT"]);
    });

    it("additionalSecretOutputs encrypts the output in state, and no message shows the value", () => {
      expect(state.secretOutput?.outputs?.loginDesign).toHaveProperty("ciphertext");
      expect(warningsOf(preview.output, "secretOutput")).not.toContain('"one"');
      // A program with transforms or hooks: the engine may make any value a secret.
      expect(warningsOf(preview.output, "renamed")).toContain("[secret]");
    });

    it("customTimeouts has no effect", () => {
      expect(header("withTimeouts")).toBe("one");
    });

    it("hooks run before and after the request", async () => {
      const file = path.join(project.folder, "index.js.hooks");
      expect((await readFile(file, "utf8")).split("\n")).toEqual([
        "beforeCreate hooked ",
        "afterCreate hooked one",
        "",
      ]);
    });

    it("providers of a parent component gives the resource the credentials of the Provider", () => {
      const { inherited } = state as Record<string, { provider?: string } | undefined>;
      expect(inherited?.provider).toContain("::own::");
    });

    it("transformations add inputs and make secrets, which no message shows", () => {
      expect(liveSettings(emulator, account("transformed"))).toMatchObject({
        name: "By a transformation",
        session_duration: "12h",
      });
      expect(state.transformed?.inputs?.sessionDuration).toHaveProperty("ciphertext");
      expect(preview.output).not.toContain('"12h"');
    });

    it("transforms add inputs and make secrets, which no message of the provider shows", () => {
      expect(liveSettings(emulator, account("transformedByEngine"))).toMatchObject({
        name: "By a transform",
        session_duration: "13h",
      });
      const warning = warningsOf(preview.output, "transformedByEngine");
      expect(warning).toContain("sessionDuration");
      expect(warning).not.toContain('"13h"');
    });

    it("show no change if the program is deployed again", async () => {
      await succeeded(project.up("--expect-no-changes"));
    });
  });

  describe("on update and delete", () => {
    beforeAll(async () => {
      await project.program(...SECOND);
      emulator.clearRequests();
    });

    it("--target updates only the targeted resource", async () => {
      await succeeded(project.up("--target", urn("targeted")));
      expect(header("targeted")).toBe("two");
      expect(emulator.requests.map(({ method }) => method)).toEqual(["GET", "PUT"]);
    });

    it("a hook that throws before the update prevents it, and --exclude skips a resource", async () => {
      emulator.clearRequests();
      const refused = await project.up("--target", urn("blocked"));
      expect(refused.exitCode).not.toBe(0);
      expect(refused.output).toContain("not today");
      await project.up("--exclude", urn("excluded"), "--exclude", urn("blocked"));
      expect(header("blocked")).toBe("one");
      expect(requests("blocked")).toEqual([]);
      expect(header("excluded")).toBe("one");
      expect(requests("excluded")).toEqual([]);
    });

    it("aliases with another name or parent change nothing and send no request", () => {
      for (const name of ["renamed", "reparented"] as const) expect(requests(name)).toEqual([]);
    });

    it("replaceOnChanges writes like a create, before or after the delete, which sends no request", () => {
      for (const name of ["replacedOnChanges", "deletedBeforeReplace"] as const) {
        expect(header(name)).toBe("two");
        expect(requests(name)).toEqual(["GET", "PUT"]);
      }
    });

    it("retainOnDelete, deletedWith and dependsOn leave the live organization unchanged on delete", () => {
      for (const name of ["retained", "anchor", "deletedWithAnchor", "dependent"] as const) {
        expect(header(name)).toBe("one");
        expect(requests(name)).toEqual([]);
      }
    });

    it("--replace and state taint adopt the live organization again without a PUT", async () => {
      await project.program(...THIRD);
      await succeeded(project.up());
      await succeeded(project.pulumi("state", "taint", urn("tainted"), "--yes"));
      emulator.clearRequests();
      const output = await succeeded(project.up("--replace", urn("targeted")));
      expect(output).toContain("+-2 replaced");
      expect(emulator.requests.map(({ method }) => method)).toEqual(["GET", "GET"]);
    });

    it("state rename, state delete and state move send no request", async () => {
      emulator.clearRequests();
      await succeeded(project.pulumi("stack", "init", "other", "--no-select"));
      const rename = ["rename", urn("excluded"), "renamedInState"];
      const remove = ["delete", urn("tainted")];
      const move = ["move", "--source", "test", "--dest", "other", urn("targeted")];
      for (const args of [rename, remove, move])
        await succeeded(project.pulumi("state", ...args, "--yes"));
      expect(emulator.requests).toEqual([]);

      const kept = THIRD.filter((source) => !source.includes("targeted"));
      const renamed = kept.map((source) =>
        source.includes("excluded")
          ? organization("excluded", "two", "{}", "renamedInState")
          : source,
      );
      await project.program(...renamed);
      const output = await succeeded(project.up());
      // Only the resource that was deleted from state is created, which adopts it without a change.
      expect(output).toContain("+ 1 created");
      expect(output).not.toMatch(/updated|replaced|deleted/);
      expect(emulator.requests.map(({ method }) => method)).toEqual(["GET"]);
    });

    it("protect rejects the delete", async () => {
      const destroy = await project.destroy();
      expect(destroy.exitCode).not.toBe(0);
      expect(destroy.output).toContain("protect");
      expect(header("protectedOne")).toBe("one");
    });
  });

  describe("that fail", () => {
    /** Returns the output of a preview that fails with a stack trace of the program's own error. */
    const failure = async (...program: string[]): Promise<string> => {
      await project.program(...program);
      emulator.clearRequests();
      const outcome = await project.preview().catch((error: unknown) => error);
      expect(emulator.requests).toEqual([]);
      return outcome instanceof Error ? outcome.message : (outcome as Run).output;
    };

    it("show the error of a transformation", async () => {
      const options = `{ transformations: [() => { throw new Error("not today"); }] }`;
      expect(await failure(organization("anchor", "one", options))).toContain("not today");
    });

    it("show the error of a transform", async () => {
      const options = `{ transforms: [async () => { throw new Error("not today"); }] }`;
      expect(await failure(organization("anchor", "one", options))).toContain("not today");
    });
  });

  it("Transforms of the stack add inputs, and hide their values in messages of the provider", async () => {
    // The tests' language host is older than the engine and cannot register them, so the process of
    // the tests runs the program, as it does for inline programs of the Automation API.
    await project.program(
      `pulumi.runtime.registerResourceTransform(async ({ props, opts }) => ({
         props: { ...props, sessionDuration: pulumi.secret("14h") },
         opts,
       }));`,
      organization("transformed", "two", "{}", "added"),
    );
    const { output } = await project.preview();
    const warning = warningsOf(output, "added");
    expect(warning).toContain("sessionDuration");
    expect(warning).not.toMatch(/"14h"|"two"/);
  });
});

/** All warnings about a resource: the CLI shows the first line of one also beside its progress. */
function warningsOf(output: string, resource: string): string {
  const warnings = output.split("warning: ").slice(1);
  return warnings.filter((text) => text.startsWith(`${resource}:`)).join("\n");
}
