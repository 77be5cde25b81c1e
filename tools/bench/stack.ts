import { cp, mkdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import path from "node:path";
import { EMULATOR_TOKEN } from "../../emulator/index.js";
import { type Engine, offlineEnvironment, runPulumi } from "../engine/index.js";

/** The measured commands, in the order in which a stack runs them. */
export const OPERATIONS = {
  up: ["up", "--yes", "--skip-preview"],
  preview: ["preview"],
  refresh: ["refresh", "--yes", "--skip-preview"],
  "up --refresh": ["up", "--refresh", "--yes", "--skip-preview"],
  destroy: ["destroy", "--yes", "--skip-preview"],
} as const;

export type Operation = keyof typeof OPERATIONS;

/** One run of the CLI. */
export interface Run {
  readonly milliseconds: number;
  /** The peak memory of the two Node processes, in kilobytes. */
  readonly peakMemory: { readonly plugin?: number; readonly program?: number };
}

export interface StackOptions {
  readonly engine: Engine;
  /** A new directory below `node_modules` that contain the packages. */
  readonly folder: string;
  /** The name of a file in `programs`, without its extension. */
  readonly program: string;
  readonly resources: number;
  readonly baseUrl: string;
  readonly signal?: AbortSignal;
}

/** A Pulumi project with one stack in a file backend. */
export interface Stack {
  /** @throws Error with the CLI's output if the CLI fails. */
  run(operation: Operation): Promise<Run>;
  /** The size of the stack's state file. */
  stateBytes(): Promise<number>;
}

export async function openStack(options: StackOptions): Promise<Stack> {
  const { engine, folder, program, resources, baseUrl, signal } = options;
  const home = path.join(folder, ".home");
  const memoryFile = path.join(folder, "peak-memory.jsonl");
  const env = {
    ...offlineEnvironment(engine, home),
    CLOUDFLARE_API_TOKEN: EMULATOR_TOKEN,
    CLOUDFLARE_BASE_URL: baseUrl,
    BENCH_RESOURCES: String(resources),
    BENCH_PEAK_MEMORY: memoryFile,
    NODE_OPTIONS: `--require "${path.join(__dirname, "probes/peak-memory.js").replaceAll("\\", "/")}"`,
    NO_COLOR: "1",
  };

  const pulumi = async (args: readonly string[]): Promise<Run> => {
    const startedAt = performance.now();
    const { exitCode, output } = await runPulumi(args, { cwd: folder, env, signal });
    const milliseconds = performance.now() - startedAt;
    if (exitCode !== 0)
      throw new Error(`pulumi ${args.join(" ")} exited with ${exitCode}:\n${output}`);
    return { milliseconds, peakMemory: await takePeakMemory(memoryFile) };
  };

  await mkdir(folder, { recursive: true });
  await cp(path.join(__dirname, "programs"), folder, { recursive: true });
  await writeFile(path.join(folder, "Pulumi.yaml"), projectFile(program));
  await writeFile(path.join(folder, "package.json"), JSON.stringify({ private: true }));
  await pulumi(["stack", "init", "bench"]);

  return {
    run: (operation) => pulumi(OPERATIONS[operation]),
    async stateBytes() {
      const file = path.join(home, "state/.pulumi/stacks/bench/bench.json");
      return (await stat(file)).size;
    },
  };
}

/** Reads and removes what `probes/peak-memory.js` wrote. */
async function takePeakMemory(file: string): Promise<Run["peakMemory"]> {
  const lines = await readFile(file, "utf8").catch(() => "");
  await rm(file, { force: true });
  const peaks = lines.split("\n").filter(Boolean);
  return Object.fromEntries(
    peaks.flatMap((line) => Object.entries(JSON.parse(line) as Run["peakMemory"])),
  );
}

// A TypeScript program takes a second longer to start, whatever it contains.
function projectFile(program: string): string {
  return `name: bench
main: ${program}.js
runtime:
  name: nodejs
  options:
    typescript: false
`;
}
