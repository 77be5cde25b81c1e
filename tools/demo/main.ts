import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import pc from "picocolors";
import { startEmulator } from "../../emulator/index.js";
import { findOrInstallEngine } from "../engine/index.js";
import { openRepositoryStack } from "./repository-stack.js";
import { playStory } from "./story.js";

/** Plays the demo in a temporary folder, and takes everything away again: also after Ctrl-C. */
async function main(signal: AbortSignal): Promise<void> {
  const startedAt = Date.now();
  const engine = await findOrInstallEngine({ signal });
  const home = await mkdtemp(path.join(tmpdir(), "zero-trust-demo-"));
  const emulator = await startEmulator({ personality: "sparse" });
  try {
    await playStory(emulator, await openRepositoryStack({ engine, home, emulator, signal }));
    const seconds = Math.round((Date.now() - startedAt) / 1000);
    process.stdout.write(
      `\n${pc.green("✓")} That is all: ${seconds} seconds, nothing left behind.\n`,
    );
  } finally {
    await emulator.close();
    await rm(home, { recursive: true, force: true });
  }
}

const interruption = new AbortController();
for (const name of ["SIGINT", "SIGTERM"] as const) process.on(name, () => interruption.abort());

main(interruption.signal).catch((error: unknown) => {
  const message = error instanceof Error ? error.message : String(error);
  process.stderr.write(interruption.signal.aborted ? "\nInterrupted.\n" : `\n${message}\n`);
  process.exitCode = interruption.signal.aborted ? 130 : 1;
});
