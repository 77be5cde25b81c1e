import path from "node:path";
import execa from "execa";
import { EMULATOR_TOKEN } from "../../emulator/index.js";
import { STACK_TRACE, type Project } from "./project.js";

const COMMAND = path.resolve(__dirname, "../../dist/provider/cli/main.js");

/** The result of this package's own command. */
export interface CommandRun {
  readonly exitCode: number;
  /** The signal that ended it, if there was one. */
  readonly signal: string | undefined;
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * Runs the package's command in a project's folder. Does not throw for any exit code.
 *
 * @throws Error if the output contains a stack trace or the credential.
 */
export async function command(project: Project, ...args: string[]): Promise<CommandRun> {
  return commandWith({}, project, ...args);
}

/** The same, with its standard input and a time limit. */
export async function commandWith(
  { input = "", timeoutMs = 60_000 },
  project: Project,
  ...args: string[]
): Promise<CommandRun> {
  return outcome(args, start(project, args, { input, timeout: timeoutMs }));
}

/** Starts it as a terminal does: in a process group of its own, which Ctrl-C signals as a whole. */
export function beginCommand(project: Project, ...args: string[]) {
  const child = start(project, args, { detached: true });
  const { pid = 0 } = child;
  return {
    ctrlC: () => void process.kill(-pid, "SIGINT"),
    /** Signals the command alone, as a CI system does. */
    signal: (signal: NodeJS.Signals) => void process.kill(pid, signal),
    ended: outcome(args, child),
  };
}

function start(project: Project, args: readonly string[], options: execa.Options) {
  return execa(process.execPath, [COMMAND, ...args], {
    ...options,
    cwd: project.folder,
    env: project.environment,
    extendEnv: false,
    reject: false,
  });
}

async function outcome(
  args: readonly string[],
  child: execa.ExecaChildProcess,
): Promise<CommandRun> {
  const { exitCode, signal, stdout, stderr } = await child;
  const all = `${stdout}\n${stderr}`;
  if (STACK_TRACE.test(all) || all.includes(EMULATOR_TOKEN))
    throw new Error(`${args.join(" ")} shows a stack trace or the credential:\n${all}`);
  return { exitCode, signal, stdout, stderr };
}
