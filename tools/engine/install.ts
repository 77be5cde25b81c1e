import { mkdir, mkdtemp, readdir, rename, rm } from "node:fs/promises";
import path from "node:path";
import { type Engine, type Origin, VERSION } from "./engine.js";
import { CLI, placeDynamicPlugin, versionOf } from "./executables.js";
import type { ResolvedOptions } from "./options.js";

/** Two empty folders that exist only while an engine is made. */
export interface Workplace {
  /** Becomes the engine's folder. */
  readonly bin: string;
  /** For whatever is needed on the way. */
  readonly scratch: string;
}

const PREFIX = "making-";

/**
 * Makes an engine and puts it into the cache in one step: whoever looks there sees a whole engine
 * or none. Call it under the lock.
 */
export async function install(
  options: ResolvedOptions,
  origin: Origin,
  fill: (workplace: Workplace) => Promise<void>,
): Promise<Engine> {
  await removeLeftovers(options.cacheFolder);
  const folder = await mkdtemp(path.join(options.cacheFolder, PREFIX));
  try {
    const workplace = { bin: path.join(folder, "bin"), scratch: path.join(folder, "scratch") };
    await mkdir(workplace.bin);
    await mkdir(workplace.scratch);
    await fill(workplace);
    await placeDynamicPlugin(workplace.bin);

    const version = await versionOf(path.join(workplace.bin, CLI), options.environment);
    if (version !== VERSION) throw new Error(`the result is version ${version}, not ${VERSION}`);

    // A broken engine may lie there: the cache was asked before, and had none that runs.
    await rm(options.engineFolder, { recursive: true, force: true });
    await rename(workplace.bin, options.engineFolder);
    return { bin: options.engineFolder, version, origin };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** A killed run could not clean up after itself. The lock says that nobody works in there now. */
async function removeLeftovers(cacheFolder: string): Promise<void> {
  for (const name of await readdir(cacheFolder)) {
    if (!name.startsWith(PREFIX)) continue;
    await rm(path.join(cacheFolder, name), { recursive: true, force: true });
  }
}
