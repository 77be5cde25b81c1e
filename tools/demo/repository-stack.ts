import { copyFile, mkdir } from "node:fs/promises";
import path from "node:path";
import { EMULATOR_TOKEN, type Emulator } from "../../emulator/index.js";
import { type Engine, offlineEnvironment, type PulumiRun, runPulumi } from "../engine/index.js";

const REPOSITORY = path.resolve(__dirname, "../..");
const STACK = "demo";

/** A stack of the repository's own project, with its state and settings in another directory. */
export interface RepositoryStack {
  /** Runs the CLI and returns its exit code and output. Throws after an interrupt. */
  run(args: readonly string[], onLine?: (line: string) => void): Promise<PulumiRun>;
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
  // `stack init` writes the stack's settings beside Pulumi.yaml, so it runs beside a copy.
  const settings = path.join(home, "project");
  await mkdir(settings);
  await copyFile(path.join(REPOSITORY, "Pulumi.yaml"), path.join(settings, "Pulumi.yaml"));
  const init = await runPulumi(["stack", "init", STACK], { cwd: settings, env });
  if (init.exitCode !== 0) throw new Error(init.output);

  return {
    run(args, onLine) {
      const file = path.join(settings, `Pulumi.${STACK}.yaml`);
      const options = { cwd: REPOSITORY, env, signal, onLine };
      return runPulumi([...args, "--stack", STACK, "--config-file", file], options);
    },
  };
}
