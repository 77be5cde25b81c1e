import { mkdir, rm, symlink, writeFile } from "node:fs/promises";
import path from "node:path";
import execa from "execa";
import { startEmulator, type Emulator } from "../../emulator/index.js";
import { accountId } from "./accounts.js";
import { createProject, organization, succeeded, type Run } from "./project.js";

jest.setTimeout(120_000);

/** Every state file contains this line, so it must never change. */
const SOURCE =
  'exports.handler = () => require("pulumi-cloudflare-zero-trust/provider").organization;';

const REPOSITORY = path.resolve(__dirname, "../..");

/** Runs a script in the directory of a program, and returns the JSON that it prints. */
async function fromScript(script: string): Promise<unknown> {
  const { stdout } = await execa("node", ["--eval", script], { cwd: REPOSITORY });
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

describe("A program that imports the package", () => {
  it("loads neither axios nor zod", async () => {
    const loaded = (await fromScript(`
      require("pulumi-cloudflare-zero-trust");
      console.log(JSON.stringify(Object.keys(require.cache)));
    `)) as string[];
    expect(loaded).toContain(path.join(REPOSITORY, "dist/provider/index.js"));
    expect(loaded.filter((file) => /node_modules\/(?:axios|zod)\//.test(file))).toEqual([]);
  });
});

describe("The state of an organization", () => {
  const ARGS = {
    accountId: accountId(1),
    name: "Widget Corp",
    sessionDuration: "12h",
    loginDesign: { backgroundColor: "#112233", headerText: "Widget Corp" },
    denyUnmatchedRequests: true,
  };

  let emulator: Emulator;

  beforeAll(async () => {
    emulator = await startEmulator();
    emulator.seed("accounts", ARGS.accountId);
  });

  afterAll(() => emulator.close());

  async function stateOf(...program: readonly string[]) {
    const project = await createProject(emulator);
    try {
      await project.program(...program);
      await succeeded(project.up());
      const { organization: resource } = await project.state();
      // The CLI exports it with white space, which the backend does not store.
      const text = JSON.stringify(JSON.parse(await project.rawState()));
      return { resource, bytes: Buffer.byteLength(text) };
    } finally {
      await project.remove();
    }
  }

  it("contains the constant line that loads the code, and is under 60 % of the size of a no-op dynamic resource", async () => {
    const [ours, noOp] = await Promise.all([
      stateOf(organization("organization", ARGS)),
      stateOf(
        `const methods = {`,
        `  check: async (olds, news) => ({ inputs: news }),`,
        `  diff: async () => ({ changes: false }),`,
        `  create: async (inputs) => ({ id: "no-op", outs: inputs }),`,
        `  read: async (id, props) => ({ id, props }),`,
        `  update: async (id, olds, news) => ({ outs: news }),`,
        `  delete: async () => {},`,
        `};`,
        `class Organization extends pulumi.dynamic.Resource {`,
        `  constructor(name, args) {`,
        `    super(methods, name, args, {}, "zerotrust", "Organization");`,
        `  }`,
        `}`,
        `new Organization("organization", ${JSON.stringify(ARGS)});`,
      ),
    ]);

    expect(ours.resource?.inputs).toEqual({ ...ARGS, __provider: SOURCE });
    expect(ours.resource?.outputs?.__provider).toBe(SOURCE);
    // The line of the program, which the SDK takes from a stack trace.
    expect(ours.resource?.sourcePosition).toMatch(/^project:\/\/\/index\.js#[1-9]\d*,[1-9]\d*$/);
    expect(ours.bytes).toBeLessThan(0.6 * noOp.bytes);
  });
});

describe("A project that only depends on the package through a library", () => {
  let folder: string;
  let run: Run;

  beforeAll(async () => {
    const project = await createProject(
      { baseUrl: "http://127.0.0.1:9/client/v4" },
      { ownProcess: true },
    );
    folder = project.folder;
    // The layout of pnpm: only the library finds the package.
    const modules = path.join(folder, "../node_modules");
    const library = path.join(folder, "../library");
    await rm(modules);
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
    await writeFile(
      path.join(folder, "index.js"),
      `const { Organization } = require("library");
       try {
         new Organization("organization", { accountId: "${accountId(1)}" });
       } catch (error) {
         console.log(error.message);
       }`,
    );
    run = await project.preview();
    await project.remove();
  });

  it("fails in the constructor, which names the package.json to change", () => {
    expect(run.output.replaceAll(folder, "/home/project")).toContain(
      'Organization "organization": the engine cannot load "pulumi-cloudflare-zero-trust/provider" from /home/project. Add "pulumi-cloudflare-zero-trust" to the dependencies in /home/project/package.json, install them, and run again.',
    );
  });
});
