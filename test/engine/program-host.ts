import { fork, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import path from "node:path";

/** A process that runs the programs of a file of tests. */
export interface ProgramHost {
  /** Where the engine reaches it. */
  readonly address: string;
  /** Says what the program of the next run finds in its environment. */
  prepare(environment: Readonly<Record<string, string | undefined>>): Promise<void>;
  end(): void;
}

export async function startProgramHost(): Promise<ProgramHost> {
  const child = fork(path.join(__dirname, "program-host-main.js"), { execArgv: [] });
  const address = await answerOf(child);
  return {
    address,
    async prepare(environment) {
      child.send(environment);
      await answerOf(child);
    },
    end: () => void child.kill(),
  };
}

async function answerOf(child: ChildProcess): Promise<string> {
  const died = once(child, "exit").then(() => {
    throw new Error("The process that runs the programs ended.");
  });
  const [answer] = (await Promise.race([once(child, "message"), died])) as [string];
  return answer;
}
