import { mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import execa from "execa";
import { EMULATOR_TOKEN, type Emulator } from "../../emulator/index.js";
import { findOrMakeEngine, offlineEnvironment } from "../../tools/engine/index.js";

const REPOSITORY = path.resolve(__dirname, "../..");

/** What a run of the real CLI gave. */
export interface Run {
  readonly exitCode: number;
  /** Standard output and standard error, as they came. */
  readonly output: string;
}

/** The last state that Pulumi keeps of one resource. */
export interface StateResource {
  readonly urn: string;
  readonly type: string;
  readonly id?: string;
  readonly inputs?: Record<string, unknown>;
  readonly outputs?: Record<string, unknown>;
  readonly initErrors?: string[];
}

/** A Pulumi project of its own in a temporary folder, with one stack on a file backend. */
export interface Project {
  readonly folder: string;
  /** Replaces the program. `zerotrust` and `pulumi` are at hand in it. */
  program(source: string): Promise<void>;
  /** Runs the CLI; never throws for an exit code. */
  pulumi(...args: string[]): Promise<Run>;
  up(...args: string[]): Promise<Run>;
  preview(...args: string[]): Promise<Run>;
  /** The drift check: a refresh that changes nothing and exits 7 on drift. */
  drift(...args: string[]): Promise<Run>;
  destroy(...args: string[]): Promise<Run>;
  /** The resources in state, without the stack and the providers. */
  state(): Promise<StateResource[]>;
  /** The state file as text. */
  rawState(): Promise<string>;
  remove(): Promise<void>;
}

export interface ProjectOptions {
  /** Environment besides; credentials for the emulator are there unless set to undefined. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Where packages come from; the repository's own unless told otherwise. */
  readonly nodeModules?: string;
  readonly program?: string;
}

export async function createProject(
  emulator: Emulator,
  options: ProjectOptions = {},
): Promise<Project> {
  const folder = await mkdtemp(path.join(tmpdir(), "zero-trust-project-"));
  const engine = await findOrMakeEngine();
  const env = {
    ...offlineEnvironment(engine, path.join(folder, ".home")),
    CLOUDFLARE_API_TOKEN: EMULATOR_TOKEN,
    CLOUDFLARE_BASE_URL: emulator.baseUrl,
    NO_COLOR: "1",
    ...options.env,
  };

  const pulumi = async (...args: string[]): Promise<Run> => {
    const { exitCode, all = "" } = await execa("pulumi", [...args, "--non-interactive"], {
      cwd: folder,
      env,
      extendEnv: false,
      all: true,
      reject: false,
      timeout: 120_000,
    });
    return { exitCode, output: all };
  };
  const succeed = async (...args: string[]): Promise<string> => {
    const { exitCode, output } = await pulumi(...args);
    if (exitCode !== 0) throw new Error(`pulumi ${args.join(" ")} exited ${exitCode}:\n${output}`);
    return output;
  };
  const rawState = () => succeed("stack", "export");

  const project: Project = {
    folder,
    program: (source) => writeFile(path.join(folder, "index.js"), programOf(source)),
    pulumi,
    rawState,
    up: (...args) => pulumi("up", "--yes", "--skip-preview", ...args),
    preview: (...args) => pulumi("preview", ...args),
    drift: (...args) =>
      pulumi("refresh", "--preview-only", "--expect-no-changes", "--diff", ...args),
    destroy: (...args) => pulumi("destroy", "--yes", "--skip-preview", ...args),
    async state() {
      const { deployment } = JSON.parse(await rawState()) as {
        deployment: { resources?: StateResource[] };
      };
      return (deployment.resources ?? []).filter(({ type }) => !type.startsWith("pulumi:"));
    },
    remove: () => rm(folder, { recursive: true, force: true }),
  };

  await mkdir(path.join(folder, ".home"), { recursive: true });
  await writeFile(path.join(folder, "Pulumi.yaml"), PROJECT_FILE);
  await writeFile(path.join(folder, "package.json"), JSON.stringify({ private: true }));
  await symlink(
    options.nodeModules ?? path.join(REPOSITORY, "node_modules"),
    path.join(folder, "node_modules"),
  );
  await project.program(options.program ?? "");
  await succeed("stack", "init", "test");
  return project;
}

// Without TypeScript the language host starts a second earlier; the quickstart covers TypeScript.
const PROJECT_FILE = `name: zero-trust-test
runtime:
  name: nodejs
  options:
    typescript: false
`;

function programOf(source: string): string {
  return `const pulumi = require("@pulumi/pulumi");
const zerotrust = require("pulumi-cloudflare-zero-trust");
${source}
`;
}

/** The source of one organization resource. */
export function organization(args: object, name = "organization"): string {
  return `exports.organization = new zerotrust.Organization(${JSON.stringify(name)}, ${JSON.stringify(args)});`;
}
