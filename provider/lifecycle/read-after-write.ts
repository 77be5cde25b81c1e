import type { ApiObject } from "../schema/values.js";

/** When each object was last changed by this process, as the API answered it. */
const written = new Map<string, string>();

/** Remembers the answer of a write. */
export function recordWrite(path: string, { updated_at: updatedAt }: ApiObject): void {
  if (typeof updatedAt === "string") written.set(path.toLowerCase(), updatedAt);
}

/**
 * Whether an answer shows an object as it was before this process wrote to it: the API may answer
 * with old data for a while. A body made from it would write old values back.
 */
export function isStale(path: string, live: ApiObject | undefined): boolean {
  const ours = written.get(path.toLowerCase());
  const theirs = live?.updated_at;
  if (ours === undefined || typeof theirs !== "string") return false;
  return Date.parse(theirs) < Date.parse(inPrecisionOf(theirs, ours));
}

/** Where an answer names whole seconds only, parts of a second say nothing. */
function inPrecisionOf(other: string, time: string): string {
  return /\.\d/.test(other) ? time : time.replace(/\.\d+/, "");
}
