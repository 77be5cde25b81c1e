import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { EMULATOR_TOKEN, type Emulator } from "../../emulator/index.js";
import { run } from "../../provider/cli/command-line.js";
import { terminal } from "../../provider/cli/terminal.js";

/** What a command wrote, and its exit code. */
export interface CommandRun {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the package's command in this process. */
export async function runCommand(
  args: readonly string[],
  { isTTY = false } = {},
): Promise<CommandRun> {
  const stdout = capture(isTTY);
  const stderr = capture(false);
  const exitCode = await run(args, terminal(stdout, stderr));
  return { exitCode, stdout: stdout.text(), stderr: stderr.text() };
}

function capture(isTTY: boolean) {
  const chunks: string[] = [];
  return {
    isTTY,
    write(chunk: unknown): boolean {
      chunks.push(String(chunk));
      return true;
    },
    text: () => chunks.join(""),
  };
}

/** Lets a command of this process reach an emulator and nothing else. Answers how to undo it. */
export function pointCommandAt(emulator: Emulator): () => void {
  const before = { ...process.env };
  for (const name of Object.keys(process.env))
    if (name.startsWith("CLOUDFLARE_")) Reflect.deleteProperty(process.env, name);
  process.env.CLOUDFLARE_API_TOKEN = EMULATOR_TOKEN;
  process.env.CLOUDFLARE_BASE_URL = emulator.baseUrl;
  return () => (process.env = before);
}

/** A folder that is gone after the test. */
export async function temporaryFolder(): Promise<{
  readonly folder: string;
  readonly remove: () => Promise<void>;
}> {
  const folder = await mkdtemp(path.join(tmpdir(), "zero-trust-command-"));
  return { folder, remove: () => rm(folder, { recursive: true, force: true }) };
}
