import { writeFile } from "node:fs/promises";
import path from "node:path";
import { startEmulator } from "../../emulator/index.js";
import packageJson from "../../package.json";
import { createProject, endProjects, succeeded } from "./project.js";
import { program, seed } from "./recorded.js";
import { SCENARIOS } from "./scenarios/index.js";

/**
 * Runs as `npm run record-state`, once for each release. Writes the state of a release and the live settings to a
 * file, with which the tests of all later releases start.
 */
async function main(): Promise<void> {
  const emulator = await startEmulator();
  const project = await createProject(emulator);
  try {
    const [everything] = SCENARIOS.find(({ name }) => name === "everything")?.steps ?? [];
    if (everything === undefined) throw new Error("No scenario declares every input.");
    const { args, live } = everything;
    seed(emulator, { args, live });
    await project.program(...program({ args, live }));
    await succeeded(project.up());
    const state: unknown = JSON.parse(await project.rawState(), withoutPositions);
    const file = path.join(__dirname, "states", `${packageJson.version}.json`);
    await writeFile(file, `${JSON.stringify({ args, live, state }, undefined, 2)}\n`);
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
