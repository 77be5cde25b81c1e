import { copyFile, mkdir } from "node:fs/promises";
import path from "node:path";
import execa from "execa";
import { EMULATOR_TOKEN, type Emulator } from "../../emulator/index.js";
import { type Engine, offlineEnvironment } from "../engine/index.js";

const REPOSITORY = path.resolve(__dirname, "../..");
const STACK = "demo";

/** A stack of the repository's own project, with its state and settings in another directory. */
export interface RepositoryStack {
  /** Runs the CLI and returns its exit code and output. Throws after an interrupt. */
  run(args: readonly string[], onLine?: (line: string) => void): Promise<Run>;
  /** The number of resources in its state. */
  resourceCount(): Promise<number>;
}

export interface Run {
  readonly exitCode: number;
  readonly output: string;
}

export interface StackOptions {
  readonly engine: Engine;
  /** A new directory for the state and the stack's settings. */
  readonly home: string;
  readonly emulator: Emulator;
  readonly signal?: AbortSignal;
}

export async function openRepositoryStack(options: StackOptions): Promise<RepositoryStack> {
  const { engine, home, emulator, signal } = options;
  const env = {
    ...offlineEnvironment(engine, path.join(home, "pulumi")),
    CLOUDFLARE_API_TOKEN: EMULATOR_TOKEN,
    CLOUDFLARE_BASE_URL: emulator.baseUrl,
  };
  const execute = (cwd: string, args: readonly string[]) =>
    execa("pulumi", [...args, "--non-interactive"], {
      cwd,
      env,
      extendEnv: false,
      all: true,
      reject: false,
    });

  // `stack init` writes the stack's settings beside Pulumi.yaml, so it runs beside a copy.
  const settings = path.join(home, "project");
  await mkdir(settings);
  await copyFile(path.join(REPOSITORY, "Pulumi.yaml"), path.join(settings, "Pulumi.yaml"));
  const init = await execute(settings, ["stack", "init", STACK]);
  if (init.exitCode !== 0) throw new Error(init.all);

  return {
    async run(args, onLine) {
      signal?.throwIfAborted();
      const file = path.join(settings, `Pulumi.${STACK}.yaml`);
      const child = execute(REPOSITORY, [...args, "--stack", STACK, "--config-file", file]);
      // The CLI stops its own children on an interrupt, so its end is awaited.
      const stop = () => child.kill("SIGINT");
      signal?.addEventListener("abort", stop);
      if (onLine !== undefined) passLines(child.all, onLine);
      const { exitCode, all = "" } = await child;
      signal?.removeEventListener("abort", stop);
      signal?.throwIfAborted();
      return { exitCode, output: all };
    },
    async resourceCount() {
      const { stdout } = await execute(settings, ["stack", "export", "--stack", STACK]);
      const { deployment } = JSON.parse(stdout) as { deployment: { resources?: unknown[] } };
      return deployment.resources?.length ?? 0;
    },
  };
}

function passLines(
  stream: NodeJS.ReadableStream | undefined,
  onLine: (line: string) => void,
): void {
  let rest = "";
  stream?.on("data", (chunk: Buffer | string) => {
    const lines = (rest + chunk.toString()).split("\n");
    rest = lines.pop() ?? "";
    lines.forEach(onLine);
  });
  stream?.on("end", () => rest !== "" && onLine(rest));
}
