import path from "node:path";
import execa from "execa";
import { startEmulator, type Emulator } from "../../emulator/index.js";
import { accountId } from "./accounts.js";
import { createProject, organization, succeeded } from "./project.js";

jest.setTimeout(120_000);

/** Every state file holds this line: it must never change. */
const SOURCE =
  'exports.handler = () => require("pulumi-cloudflare-zero-trust/provider").organization;';

const REPOSITORY = path.resolve(__dirname, "../..");

/** Runs a script where a program would run, and reads the JSON that it prints. */
async function fromScript(script: string): Promise<unknown> {
  const { stdout } = await execa("node", ["--eval", script], { cwd: REPOSITORY });
  return JSON.parse(stdout) as unknown;
}

it("refuses the option import, and says that none is needed", async () => {
  const message = await fromScript(`
    const { Organization } = require("pulumi-cloudflare-zero-trust");
    try {
      new Organization("imported", {}, { import: "accounts/${accountId(1)}" });
    } catch (error) {
      console.log(JSON.stringify(error.message));
    }
  `);
  expect(message).toMatchInlineSnapshot(
    `"Organization: the option \`import\` cannot work for dynamic providers. Leave it out: what is live is adopted when the resource is created. \`npx pulumi-cloudflare-zero-trust import\` writes the program for it."`,
  );
});

describe("what is registered with the engine", () => {
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

  it("has the token that pulumi.dynamic.Resource gives a resource of this module and type", () => {
    expect(ours.type).toBe("pulumi-nodejs:dynamic/zerotrust:Organization");
    expect(ours.type).toBe(theirs.type);
  });

  it("has the code under the key that pulumi.dynamic.Resource uses, in the same form", () => {
    // What is for check alone, which leaves it out, is ours alone.
    const keys = Object.keys(ours.inputs).filter(
      (key) => !["__resource", "__registration"].includes(key),
    );
    expect(keys.sort()).toEqual(Object.keys(theirs.inputs).sort());
    expect(theirs.inputs.__provider).toMatch(/^exports\.handler = /);
    expect(ours.inputs.__provider).toBe(SOURCE);
  });
});

describe("a program", () => {
  it("loads neither axios nor zod", async () => {
    const loaded = (await fromScript(`
      require("pulumi-cloudflare-zero-trust");
      console.log(JSON.stringify(Object.keys(require.cache)));
    `)) as string[];
    expect(loaded).toContain(path.join(REPOSITORY, "dist/provider/index.js"));
    expect(loaded.filter((file) => /node_modules\/(?:axios|zod)\//.test(file))).toEqual([]);
  });
});

describe("state", () => {
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
      // As the backend keeps it; the CLI exports it with white space besides.
      const text = JSON.stringify(JSON.parse(await project.rawState()));
      return { resource, bytes: Buffer.byteLength(text) };
    } finally {
      await project.remove();
    }
  }

  it("holds the constant line that finds the code, and is under 60 % of a no-op dynamic resource's", async () => {
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
    // Where the program made it, which the SDK takes from a stack trace.
    expect(ours.resource?.sourcePosition).toMatch(/^project:\/\/\/index\.js#[1-9]\d*,[1-9]\d*$/);
    expect(ours.bytes).toBeLessThan(0.6 * noOp.bytes);
  });
});
