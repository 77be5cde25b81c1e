import { chmod, mkdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import execa from "execa";

/** A call of a stub command. */
export interface Call {
  readonly command: string;
  readonly args: readonly string[];
  readonly input: string;
}

/** The result of a script: its exit code, and the commands that it called. */
export interface StepRun {
  readonly exitCode: number;
  readonly stderr: string;
  readonly calls: readonly Call[];
}

/** The stub commands by name: each is the body of a function of `args`. */
export type Stubs = Readonly<Record<string, string>>;

/**
 * Runs a CI job's script as the runner does, in a directory, with stub commands. The stubs record
 * their arguments and their standard input.
 */
export async function runStep(
  script: string,
  { folder, stubs, env }: { folder: string; stubs: Stubs; env: Record<string, string> },
): Promise<StepRun> {
  const log = path.join(folder, "calls.log");
  const bin = path.join(folder, "bin");
  await mkdir(bin, { recursive: true });
  await writeFile(log, "");
  for (const [command, body] of Object.entries(stubs)) {
    const file = path.join(bin, command);
    await writeFile(file, stubSource(command, body, log));
    await chmod(file, 0o755);
  }
  const { exitCode, stderr } = await execa(
    "bash",
    ["--noprofile", "--norc", "-eo", "pipefail", "-c", script],
    {
      cwd: folder,
      env: { ...env, PATH: [bin, path.dirname(process.execPath), "/usr/bin", "/bin"].join(":") },
      extendEnv: false,
      input: "",
      reject: false,
    },
  );
  const lines = (await readFile(log, "utf8")).split("\n").filter((line) => line !== "");
  return { exitCode, stderr, calls: lines.map((line) => JSON.parse(line) as Call) };
}

function stubSource(command: string, body: string, log: string): string {
  return `#!${process.execPath}
const fs = require("node:fs");
const args = process.argv.slice(2);
const input = args.includes("-") ? fs.readFileSync(0, "utf8") : "";
const call = { command: ${JSON.stringify(command)}, args, input };
fs.appendFileSync(${JSON.stringify(log)}, JSON.stringify(call) + "\\n");
${body}
`;
}
