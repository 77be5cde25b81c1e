import { createInterface } from "node:readline";
import execa from "execa";

export interface PulumiRun {
  readonly exitCode: number;
  /** Standard output and error output, as they were written. */
  readonly output: string;
}

export interface PulumiOptions {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal | undefined;
  readonly onLine?: ((line: string) => void) | undefined;
}

/** Runs `pulumi` and waits for its end. After an interrupt it also waits, because the CLI stops its own children. */
export async function runPulumi(
  args: readonly string[],
  { cwd, env, signal, onLine }: PulumiOptions,
): Promise<PulumiRun> {
  signal?.throwIfAborted();
  const child = execa("pulumi", [...args, "--non-interactive"], {
    cwd,
    env,
    extendEnv: false,
    all: true,
    reject: false,
  });
  if (onLine !== undefined && child.all !== undefined)
    createInterface({ input: child.all }).on("line", onLine);
  const stop = () => child.kill("SIGINT");
  signal?.addEventListener("abort", stop);
  const { exitCode, all = "" } = await child;
  signal?.removeEventListener("abort", stop);
  signal?.throwIfAborted();
  return { exitCode, output: all };
}
