/** Go's duration units, in nanoseconds. */
const NANOSECONDS: Record<string, number> = {
  ns: 1,
  us: 1e3,
  µs: 1e3,
  ms: 1e6,
  s: 1e9,
  m: 60e9,
  h: 3600e9,
};

const PART = /(\d+(?:\.\d+)?)(ns|us|µs|ms|s|m|h)/g;
const WHOLE = /^(?:\d+(?:\.\d+)?(?:ns|us|µs|ms|s|m|h))+$/;

const SECOND = 1e9;

/** Returns the hours of a Go duration (1.5 for `"90m"`), or undefined if the text is not a duration. */
export function durationHours(text: string): number | undefined {
  const nanoseconds = durationNanoseconds(text);
  return nanoseconds === undefined ? undefined : nanoseconds / 3600e9;
}

/** Whether a duration has only minutes and hours, as some settings require. */
export function hasOnlyMinutesAndHours(text: string): boolean {
  return /^(?:\d+(?:\.\d+)?[mh])+$/.test(text);
}

/** Formats a duration as Go prints it: `"24h"` becomes `"24h0m0s"`, `"90s"` becomes `"1m30s"`. */
export function toGoFormat(text: string): string {
  const nanoseconds = durationNanoseconds(text);
  if (nanoseconds === undefined) return text;
  if (nanoseconds === 0) return "0s";
  if (nanoseconds < SECOND) return formatSubsecond(nanoseconds);
  const seconds = nanoseconds / SECOND;
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor((seconds % 3600) / 60);
  const rest = `${seconds % 60}s`;
  if (hours > 0) return `${hours}h${minutes}m${rest}`;
  return minutes > 0 ? `${minutes}m${rest}` : rest;
}

function formatSubsecond(nanoseconds: number): string {
  if (nanoseconds >= 1e6) return `${nanoseconds / 1e6}ms`;
  return nanoseconds >= 1e3 ? `${nanoseconds / 1e3}µs` : `${nanoseconds}ns`;
}

function durationNanoseconds(text: string): number | undefined {
  if (!WHOLE.test(text)) return undefined;
  let total = 0;
  for (const [, amount, unit] of text.matchAll(PART)) {
    total += Number(amount) * (NANOSECONDS[unit ?? ""] ?? 0);
  }
  return total;
}
