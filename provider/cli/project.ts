import { existsSync } from "node:fs";
import path from "node:path";

/** The project files that Pulumi recognizes. */
const PROJECT_FILES = ["Pulumi.yaml", "Pulumi.yml", "Pulumi.json"];

/** Whether a directory contains a project file. */
export function isProject(directory: string): boolean {
  return PROJECT_FILES.some((file) => existsSync(path.join(directory, file)));
}

/** The project of a directory, which is in it or in a directory above it, as Pulumi's CLI finds it. */
export function projectOf(directory: string): string | undefined {
  if (isProject(directory)) return directory;
  const parent = path.dirname(path.resolve(directory));
  return parent === path.resolve(directory) ? undefined : projectOf(parent);
}
