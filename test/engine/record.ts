import { writeFile } from "node:fs/promises";
import path from "node:path";
import { startEmulator } from "../../emulator/index.js";
import packageJson from "../../package.json";
import { SETTINGS } from "../contract/program-inputs.js";
import { REFERENCE_SETTINGS } from "../contract/reference-settings.js";
import { createProject, endProjects, succeeded } from "./project.js";
import { program, seed } from "./recorded.js";

/**
 * Runs as `npm run record-state`, once for each release. Writes the state of a release and the live settings to a
 * file, with which the tests of all later releases start.
 */
async function main(): Promise<void> {
  const emulator = await startEmulator();
  const project = await createProject(emulator);
  try {
    const everything = { args: SETTINGS, live: REFERENCE_SETTINGS };
    seed(emulator, everything);
    await project.program(...program(everything));
    await succeeded(project.up());
    const state: unknown = JSON.parse(await project.rawState(), withoutPositions);
    const file = path.join(__dirname, "states", `${packageJson.version}.json`);
    await writeFile(file, `${JSON.stringify({ ...everything, state }, undefined, 2)}\n`);
    process.stdout.write(`${file}\n`);
  } finally {
    await endProjects();
  }
}

/** Removes the positions of resources in the program, which are paths of this machine. */
function withoutPositions(key: string, value: unknown): unknown {
  return key === "sourcePosition" || key === "stackTrace" ? undefined : value;
}

void main();
