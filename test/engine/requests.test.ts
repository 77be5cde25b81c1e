import { startEmulator, type Emulator } from "../../emulator/index.js";
import { accountId, organizationPath, requestsTo } from "./accounts.js";
import { outgrown } from "./bounds.js";
import { createProject, organization, succeeded, type Project, type Run } from "./project.js";

jest.setTimeout(120_000);

const EQUAL = accountId(1);
const DIFFERENT = accountId(2);
const NEW = accountId(3);
const NEW_WITH_PAGES = accountId(4);
const ACCOUNTS = [EQUAL, DIFFERENT, NEW, NEW_WITH_PAGES];

/** Every state file contains this line, so it must never change. */
const SOURCE =
  'exports.handler = () => require("pulumi-cloudflare-zero-trust/provider").organization;';

const DIFFERENT_INPUTS = {
  accountId: DIFFERENT,
  sessionDuration: "12h",
  loginDesign: { headerText: "Widget Corp" },
};

/** The program of this file, with the setting that it changes. */
function program(sessionDuration: string): string[] {
  return [
    organization("equal", { accountId: EQUAL, sessionDuration }),
    organization("different", { ...DIFFERENT_INPUTS, sessionDuration }),
    organization("new", {
      accountId: NEW,
      name: "Widget Corp",
      authDomain: "new.cloudflareaccess.com",
      sessionDuration: "12h",
    }),
    organization("newWithPages", {
      accountId: NEW_WITH_PAGES,
      name: "Widget Corp",
      authDomain: "pages.cloudflareaccess.com",
      customPages: { forbidden: "699d98642c564d2e855e9661899b7252" },
    }),
    ...NO_OP,
  ];
}

/** A dynamic resource of the SDK whose methods do nothing, with the inputs of "different". */
const NO_OP = [
  `const methods = {`,
  `  check: async (olds, news) => ({ inputs: news }),`,
  `  diff: async () => ({ changes: false }),`,
  `  create: async (inputs) => ({ id: "no-op", outs: inputs }),`,
  `  read: async (id, props) => ({ id, props }),`,
  `  update: async (id, olds, news) => ({ outs: news }),`,
  `  delete: async () => {},`,
  `};`,
  `class NoOp extends pulumi.dynamic.Resource {`,
  `  constructor(name, args) {`,
  `    super(methods, name, args, {}, "zerotrust", "Organization");`,
  `  }`,
  `}`,
  `new NoOp("noOp", ${JSON.stringify(DIFFERENT_INPUTS)});`,
];

describe("A stack", () => {
  let emulator: Emulator;
  let project: Project;

  beforeAll(async () => {
    emulator = await startEmulator();
    emulator.seed("accounts", EQUAL, { session_duration: "12h" });
    emulator.seed("accounts", DIFFERENT, { session_duration: "24h" });
    project = await createProject(emulator);
    await project.program(...program("12h"));
  });

  /** Runs a command, and returns the methods of the requests for each organization. There must be no others. */
  async function requestsDuring(run: () => Promise<Run>): Promise<string[]> {
    emulator.clearRequests();
    await succeeded(run());
    const paths = ACCOUNTS.map(organizationPath);
    expect(emulator.requests.filter(({ path }) => !paths.includes(path))).toEqual([]);
    return ACCOUNTS.map((account) => requestsTo(emulator, account).join(" "));
  }

  it("sends one GET for each resource in its first preview, and then a GET, and a PUT or POST if the live organization differs", async () => {
    expect(await requestsDuring(() => project.pulumi("up", "--yes"))).toEqual([
      "GET GET",
      "GET GET PUT",
      "GET GET POST",
      "GET GET POST PUT",
    ]);
  });

  it("records a resource as the SDK records a dynamic one, but with a constant line that loads the code, and so in less state", async () => {
    const { different, noOp } = await project.state();
    expect(different?.type).toBe(noOp?.type);
    expect(Object.keys(different?.inputs ?? {})).toEqual(Object.keys(noOp?.inputs ?? {}));
    expect(noOp?.inputs?.__provider).toMatch(/^exports\.handler = /);
    expect(different?.inputs).toEqual({ ...DIFFERENT_INPUTS, __provider: SOURCE });
    expect(different?.outputs?.__provider).toBe(SOURCE);
    // The line of the program, which the SDK takes from a stack trace.
    expect(different?.sourcePosition).toMatch(/^project:\/\/\/index\.js#[1-9]\d*,[1-9]\d*$/);
    const bytes = (resource: unknown) => Buffer.byteLength(JSON.stringify(resource));
    const ratio = bytes(different) / bytes(noOp);
    expect(
      outgrown([{ what: "state, relative to a no-op resource's", is: ratio, atMost: 0.4 }]),
    ).toEqual([]);
  });

  it("sends no request in the preview of an update, and then a GET, and a PUT if the live organization differs", async () => {
    await project.program(...program("24h"));
    emulator.edit("accounts", EQUAL, { session_duration: "24h" });
    const update = () => project.pulumi("up", "--yes");
    expect(await requestsDuring(update)).toEqual(["GET", "GET PUT", "", ""]);
  });
});
