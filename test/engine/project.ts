import { createHash } from "node:crypto";
import {
  cp,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  realpath,
  rm,
  stat,
  symlink,
  writeFile,
} from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import execa from "execa";
import { EMULATOR_TOKEN, type Emulator } from "../../emulator/index.js";
import { takeProgramHost } from "./program-host.js";
import { findOrInstallEngine, offlineEnvironment } from "../../tools/engine/index.js";

const REPOSITORY = path.resolve(__dirname, "../..");
const PROJECT = "zero-trust-test";
const STACK = "test";

/** What a run of the real CLI gave. */
export interface Run {
  readonly exitCode: number;
  /** Standard output and standard error, as they came. */
  readonly output: string;
}

/** The output of a run that has to go well. */
export async function succeeded(run: Promise<Run>): Promise<string> {
  const { exitCode, output } = await run;
  if (exitCode !== 0) throw new Error(`pulumi exited ${exitCode}:\n${output}`);
  return output;
}

/** The last state that Pulumi keeps of one resource. */
export interface StateResource {
  readonly urn: string;
  readonly type: string;
  readonly id?: string;
  readonly inputs?: Record<string, unknown>;
  readonly outputs?: Record<string, unknown>;
  readonly initErrors?: string[];
  readonly sourcePosition?: string;
}

/** A Pulumi project of its own in a temporary folder, with one stack on a file backend. */
export interface Project {
  readonly folder: string;
  /** What the CLI sees from the next run on; undefined takes a variable away. */
  readonly environment: Record<string, string | undefined>;
  /** The arguments of a run of the CLI, with what says who runs the program: that is ready for it now. */
  commandLine(args: readonly string[]): Promise<string[]>;
  /** Replaces the program. `zerotrust` and `pulumi` are at hand in it. */
  program(...sources: readonly string[]): Promise<void>;
  /**
   * Runs the CLI; never throws for an exit code.
   *
   * @throws Error where the output holds a stack trace or the credential: no run may ever show one.
   */
  pulumi(...args: string[]): Promise<Run>;
  up(...args: string[]): Promise<Run>;
  preview(...args: string[]): Promise<Run>;
  /** The drift check: a refresh that changes nothing and exits 7 on drift. */
  drift(...args: string[]): Promise<Run>;
  destroy(...args: string[]): Promise<Run>;
  /** The resources in state by name, without the stack and the providers. */
  state(): Promise<Record<string, StateResource>>;
  /** What the program exports, as state keeps it. */
  outputs(): Promise<Record<string, unknown>>;
  /** The state file as text. */
  rawState(): Promise<string>;
  remove(): Promise<void>;
}

export interface ProjectOptions {
  /**
   * Whether the language host runs the program, in a process for each run, and what it prints is
   * part of the output. Without it a process of this file's tests does, in half the time.
   */
  readonly ownProcess?: boolean;
  /** One of the examples, to be copied as someone would take it for a start; else an empty project. */
  readonly example?: string;
  /** How long one run may take; two minutes unless told otherwise. */
  readonly timeoutMs?: number;
}

