import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { EMULATOR_TOKEN, startEmulator, type Emulator } from "../../emulator/index.js";
import { run } from "../../provider/cli/command-line.js";
import { terminal } from "../../provider/cli/terminal.js";

/** The output of a command and its exit code. */
export interface CommandRun {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * Runs the package's command in this process.
 *
 * @param options The width of the terminal that both streams are. The default is a pipe.
 */
export async function runCommand(
  args: readonly string[],
  { columns }: { readonly columns?: number } = {},
): Promise<CommandRun> {
  const stdout = capture(columns);
  const stderr = capture(columns);
  const exitCode = await run(args, terminal(stdout, stderr));
  return { exitCode, stdout: stdout.text(), stderr: stderr.text() };
}

function capture(columns: number | undefined) {
  const chunks: string[] = [];
  return {
    ...(columns === undefined ? {} : { isTTY: true, columns }),
    write(chunk: unknown): boolean {
      chunks.push(String(chunk));
      return true;
    },
    text: () => chunks.join(""),
  };
}

/** Sets the environment so that commands reach only this emulator. Returns how to restore it. */
export function pointCommandAt(emulator: Emulator): () => void {
  const before = { ...process.env };
  for (const name of Object.keys(process.env))
    if (name.startsWith("CLOUDFLARE_")) Reflect.deleteProperty(process.env, name);
  process.env.CLOUDFLARE_API_TOKEN = EMULATOR_TOKEN;
  process.env.CLOUDFLARE_BASE_URL = emulator.baseUrl;
  return () => (process.env = before);
}

/** Creates a folder for one test. */
export async function temporaryFolder(): Promise<{
  readonly folder: string;
  readonly remove: () => Promise<void>;
}> {
  const folder = await mkdtemp(path.join(tmpdir(), "zero-trust-command-"));
  return { folder, remove: () => rm(folder, { recursive: true, force: true }) };
}

/** An emulator that commands reach, and an empty folder. */
export interface CommandFixture {
  readonly emulator: Emulator;
  readonly folder: string;
}

/** Call it in a `describe` or in a file. The returned object always belongs to the running test. */
export function useCommandFixture(): CommandFixture {
  let emulator: Emulator;
  let folder: string;
  let cleanUp: () => Promise<void>;

  beforeEach(async () => {
    emulator = await startEmulator();
    const restoreEnvironment = pointCommandAt(emulator);
    const temporary = await temporaryFolder();
    folder = temporary.folder;
    cleanUp = async () => {
      await temporary.remove();
      restoreEnvironment();
      await emulator.close();
    };
  });
  afterEach(() => cleanUp());

  return {
    get emulator() {
      return emulator;
    },
    get folder() {
      return folder;
    },
  };
}
