import { writeFile } from "node:fs/promises";
import path from "node:path";
import type { Project } from "./project.js";

/** Makes a TypeScript file of a project's folder its program, compiled by the language host. */
export async function useTypeScriptMain(project: Project, main: string): Promise<void> {
  const settings = ["name: zero-trust-test", "runtime: nodejs", `main: ${main}`, ""];
  await writeFile(path.join(project.folder, "Pulumi.yaml"), settings.join("\n"));
}
