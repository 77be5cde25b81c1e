import { spawn } from "node:child_process";
import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import type { Project, Run } from "./project.js";

/** A CLI command that has not ended yet. */
export interface RunningCommand {
  /** The output so far. */
  output(): string;
  /** Sends a signal to the CLI, as Ctrl-C or a CI system does. */
  signal(signal: NodeJS.Signals): void;
  /** Kills the process in which the provider runs. */
  killPlugin(): Promise<void>;
  readonly ended: Promise<Run>;
}

/** Starts a command, and does not wait for its end. */
export async function startCommand(project: Project, ...args: string[]): Promise<RunningCommand> {
  const pidFile = path.join(project.folder, "plugin.pid");
  const preload = path.join(project.folder, "write-plugin-pid.js");
  await writeFile(
    preload,
    `if (process.argv[1]?.includes("dynamic-provider"))
  require("node:fs").writeFileSync(${JSON.stringify(pidFile)}, String(process.pid));`,
  );
  const child = spawn("pulumi", await project.commandLine(args), {
    cwd: project.folder,
    env: { ...project.environment, NODE_OPTIONS: `--require ${preload}` },
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr])
    stream.on("data", (chunk) => (output += String(chunk)));
  const ended = new Promise<Run>((resolve, reject) => {
    child.once("error", reject);
    // Not "close": a plugin that continues keeps the streams open.
    child.once("exit", (code) => resolve({ exitCode: code ?? -1, output }));
  });
  return {
    output: () => output,
    signal: (signal) => void child.kill(signal),
    killPlugin: async () => void process.kill(Number(await readFile(pidFile, "utf8")), "SIGKILL"),
    ended,
  };
}

/** Waits for a condition, at most one minute. */
export async function until(holds: () => boolean): Promise<void> {
  const deadline = Date.now() + 60_000;
  while (!holds()) {
    if (Date.now() > deadline) throw new Error("The condition did not hold within a minute.");
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
