import { spawn, type ChildProcess } from "node:child_process";
import type { PulumiCommand } from "@pulumi/pulumi/automation/index.js";

interface ProcessOptions {
  readonly cwd: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly input?: string;
  readonly onOutput?: ((text: string) => void) | undefined;
  readonly onError?: ((text: string) => void) | undefined;
  /** Interrupts the process, as Ctrl-C does. */
  readonly signal?: AbortSignal | undefined;
}

interface ProcessResult {
  readonly stdout: string;
  readonly stderr: string;
  readonly code: number | null;
}

/**
 * Runs the Pulumi CLI in a process group of its own. A terminal signals the whole foreground group
 * at Ctrl-C, which would cancel an update that this command wants to finish.
 *
 * @throws Error if the CLI cannot be started.
 */
export async function runPulumi(
  command: string,
  args: readonly string[],
  { cwd, env, input = "", onOutput, onError, signal }: ProcessOptions,
): Promise<ProcessResult> {
  const child = spawn(command, args, {
    cwd,
    env: { ...process.env, ...env },
    detached: true,
    windowsHide: true,
    ...(signal === undefined ? {} : { signal, killSignal: "SIGINT" }),
  });
  running.add(child);
  if (running.size === 1) process.on("exit", endRunning);
  const output = { stdout: "", stderr: "" };
  for (const [name, listener] of [
    ["stdout", onOutput],
    ["stderr", onError],
  ] as const)
    child[name].setEncoding("utf8").on("data", (text: string) => {
      output[name] += text;
      listener?.(text);
    });
  // If the CLI stops reading its input, its exit code and error output say why.
  child.stdin.on("error", () => undefined).end(input);
  try {
    const code = await new Promise<number | null>((resolve, reject) => {
      child.once("error", (error) => {
        if (error.name !== "AbortError") reject(error);
      });
      child.once("close", resolve);
    });
    return { ...output, code };
  } finally {
    running.delete(child);
    if (running.size === 0) process.off("exit", endRunning);
  }
}

const running = new Set<ChildProcess>();

/** In a process group of their own, they would outlive this process. */
function endRunning(): void {
  for (const child of running) child.kill();
}

/**
 * Interrupts all running processes again. At the first interruption, the engine waits for calls of
 * its plugins; at the second one, it ends at once.
 */
export function interruptRunning(): void {
  for (const child of running) child.kill("SIGINT");
}

/** What the Automation API calls for every command. Its types leave this method out. */
interface Runner {
  run: (
    args: readonly string[],
    cwd: string,
    env: Readonly<Record<string, string>>,
    onOutput?: (text: string) => void,
    onError?: (text: string) => void,
    signal?: AbortSignal,
  ) => Promise<ProcessResult>;
}

/**
 * A preview must compare the program with the last deployment, also in a project with `refresh: always`,
 * where it would compare with live values. The Automation API has no option for this.
 */
function withoutRefresh(args: readonly string[]): readonly string[] {
  const isPreview = args[0] === "preview" && !args.includes("--refresh");
  return isPreview ? [...args, "--refresh=false"] : args;
}

/**
 * Makes the Automation API run every command in a process group of its own. If a later SDK does not
 * call this method, Ctrl-C cancels the running update, as in `pulumi up`.
 */
export function withOwnProcessGroups(cli: PulumiCommand): PulumiCommand {
  const run: Runner["run"] = async (args, cwd, env, onOutput, onError, signal) => {
    const result = await runPulumi(cli.command, [...withoutRefresh(args), "--non-interactive"], {
      cwd,
      env: { ...env, PULUMI_AUTOMATION_API: "true" },
      onOutput,
      onError,
      signal,
    });
    if (result.code === 0) return result;
    throw new Error(result.stderr.trim() || `pulumi exited with ${result.code ?? "a signal"}`);
  };
  return Object.assign(cli, { run });
}
