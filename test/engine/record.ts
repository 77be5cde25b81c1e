import { writeFile } from "node:fs/promises";
import path from "node:path";
import { startEmulator } from "../../emulator/index.js";
import packageJson from "../../package.json";
import { createProject, succeeded } from "./project.js";
import { PROGRAM, seed } from "./recorded.js";

/**
 * `npm run record-state`, once for each release: keeps the state that it writes, so that every later
 * release is held against it.
 */
async function main(): Promise<void> {
  const emulator = await startEmulator();
  const project = await createProject(emulator);
  try {
    seed(emulator);
    await project.program(...PROGRAM);
    await succeeded(project.up());
    const file = path.join(__dirname, "states", `${packageJson.version}.json`);
    await writeFile(file, await project.rawState());
    process.stdout.write(`${file}\n`);
  } finally {
    await project.remove();
    await emulator.close();
  }
}

void main();