export async function createProject(
  emulator: Pick<Emulator, "baseUrl">,
  options: ProjectOptions = {},
): Promise<Project> {
  // Its real path: by that the CLI knows the project, also where the folder of temporary files is a link.
  const place = await realpath(await mkdtemp(path.join(tmpdir(), "zero-trust-project-")));
  const folder = path.join(place, "project");
  const engine = await findOrInstallEngine();
  const environment: Project["environment"] = {
    ...offlineEnvironment(engine, path.join(folder, ".home")),
    CLOUDFLARE_API_TOKEN: EMULATOR_TOKEN,
    CLOUDFLARE_BASE_URL: emulator.baseUrl,
    NO_COLOR: "1",
    // A tenth of the CLI's processor time goes into garbage, with memory to spare.
    GOGC: "off",
    GOMEMLIMIT: "400MiB",
    // Each Node process would read all of them at its start; these tests stay on loopback.
    NODE_EXTRA_CA_CERTS: undefined,
    // Types are checked elsewhere, once; here each run would check them again.
    PULUMI_NODEJS_TRANSPILE_ONLY: "true",
  };

  const host =
    options.ownProcess === true || options.example !== undefined
      ? undefined
      : await takeProgramHost();
  const client = host === undefined ? [] : [`--client=${host.address}`];

  const commandLine = async (args: readonly string[]): Promise<string[]> => {
    const hosted = runsProgram(args) ? client : [];
    if (hosted.length > 0) await host?.prepare(environment);
    return [...args, ...hosted, "--non-interactive"];
  };
  const pulumi = async (...args: string[]): Promise<Run> => {
    const { exitCode, all = "" } = await execa("pulumi", await commandLine(args), {
      cwd: folder,
      env: environment,
      extendEnv: false,
      all: true,
      reject: false,
      timeout: options.timeoutMs ?? 120_000,
    });
    if (STACK_TRACE.test(all) || all.includes(EMULATOR_TOKEN))
      throw new Error(`pulumi ${args.join(" ")} shows a stack trace or the credential:\n${all}`);
    return { exitCode, output: all };
  };
  const rawState = () => succeeded(pulumi("stack", "export"));
  const resources = async (): Promise<StateResource[]> => {
    // As the backend keeps it: to have the CLI export it takes many times as long.
    const stacks = path.join(folder, ".home/state/.pulumi/stacks");
    const [name = ""] = await readdir(stacks);
    const state = await readFile(path.join(stacks, name, `${STACK}.json`), "utf8");
    const { checkpoint } = JSON.parse(state) as {
      checkpoint: { latest?: { resources?: StateResource[] } };
    };
    return checkpoint.latest?.resources ?? [];
  };

  const project: Project = {
    folder,
    environment,
    commandLine,
    program: (...sources) => writeFile(path.join(folder, "index.js"), programOf(sources)),
    pulumi,
    rawState,
    up: (...args) => pulumi("up", "--yes", "--skip-preview", ...args),
    preview: (...args) => pulumi("preview", ...args),
    drift: (...args) =>
      pulumi("refresh", "--preview-only", "--expect-no-changes", "--diff", ...args),
    destroy: (...args) => pulumi("destroy", "--yes", "--skip-preview", ...args),
    async outputs() {
      const stack = (await resources()).find(({ type }) => type === "pulumi:pulumi:Stack");
      return stack?.outputs ?? {};
    },
    async state() {
      return Object.fromEntries(
        (await resources())
          .filter(({ type }) => !type.startsWith("pulumi:"))
          .map((resource) => [resource.urn.split("::").at(-1) ?? "", resource]),
      );
    },
    async remove() {
      host?.release();
      await rm(place, { recursive: true, force: true });
    },
  };

  await mkdir(path.join(folder, ".home"), { recursive: true });
  if (options.example === undefined) {
    await writeFile(path.join(folder, "Pulumi.yaml"), PROJECT_FILE);
    await writeFile(path.join(folder, "package.json"), JSON.stringify({ private: true }));
    await project.program();
  } else {
    const left = /node_modules|\.fleet|Pulumi\..+\.yaml$/; // what a run of one leaves behind
    const filter = (file: string) => !left.test(path.relative(REPOSITORY, file));
    await cp(path.join(REPOSITORY, "examples", options.example), folder, {
      recursive: true,
      filter,
    });
  }
  // Above the project: in it, the language host would search all of them for plugins in each run.
  await symlink(path.join(REPOSITORY, "node_modules"), path.join(place, "node_modules"));
  const init = () => succeeded(pulumi("stack", "init", STACK));
  if (options.example === undefined) await initialize(folder, init);
  else await init();
  return project;
}

/** What `stack init` writes into an empty project: the same for each, so that it is run once. */
let initial: Promise<ReadonlyMap<string, Buffer>> | undefined;

async function initialize(folder: string, init: () => Promise<unknown>): Promise<void> {
  if (initial === undefined) {
    initial = init().then(() => filesIn(folder, [".home/state", `Pulumi.${STACK}.yaml`]));
    await initial;
    return;
  }
  for (const [file, content] of [...(await initial), selection(folder)]) {
    await mkdir(path.dirname(path.join(folder, file)), { recursive: true });
    await writeFile(path.join(folder, file), content);
  }
}

/** The file in which the CLI remembers the selected stack of a project. */
function selection(folder: string): readonly [string, string] {
  const hash = createHash("sha1").update(path.join(folder, "Pulumi.yaml")).digest("hex");
  const stacks = { [`file://${folder}/.home/state`]: `organization/${PROJECT}/${STACK}` };
  return [`.home/workspaces/${PROJECT}-${hash}-workspace.json`, JSON.stringify({ stacks })];
}

/** Files by their path below a folder. */
async function filesIn(folder: string, parts: readonly string[]): Promise<Map<string, Buffer>> {
  const files = new Map<string, Buffer>();
  for (const part of parts) {
    const place = path.join(folder, part);
    if ((await stat(place)).isDirectory()) {
      const inside = (await readdir(place)).map((name) => path.join(part, name));
      for (const [file, content] of await filesIn(folder, inside)) files.set(file, content);
    } else files.set(part, await readFile(place));
  }
  return files;
}

function runsProgram(args: readonly string[]): boolean {
  return ["up", "preview"].includes(args[0] ?? "") || args.includes("--run-program");
}

export const STACK_TRACE = /\s+at .+:\d+:\d+\)?$/m;

// Without TypeScript a language host that heeds this starts a second earlier; the quickstart covers TypeScript.
const PROJECT_FILE = `name: ${PROJECT}
runtime:
  name: nodejs
  options:
    typescript: false
`;

function programOf(sources: readonly string[]): string {
  return [
    `const pulumi = require("@pulumi/pulumi");`,
    `const zerotrust = require("pulumi-cloudflare-zero-trust");`,
    ...sources,
    "",
  ].join("\n");
}

/** The source of one organization resource. */
export function organization(name: string, args: object): string {
  return `new zerotrust.Organization(${JSON.stringify(name)}, ${JSON.stringify(args)});`;
}
