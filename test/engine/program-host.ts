import { fork, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import path from "node:path";

/** A process that runs the programs of one project at a time. */
export interface ProgramHost {
  /** Where the engine reaches it. */
  readonly address: string;
  /** Says what the program of the next run finds in its environment. */
  prepare(environment: Readonly<Record<string, string | undefined>>): Promise<void>;
  /** Leaves it to the next project: to start one takes as long as a run. */
  release(): void;
}

/** Those that no project uses. This process need not wait for them: they end with it. */
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

/** At the end of a file of tests; those in use end as soon as they are released. */
export function endProgramHosts(): void {
  isOver = true;
  for (const child of idle.values()) child.kill();
  idle.clear();
}

async function start(): Promise<ProgramHost> {
  const child = fork(path.join(__dirname, "program-host-main.js"), { execArgv: [] });
  const address = await answerOf(child);
  const host: ProgramHost = {
    address,
    async prepare(environment) {
      child.send(environment);
      await answerOf(child);
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

async function answerOf(child: ChildProcess): Promise<string> {
  const answered = new AbortController();
  const { signal } = answered;
  const died = once(child, "exit", { signal }).then(() => {
    throw new Error("The process that runs the programs ended.");
  });
  try {
    const [answer] = (await Promise.race([once(child, "message", { signal }), died])) as [string];
    return answer;
  } finally {
    answered.abort(); // what waits no longer listens no longer
  }
}
