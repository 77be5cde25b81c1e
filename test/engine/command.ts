import path from "node:path";
import execa from "execa";
import { EMULATOR_TOKEN } from "../../emulator/index.js";
import { STACK_TRACE, type Project } from "./project.js";

const COMMAND = path.resolve(__dirname, "../../dist/provider/cli/main.js");

/** What a run of this package's own command gave. */
export interface CommandRun {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * Runs the package's command in a project's folder; never throws for an exit code.
 *
 * @throws Error where the output holds a stack trace or the credential.
 */
export async function command(project: Project, ...args: string[]): Promise<CommandRun> {
  return commandWith({}, project, ...args);
}

/** The same, with what it reads from standard input, and how long it may take. */
export async function commandWith(
  { input = "", timeoutMs = 60_000 },
  project: Project,
  ...args: string[]
): Promise<CommandRun> {
  const { exitCode, stdout, stderr } = await execa(process.execPath, [COMMAND, ...args], {
    cwd: project.folder,
    env: project.environment,
    extendEnv: false,
    input,
    reject: false,
    timeout: timeoutMs,
  });
  const all = `${stdout}\n${stderr}`;
  if (STACK_TRACE.test(all) || all.includes(EMULATOR_TOKEN))
    throw new Error(`${args.join(" ")} shows a stack trace or the credential:\n${all}`);
  return { exitCode, stdout, stderr };
}
