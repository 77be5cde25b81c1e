import { cp, mkdir, stat, writeFile } from "node:fs/promises";
import path from "node:path";
import execa from "execa";
import { EMULATOR_TOKEN } from "../../emulator/index.js";
import { type Engine, offlineEnvironment } from "../engine/index.js";
import { COMMANDS, type Operation } from "./operations.js";
import { type PeakMemory, watchPeakMemory } from "./peak-memory.js";

const PROJECT = "bench";
const STACK = "bench";

/** What one run of the CLI took. */
export interface Run {
  readonly milliseconds: number;
  readonly memory: PeakMemory;
}

export interface StackOptions {
  readonly engine: Engine;
  /** A folder of its own, below node_modules that hold the packages. */
  readonly folder: string;
  /** A file of `programs`, without its ending. */
  readonly program: string;
  readonly resources: number;
  readonly baseUrl: string;
  /** Whether the engine saves the state at the end only. */
  readonly savesOnce?: boolean | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** A Pulumi project with one stack on a file backend. */
export interface Stack {
  /** @throws Error with what the CLI printed, where it fails. */
  run(operation: Operation): Promise<Run>;
  /** The size of its state file. */
  stateBytes(): Promise<number>;
}

export async function openStack(options: StackOptions): Promise<Stack> {
  const { engine, folder, program, resources, baseUrl, savesOnce, signal } = options;
  const home = path.join(folder, ".home");
  const env = {
    ...offlineEnvironment(engine, home),
    CLOUDFLARE_API_TOKEN: EMULATOR_TOKEN,
    CLOUDFLARE_BASE_URL: baseUrl,
    BENCH_RESOURCES: String(resources),
    NO_COLOR: "1",
    ...(savesOnce === true ? SAVES_ONCE : {}),
  };

  const pulumi = async (args: readonly string[]): Promise<Run> => {
    signal?.throwIfAborted();
    const startedAt = performance.now();
    const child = execa("pulumi", [...args, "--non-interactive"], {
      cwd: folder,
      env,
      extendEnv: false,
      all: true,
      reject: false,
    });
    const memory = watchPeakMemory(child.pid);
    // The CLI ends its own children when it is asked to stop, so it is waited for.
    const stop = () => child.kill("SIGINT");
    signal?.addEventListener("abort", stop);
    const { exitCode, all = "" } = await child;
    const milliseconds = performance.now() - startedAt;
    const peak = memory();
    signal?.removeEventListener("abort", stop);
    signal?.throwIfAborted();
    if (exitCode !== 0) throw new Error(`pulumi ${args.join(" ")} exited ${exitCode}:\n${all}`);
    return { milliseconds, memory: peak };
  };

  await mkdir(folder, { recursive: true });
  await cp(path.join(__dirname, "programs"), folder, { recursive: true });
  await writeFile(path.join(folder, "Pulumi.yaml"), projectFile(program));
  await writeFile(path.join(folder, "package.json"), JSON.stringify({ private: true }));
  await pulumi(["stack", "init", STACK]);

  return {
    run: (operation) => pulumi(COMMANDS[operation]),
    async stateBytes() {
      const file = path.join(home, "state/.pulumi/stacks", PROJECT, `${STACK}.json`);
      return (await stat(file)).size;
    },
  };
}

const SAVES_ONCE = { PULUMI_EXPERIMENTAL: "true", PULUMI_SKIP_CHECKPOINTS: "true" };

// Plain JavaScript: to start TypeScript takes a second of its own, the same for every variant.
function projectFile(program: string): string {
  return `name: ${PROJECT}
main: ${program}.js
runtime:
  name: nodejs
  options:
    typescript: false
`;
}
