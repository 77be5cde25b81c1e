import { setTimeout as delay } from "node:timers/promises";

/** Cloudflare blocks for at most five minutes. A longer `retry-after` has another cause. */
export const MAX_WAIT_MS = 300_000;

/** A person notices a wait of this length, so it is logged. */
export const NOTICEABLE_MS = 5_000;

/** Resolves with true after the time has passed, or with false as soon as the signal aborts. */
export async function sleep(milliseconds: number, signal: AbortSignal): Promise<boolean> {
  try {
    await delay(milliseconds, undefined, { signal });
    return true;
  } catch {
    return false;
  }
}
