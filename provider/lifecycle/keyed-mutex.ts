import { Mutex } from "async-mutex";

const queues = new Map<string, Mutex>();

/**
 * Runs the operations on one account or zone one after another: the API has no version to write
 * against, so two that read, merge and write at the same time would undo each other.
 */
export async function runExclusive<T>(key: string, operation: () => Promise<T>): Promise<T> {
  const queue = queues.get(key) ?? new Mutex();
  queues.set(key, queue);
  return queue.runExclusive(operation);
}
