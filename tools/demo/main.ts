import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import pc from "picocolors";
import { startEmulator } from "../../emulator/index.js";
import { findOrInstallEngine } from "../engine/index.js";
import { runTool } from "../run-tool.js";
import { openRepositoryStack } from "./repository-stack.js";
import { playStory } from "./story.js";

/** Runs the demo in a temporary directory and removes everything afterwards, also after Ctrl-C. */
runTool(async (signal) => {
  const startedAt = Date.now();
  const engine = await findOrInstallEngine({ signal });
  const home = await mkdtemp(path.join(tmpdir(), "zero-trust-demo-"));
  const emulator = await startEmulator({ personality: "sparse" });
  try {
    await playStory(emulator, await openRepositoryStack({ engine, home, emulator, signal }));
    const seconds = Math.round((Date.now() - startedAt) / 1000);
    process.stdout.write(
      `\n${pc.green("✓")} The demo took ${seconds} seconds and left no files.\n`,
    );
    return 0;
  } finally {
    await emulator.close();
    await rm(home, { recursive: true, force: true });
  }
});
