import { fork, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import path from "node:path";

/** A process that runs the programs of one project. */
export interface ProgramHost {
  /** The address for the engine. */
  readonly address: string;
  /** Sets the environment of the next program. */
  prepare(environment: Readonly<Record<string, string | undefined>>): Promise<void>;
  stop(): void;
}

export async function startProgramHost(): Promise<ProgramHost> {
  const child = fork(path.join(__dirname, "program-host-main.js"), { execArgv: [] });
  const address = await messageOf(child);
  return {
    address,
    async prepare(environment) {
      child.send(environment);
      await messageOf(child);
    },
    stop: () => void child.kill(),
  };
}

async function messageOf(child: ChildProcess): Promise<string> {
  const settled = new AbortController();
  const { signal } = settled;
  const died = once(child, "exit", { signal }).then(() => {
    throw new Error("The process that runs the programs ended.");
  });
  try {
    const [message] = (await Promise.race([once(child, "message", { signal }), died])) as [string];
    return message;
  } finally {
    settled.abort(); // removes the listeners
  }
}
