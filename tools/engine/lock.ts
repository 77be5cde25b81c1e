import { mkdir } from "node:fs/promises";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import lockfile from "proper-lockfile";
import type { ResolvedOptions } from "./options.js";

/** Runs the work while no other process on this cache folder does. */
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
  for (let waiting = false; ; waiting = true) {
    options.signal.throwIfAborted();
    try {
      return await lockfile.lock(options.cacheFolder, {
        lockfilePath: path.join(options.cacheFolder, "lock"),
        // The holder renews its lock every five seconds, so that a killed one is soon found out.
        stale: 20_000,
        update: 5_000,
        // A lock lost to a long sleep of the machine costs a second build, no more.
        onCompromised: () => undefined,
      });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "ELOCKED") throw error;
    }
    if (!waiting) options.report("Another process is making the engine; waiting for it.");
    await sleep(250, undefined, { signal: options.signal });
  }
}
