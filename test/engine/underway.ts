import { spawn } from "node:child_process";
import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import type { Project, Run } from "./project.js";

/** A run of the CLI that is under way, so that something may happen to it. */
export interface Underway {
  /** What it has printed so far. */
  output(): string;
  /** Sends a signal to the CLI, as Ctrl-C or a CI system does. */
  signal(signal: NodeJS.Signals): void;
  /** Kills the process in which the provider runs. */
  killPlugin(): Promise<void>;
  readonly ended: Promise<Run>;
}

/** Starts a run without waiting for its end. */
export async function begin(project: Project, ...args: string[]): Promise<Underway> {
  const note = path.join(project.folder, "plugin.pid");
  const announcer = path.join(project.folder, "announce.js");
  await writeFile(
    announcer,
    `if (process.argv[1]?.includes("dynamic-provider"))
  require("node:fs").writeFileSync(${JSON.stringify(note)}, String(process.pid));`,
  );
  const child = spawn("pulumi", await project.commandLine(args), {
    cwd: project.folder,
    env: { ...project.environment, NODE_OPTIONS: `--require ${announcer}` },
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr])
    stream.on("data", (chunk) => (output += String(chunk)));
  const ended = new Promise<Run>((resolve, reject) => {
    child.once("error", reject);
    // "exit" and not "close": a plugin that lives on holds the streams open.
    child.once("exit", (code) => resolve({ exitCode: code ?? -1, output }));
  });
  return {
    output: () => output,
    signal: (signal) => void child.kill(signal),
    killPlugin: async () => void process.kill(Number(await readFile(note, "utf8")), "SIGKILL"),
    ended,
  };
}

/** Waits until something holds; a minute at most. */
export async function until(holds: () => boolean): Promise<void> {
  const giveUpAt = Date.now() + 60_000;
  while (!holds()) {
    if (Date.now() > giveUpAt) throw new Error("It did not come to that within a minute.");
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
