import { copyFile, mkdir } from "node:fs/promises";
import path from "node:path";
import execa from "execa";
import { EMULATOR_TOKEN, type Emulator } from "../../emulator/index.js";
import { type Engine, offlineEnvironment } from "../engine/index.js";

const REPOSITORY = path.resolve(__dirname, "../..");
const STACK = "demo";

/** A stack of the repository's own project, whose state and settings lie elsewhere. */
export interface RepositoryStack {
  /** Runs the CLI on it, and answers its exit code and what it printed. Throws when interrupted. */
  run(args: readonly string[], onLine?: (line: string) => void): Promise<Run>;
  /** How many resources its state holds. */
  resourceCount(): Promise<number>;
}

export interface Run {
  readonly exitCode: number;
  readonly output: string;
}

export interface StackOptions {
  readonly engine: Engine;
  /** A folder of its own; state and the stack's settings go there. */
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

  // `stack init` writes the stack's settings beside Pulumi.yaml, so it meets a copy of that.
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
      // The CLI ends its own children when it is asked to stop, so it is waited for.
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
