import path from "node:path";
import { readFile } from "node:fs/promises";
import { startEmulator, type Emulator } from "../../emulator/index.js";
import { liveSettings, requestsTo } from "./accounts.js";
import { createProject, succeeded, type Project, type Run } from "./project.js";
import { account, FIRST, NAMES, SECOND, THIRD, type Name } from "./resource-options-programs.js";

jest.setTimeout(300_000);

const URN = "urn:pulumi:test::zero-trust-test::";
const TYPE = "pulumi-nodejs:dynamic/zerotrust:Organization";
const urn = (name: string) => `${URN}${TYPE}::${name}`;

describe("Resource options", () => {
  let emulator: Emulator;
  let project: Project;

  beforeAll(async () => {
    emulator = await startEmulator();
    for (const name of NAMES)
      emulator.seed("accounts", account(name), { login_design: { header_text: "live" } });
    project = await createProject(emulator);
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
      for (const name of NAMES)
        expect(requests(name)).toEqual(name === "byHand" ? [] : ["GET", "PUT"]);
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
      expect(state.inherited?.provider).toContain("::own::");
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

    it("transforms of the stack add inputs and make secrets, which no message of the provider shows", () => {
      expect(liveSettings(emulator, account("transformedByStack"))).toMatchObject({
        session_duration: "14h",
      });
      const warning = warningsOf(preview.output, "transformedByStack");
      expect(warning).toContain("sessionDuration");
      expect(warning).not.toMatch(/"14h"|"one"/);
    });
  });

  describe("on update and delete", () => {
    beforeAll(async () => {
      for (const name of ["ignoredItem", "ignoredAll"] as const)
        emulator.edit("accounts", account(name), {
          mfa_config: { allowed_authenticators: ["security_key"] },
        });
      await project.program(...SECOND);
      emulator.clearRequests();
    });

    it("--target updates only the targeted resources, except one whose hook throws before the update", async () => {
      const targets = [urn("targeted"), urn("blocked")].flatMap((one) => ["--target", one]);
      const run = await project.up(...targets);
      expect(run.exitCode).not.toBe(0);
      expect(run.output).toContain("not today");
      expect(header("targeted")).toBe("two");
      expect(requests("targeted")).toEqual(["GET", "PUT"]);
      expect(emulator.requests).toHaveLength(2);
      expect(header("blocked")).toBe("one");
    });

    it("--exclude skips a resource", async () => {
      emulator.clearRequests();
      await succeeded(project.up("--exclude", urn("excluded"), "--exclude", urn("blocked")));
      for (const name of ["excluded", "blocked"] as const) {
        expect(header(name)).toBe("one");
        expect(requests(name)).toEqual([]);
      }
    });

    it("aliases with another name or parent change nothing and send no request", () => {
      for (const name of ["renamed", "reparented"] as const) expect(requests(name)).toEqual([]);
    });

    it("aliases with the type of a dynamic resource that a program wrote by hand replace its code by a GET", async () => {
      expect(requests("byHand")).toEqual(["GET"]);
      const { byHand } = await project.state();
      expect(byHand?.type).toBe(TYPE);
      expect(byHand?.inputs?.__provider).toMatch("pulumi-cloudflare-zero-trust/provider");
    });

    it.each<[string, Name, string]>([
      ["of an item of a list keeps the live list, and writes the others", "ignoredItem", "12h"],
      ['of "*" writes nothing', "ignoredAll", "24h"],
    ])("ignoreChanges %s", (_, name, duration) => {
      expect(liveSettings(emulator, account(name))).toMatchObject({
        session_duration: duration,
        mfa_config: { allowed_authenticators: ["security_key"] },
      });
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

    it("state taint, state rename, state delete and state move send no request, and then up --replace adopts again without a PUT", async () => {
      await project.program(...THIRD);
      await succeeded(project.pulumi("stack", "init", "other", "--no-select"));
      emulator.clearRequests();
      for (const args of [
        ["taint", urn("tainted")],
        ["rename", urn("replacedOnChanges"), "renamedInState"],
        ["delete", urn("deletedBeforeReplace")],
        ["move", "--source", "test", "--dest", "other", urn("blocked")],
      ])
        await succeeded(project.pulumi("state", ...args, "--yes"));
      expect(emulator.requests).toEqual([]);

      const output = await succeeded(project.up("--replace", urn("targeted")));
      expect(output).toContain("+-2 replaced");
      expect(output).toContain("+ 1 created"); // the one that was deleted from state
      expect(output).toContain("~ 1 updated"); // the one that was excluded before
      expect(output).not.toMatch(/- \d+ deleted/);
      for (const name of ["tainted", "targeted", "deletedBeforeReplace"] as const)
        expect(requests(name)).toEqual(["GET"]);
      expect(requests("excluded")).toEqual(["GET", "PUT"]);
      expect(emulator.requests).toHaveLength(5);
    });

    it("protect rejects the delete", async () => {
      const destroy = await project.destroy();
      expect(destroy.exitCode).not.toBe(0);
      expect(destroy.output).toContain("protect");
      expect(header("protectedOne")).toBe("one");
    });
  });
});

/** Returns all warnings about a resource. The CLI shows the first line of one also beside its progress. */
function warningsOf(output: string, resource: string): string {
  const warnings = output.split("warning: ").slice(1);
  return warnings.filter((text) => text.startsWith(`${resource}:`)).join("\n");
}
