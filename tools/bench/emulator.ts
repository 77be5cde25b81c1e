import { fork } from "node:child_process";
import { once } from "node:events";
import path from "node:path";

/** An emulator in a process of its own, so that the measuring process does not pay for it. */
export interface BenchEmulator {
  readonly baseUrl: string;
  /** Seeds that many organizations. */
  seed(organizations: number): Promise<void>;
  close(): void;
}

/** @param latencyMs How long the emulator waits before it answers. */
export async function forkEmulator(latencyMs: number): Promise<BenchEmulator> {
  const child = fork(path.join(__dirname, "emulator-process.ts"), [String(latencyMs)]);
  const reply = async () => ((await once(child, "message")) as unknown[])[0];
  const baseUrl = (await reply()) as string;
  return {
    baseUrl,
    async seed(organizations) {
      child.send(organizations);
      await reply();
    },
    close: () => child.disconnect(),
  };
}
