import { Mutex } from "async-mutex";

const mutexes = new Map<string, Mutex>();

/**
 * Runs the operations with one key of this process one after another. The API has no version to write against, so two
 * operations that read, merge and write at the same time would undo each other.
 */
export async function runExclusive<T>(key: string, operation: () => Promise<T>): Promise<T> {
  const mutex = mutexes.get(key) ?? new Mutex();
  mutexes.set(key, mutex);
  return mutex.runExclusive(operation);
}
