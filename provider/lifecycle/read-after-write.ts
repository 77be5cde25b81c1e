import type { LiveObject } from "../schema/codec.js";

/** The version of each object after the last write of this process. */
const written = new Map<string, string>();

export function recordWrite(path: string, { version }: LiveObject): void {
  if (version !== undefined) written.set(path, version);
}

/**
 * Whether a response is older than the last write of this process, or than the version in Pulumi's state.
 * The API may return old data for a while, and a request built from it would write old values back.
 */
export function isStale(
  path: string,
  live: LiveObject | undefined,
  recordedVersion: string | undefined,
): boolean {
  const version = live?.version;
  if (version === undefined) return false;
  return [written.get(path), recordedVersion].some(
    (known) =>
      known !== undefined && Date.parse(version) < Date.parse(inPrecisionOf(version, known)),
  );
}

/** If a response has whole seconds only, fractions of a second cannot be compared. */
function inPrecisionOf(other: string, time: string): string {
  return /\.\d/.test(other) ? time : time.replace(/\.\d+/, "");
}
