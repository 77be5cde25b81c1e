import { cp, mkdir, mkdtemp, realpath, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import execa from "execa";
import { EMULATOR_TOKEN, type Emulator } from "../../emulator/index.js";
import { startProgramHost } from "./program-host.js";
import { initializeStack, PROJECT, readDeployment, STACK } from "./stack-files.js";
import { findOrInstallEngine, offlineEnvironment } from "../../tools/engine/index.js";

const REPOSITORY = path.resolve(__dirname, "../..");

/** The result of a CLI command. */
export interface Run {
  readonly exitCode: number;
  /** Standard output and standard error, as they were written. */
  readonly output: string;
}

/** Returns the output of a command. Throws if the command fails. */
export async function succeeded(run: Promise<Run>): Promise<string> {
  const { exitCode, output } = await run;
  if (exitCode !== 0) throw new Error(`pulumi exited ${exitCode}:\n${output}`);
  return output;
}

/** The last recorded state of one resource. */
export interface StateResource {
  readonly urn: string;
  readonly type: string;
  readonly id?: string;
  readonly inputs?: Record<string, unknown>;
  readonly outputs?: Record<string, unknown>;
  readonly initErrors?: string[];
  readonly provider?: string;
  readonly sourcePosition?: string;
}

/** A Pulumi project in a temporary folder, with one stack in a file backend. */
export interface Project {
  readonly folder: string;
  /** The environment of the next command; undefined removes a variable. */
  readonly environment: Record<string, string | undefined>;
  /** Completes the arguments of a CLI command, and prepares the process that runs the program. */
  commandLine(args: readonly string[]): Promise<string[]>;
  /** Replaces the program, in which `zerotrust` and `pulumi` are defined. */
  program(...sources: readonly string[]): Promise<void>;
  /**
   * Runs the CLI. Does not throw for any exit code.
   *
   * @throws Error if the output contains a stack trace or the credential, because no command may show one.
   */
  pulumi(...args: string[]): Promise<Run>;
  up(...args: string[]): Promise<Run>;
  preview(...args: string[]): Promise<Run>;
  /** The drift check: a refresh preview, which exits with 7 if there is drift. */
  drift(...args: string[]): Promise<Run>;
  destroy(...args: string[]): Promise<Run>;
  /** The resources in state by name, without the stack and the providers. */
  state(): Promise<Record<string, StateResource>>;
  /** The recorded exports of the program. */
  outputs(): Promise<Record<string, unknown>>;
  /** The state as JSON text, in the format of `pulumi stack export`. */
  rawState(): Promise<string>;
}

export interface ProjectOptions {
  /**
   * Whether the language host runs the program in a separate process for each command, and the program's
   * output is part of the command's output. The default is one process for all commands of the project,
   * which takes half of the time.
   */
  readonly ownProcess?: boolean;
  /** The example to copy. The default is an empty project. */
  readonly example?: string;
  /** The time limit of one command. The default is two minutes. */
  readonly timeoutMs?: number;
}

/** Ends what the projects of this process use. */
const ends: (() => unknown)[] = [];

/** Removes all projects, and closes their emulators. Jest calls it after the last test of each file. */
export async function endProjects(): Promise<void> {
  await Promise.all(ends.splice(0).map((end) => end()));
}

export async function createProject(
  emulator: Pick<Emulator, "baseUrl" | "close">,
  options: ProjectOptions = {},
): Promise<Project> {
  ends.push(() => emulator.close());
  // The CLI identifies the project by its real path, and the folder of temporary files may be a link.
  const parent = await realpath(await mkdtemp(path.join(tmpdir(), "zero-trust-project-")));
  ends.push(() => rm(parent, { recursive: true, force: true }));
  const folder = path.join(parent, "project");
  const engine = await findOrInstallEngine();
  const environment: Project["environment"] = {
    ...offlineEnvironment(engine, path.join(folder, ".home")),
    CLOUDFLARE_API_TOKEN: EMULATOR_TOKEN,
    CLOUDFLARE_BASE_URL: emulator.baseUrl,
    NO_COLOR: "1",
    // Garbage collection takes a tenth of the CLI's CPU time, and there is memory to spare.
    GOGC: "off",
    GOMEMLIMIT: "400MiB",
    // Every Node process would read these certificates when it starts. The tests stay on loopback.
    NODE_EXTRA_CA_CERTS: undefined,
    // Other tests check the types once. Here, each command would check them again.
    PULUMI_NODEJS_TRANSPILE_ONLY: "true",
  };

  const host =
    options.ownProcess === true || options.example !== undefined
      ? undefined
      : await startProgramHost();
  if (host !== undefined) ends.push(() => host.stop());
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
  const resources = async (): Promise<readonly StateResource[]> => {
    const { resources: recorded = [] } = await readDeployment(folder);
    return recorded as readonly StateResource[];
  };

  const project: Project = {
    folder,
    environment,
    commandLine,
    program: (...sources) => writeFile(path.join(folder, "index.js"), programOf(sources)),
    pulumi,
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
    async rawState() {
      return JSON.stringify({ version: 3, deployment: await readDeployment(folder) });
    },
  };

  await mkdir(path.join(folder, ".home"), { recursive: true });
  if (options.example === undefined) {
    await writeFile(path.join(folder, "Pulumi.yaml"), PROJECT_FILE);
    await writeFile(path.join(folder, "package.json"), JSON.stringify({ private: true }));
    await project.program();
  } else {
    const created = /node_modules|\.fleet|Pulumi\..+\.yaml$/; // by commands that someone ran in the example
    const filter = (file: string) => !created.test(path.relative(REPOSITORY, file));
    await cp(path.join(REPOSITORY, "examples", options.example), folder, {
      recursive: true,
      filter,
    });
  }
  // Above the project: inside it, the language host would search every package for plugins in each command.
  await symlink(path.join(REPOSITORY, "node_modules"), path.join(parent, "node_modules"));
  await initializeStack(folder, () => succeeded(pulumi("stack", "init", STACK)));
  return project;
}

function runsProgram(args: readonly string[]): boolean {
  return ["up", "preview"].includes(args[0] ?? "") || args.includes("--run-program");
}

export const STACK_TRACE = /\s+at .+:\d+:\d+\)?$/m;

// A language host that respects this option starts a second earlier without TypeScript, which the quickstart covers.
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
