import { mkdir, mkdtemp, readdir, rename, rm } from "node:fs/promises";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import lockfile from "proper-lockfile";
import { type Engine, type Origin, VERSION } from "./engine.js";
import { CLI, copyDynamicPlugin, versionOf } from "./executables.js";
import type { ResolvedOptions } from "./options.js";

/** Two empty directories that exist only during an installation. */
export interface WorkDirectories {
  /** Becomes the engine's directory. */
  readonly bin: string;
  /** For temporary files. */
  readonly scratch: string;
}

const PREFIX = "installing-";

/**
 * Installs an engine into the cache in one step, so that other processes see a complete engine or none. Requires the
 * lock.
 */
export async function install(
  options: ResolvedOptions,
  origin: Origin,
  fill: (directories: WorkDirectories) => Promise<void>,
): Promise<Engine> {
  await removeLeftovers(options.cacheFolder);
  const folder = await mkdtemp(path.join(options.cacheFolder, PREFIX));
  try {
    const directories = { bin: path.join(folder, "bin"), scratch: path.join(folder, "scratch") };
    await mkdir(directories.bin);
    await mkdir(directories.scratch);
    await fill(directories);
    await copyDynamicPlugin(directories.bin);

    const version = await versionOf(path.join(directories.bin, CLI), options.environment);
    if (version !== VERSION) throw new Error(`the result has version ${version}, not ${VERSION}`);

    // A damaged engine can be there: the cache was checked before and had none that runs.
    await rm(options.engineFolder, { recursive: true, force: true });
    await rename(directories.bin, options.engineFolder);
    return { bin: options.engineFolder, version, origin };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Removes the directories of killed runs. Because of the lock, no other process uses them. */
async function removeLeftovers(cacheFolder: string): Promise<void> {
  for (const name of await readdir(cacheFolder))
    if (name.startsWith(PREFIX))
      await rm(path.join(cacheFolder, name), { recursive: true, force: true });
}

/** Runs the work while no other process works on this cache directory. */
export async function withLock<T>(options: ResolvedOptions, work: () => Promise<T>): Promise<T> {
  await mkdir(options.cacheFolder, { recursive: true });
  const release = await acquire(options);
  try {
    return await work();
  } finally {
    await release();
  }
}

async function acquire(options: ResolvedOptions): Promise<() => Promise<void>> {
  for (let attempt = 1; ; attempt++) {
    options.signal.throwIfAborted();
    try {
      return await lockfile.lock(options.cacheFolder, {
        lockfilePath: path.join(options.cacheFolder, "lock"),
        // The holder renews its lock every five seconds, so the lock of a killed process expires soon.
        stale: 20_000,
        update: 5_000,
        // If the machine sleeps and the lock expires, the engine is installed twice, with the same result.
        onCompromised: () => undefined,
      });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "ELOCKED") throw error;
    }
    if (attempt === 1) options.report("Waiting for another process that installs the engine.");
    await sleep(250, undefined, { signal: options.signal });
  }
}
