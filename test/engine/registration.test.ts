import { mkdir, realpath, symlink, writeFile } from "node:fs/promises";
import path from "node:path";
import execa from "execa";
import { temporaryFolder } from "../cli/run-command.js";
import { accountId } from "./accounts.js";

jest.setTimeout(120_000);

/** Every state file contains this line, so it must never change. */
const SOURCE =
  'exports.handler = () => require("pulumi-cloudflare-zero-trust/provider").organization;';

const REPOSITORY = path.resolve(__dirname, "../..");

/** Runs a script in the directory of a program, and returns the JSON that it prints. */
async function fromScript(script: string, cwd = REPOSITORY): Promise<unknown> {
  const { stdout } = await execa("node", ["--eval", script], { cwd });
  return JSON.parse(stdout) as unknown;
}

describe("The registration of an organization", () => {
  interface Registration {
    readonly type: string;
    readonly inputs: Record<string, unknown>;
  }

  let ours: Registration;
  let theirs: Registration;

  beforeAll(async () => {
    [ours, theirs] = (await fromScript(`
      const pulumi = require("@pulumi/pulumi");
      const zerotrust = require("pulumi-cloudflare-zero-trust");
      const registered = [];
      pulumi.runtime.setMocks({
        newResource({ type, inputs }) {
          registered.push({ type, inputs });
          return { id: "id", state: inputs };
        },
        call: () => ({}),
      });
      const args = { accountId: "${accountId(1)}", sessionDuration: "12h" };
      class TheirOwn extends pulumi.dynamic.Resource {
        constructor(name, args) {
          super({ create: async (inputs) => ({ id: "id", outs: inputs }) }, name, args, {}, "zerotrust", "Organization");
        }
      }
      const urns = async () => {
        await new Promise((done) => new zerotrust.Organization("ours", args).urn.apply(done));
        await new Promise((done) => new TheirOwn("theirs", args).urn.apply(done));
        console.log(JSON.stringify(registered));
      };
      urns();
    `)) as [Registration, Registration];
  });

  it("has the type token of a pulumi.dynamic.Resource of this module and type", () => {
    expect(ours.type).toBe("pulumi-nodejs:dynamic/zerotrust:Organization");
    expect(ours.type).toBe(theirs.type);
  });

  it("has its code under the key and in the form of pulumi.dynamic.Resource", () => {
    // Only this package has hidden inputs, which check strips.
    const keys = Object.keys(ours.inputs).filter(
      (key) => !["__resource", "__registration"].includes(key),
    );
    expect(keys.sort()).toEqual(Object.keys(theirs.inputs).sort());
    expect(theirs.inputs.__provider).toMatch(/^exports\.handler = /);
    expect(ours.inputs.__provider).toBe(SOURCE);
  });
});

describe("A project that only depends on the package through a library", () => {
  it("fails in the constructor, which names the package.json to change", async () => {
    const { folder: root, remove } = await temporaryFolder();
    const folder = path.join(await realpath(root), "project");
    // The layout of pnpm: only the library finds the package.
    const modules = path.join(folder, "node_modules");
    const library = path.join(folder, "../library");
    for (const directory of [modules, path.join(library, "node_modules")]) {
      await mkdir(directory, { recursive: true });
      await symlink(path.join(REPOSITORY, "node_modules/@pulumi"), path.join(directory, "@pulumi"));
    }
    await symlink(REPOSITORY, path.join(library, "node_modules/pulumi-cloudflare-zero-trust"));
    await writeFile(
      path.join(library, "index.js"),
      `module.exports = require("pulumi-cloudflare-zero-trust");`,
    );
    await symlink(library, path.join(modules, "library"));
    await writeFile(path.join(folder, "package.json"), "{}");

    const message = await fromScript(
      `// The SDK's script that runs programs, which the constructor recognizes.
       process.argv[1] = require.resolve("@pulumi/pulumi/cmd/run");
       require("@pulumi/pulumi").runtime.setMocks({ newResource: ({ inputs }) => ({ id: "id", state: inputs }), call: () => ({}) });
       const { Organization } = require("library");
       try {
         new Organization("organization", { accountId: "${accountId(1)}" });
       } catch (error) {
         console.log(JSON.stringify(error.message));
       }`,
      folder,
    );
    await remove();
    expect(String(message).replaceAll(folder, "/home/project")).toContain(
      'Organization "organization": the engine cannot load "pulumi-cloudflare-zero-trust/provider" from /home/project. Add "pulumi-cloudflare-zero-trust" to the dependencies in /home/project/package.json, install them, and run again.',
    );
  });
});
