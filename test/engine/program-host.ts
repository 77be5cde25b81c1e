import { fork, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import path from "node:path";

/** A process that runs the programs of one project at a time. */
export interface ProgramHost {
  /** The address for the engine. */
  readonly address: string;
  /** Sets the environment of the next program. */
  prepare(environment: Readonly<Record<string, string | undefined>>): Promise<void>;
  /** Keeps it for the next project, because a start takes as long as a command. */
  release(): void;
}

/** The hosts that no project uses. They end with this process, which does not wait for them. */
const idle = new Map<ProgramHost, ChildProcess>();
let isOver = false;

export async function takeProgramHost(): Promise<ProgramHost> {
  const [found] = idle;
  if (found === undefined) return start();
  const [host, child] = found;
  idle.delete(host);
  child.ref();
  child.channel?.ref();
  return host;
}

/** Ends the idle hosts after the last test of a file. Those in use end when they are released. */
export function endProgramHosts(): void {
  isOver = true;
  for (const child of idle.values()) child.kill();
  idle.clear();
}

async function start(): Promise<ProgramHost> {
  const child = fork(path.join(__dirname, "program-host-main.js"), { execArgv: [] });
  const address = await messageOf(child);
  const host: ProgramHost = {
    address,
    async prepare(environment) {
      child.send(environment);
      await messageOf(child);
    },
    release() {
      if (isOver) child.kill();
      else {
        idle.set(host, child);
        child.unref();
        child.channel?.unref();
      }
    },
  };
  child.once("exit", () => idle.delete(host));
  return host;
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
