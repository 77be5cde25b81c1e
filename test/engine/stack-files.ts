import { createHash } from "node:crypto";
import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { parse } from "yaml";

/** The name of an empty project. */
export const PROJECT = "zero-trust-test";
/** The name of each project's stack. */
export const STACK = "test";

/** A stack's state as the engine records it. */
export interface Deployment {
  readonly resources?: readonly object[];
}

/** Reads a stack's state from the file backend. `pulumi stack export` takes a hundred times as long. */
export async function readDeployment(folder: string): Promise<Deployment> {
  const stacks = path.join(folder, STATE, "stacks");
  const [name = ""] = await readdir(stacks);
  const text = await readFile(path.join(stacks, name, `${STACK}.json`), "utf8");
  const { checkpoint } = JSON.parse(text) as { checkpoint: { latest?: Deployment } };
  return checkpoint.latest ?? {};
}

/** The directory of the file backend in a project's folder. */
const STATE = ".home/state/.pulumi";

/** The files that `stack init` writes, by name. They differ between projects only in the project's name. */
type StackFiles = ReadonlyMap<string, string>;

let initialized: Promise<StackFiles> | undefined;

/** Creates and selects the stack of a project: by the CLI for the first project, and by a copy for others. */
export async function initializeStack(folder: string, init: () => Promise<unknown>): Promise<void> {
  const name = await projectName(folder);
  if (initialized === undefined) {
    initialized = init().then(() => stackFiles(folder, name));
    await initialized;
    return;
  }
  for (const [file, text] of [...(await initialized), selection(folder)]) {
    const copy = path.join(folder, file.replace("<project>", name));
    await mkdir(path.dirname(copy), { recursive: true });
    await writeFile(copy, text.replaceAll("<project>", name));
  }
}

async function projectName(folder: string): Promise<string> {
  const settings = parse(await readFile(path.join(folder, "Pulumi.yaml"), "utf8")) as {
    name: string;
  };
  return settings.name;
}

async function stackFiles(folder: string, name: string): Promise<StackFiles> {
  const entries = await readdir(path.join(folder, STATE), { recursive: true, withFileTypes: true });
  const files = entries
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)));
  const general = (text: string) => text.replaceAll(name, "<project>");
  const read = async (file: string) =>
    [general(file), general(await readFile(path.join(folder, file), "utf8"))] as const;
  return new Map(await Promise.all([...files, `Pulumi.${STACK}.yaml`].map(read)));
}

/** The file in which the CLI records the selected stack of a project. */
function selection(folder: string): readonly [string, string] {
  const hash = createHash("sha1").update(path.join(folder, "Pulumi.yaml")).digest("hex");
  const stacks = { [`file://${folder}/.home/state`]: `organization/<project>/${STACK}` };
  return [`.home/workspaces/<project>-${hash}-workspace.json`, JSON.stringify({ stacks })];
}
