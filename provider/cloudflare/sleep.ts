import { setTimeout as delay } from "node:timers/promises";

/** Cloudflare blocks for five minutes; who is told to wait longer has met something else. */
export const MAX_WAIT_MS = 300_000;

/** A wait that a person would notice. */
export const NOTICEABLE_MS = 5_000;

/** Resolves after a while with true, or with false at once where it is told to stop. */
export async function sleep(milliseconds: number, stop: AbortSignal): Promise<boolean> {
  try {
    await delay(milliseconds, undefined, { signal: stop });
    return true;
  } catch {
    return false;
  }
}
