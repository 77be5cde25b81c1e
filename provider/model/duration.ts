const NANOSECONDS: Readonly<Record<string, bigint>> = {
  ns: 1n,
  us: 1_000n,
  "\u00b5s": 1_000n, // micro sign
  "\u03bcs": 1_000n, // Greek mu; Go takes both
  ms: 1_000_000n,
  s: 1_000_000_000n,
  m: 60_000_000_000n,
  h: 3_600_000_000_000n,
};

// The two halves of one grammar: a whole duration, and one of its parts.
const DURATION = /^[+-]?(?:(?:\d+\.?\d*|\.\d+)(?:ns|us|\u00b5s|\u03bcs|ms|s|m|h))+$/;
const PART = /(\d*)(?:\.(\d*))?(ns|us|\u00b5s|\u03bcs|ms|s|m|h)/g;

/** Longer text is no duration; the bound keeps hostile input from costing time. */
const MAX_LENGTH = 100;

/**
 * The length of a Go duration ("24h", "1h30m", "1.5h", "0") in nanoseconds, or undefined where the
 * text is none. A bigint, since a year of nanoseconds is beyond what a number holds exactly.
 */
export function parseDuration(text: string): bigint | undefined {
  if (text.length > MAX_LENGTH) return undefined;
  if (/^[+-]?0$/.test(text)) return 0n;
  if (!DURATION.test(text)) return undefined;
  let total = 0n;
  for (const [, whole = "", fraction = "", unit = ""] of text.matchAll(PART)) {
    const nanoseconds = NANOSECONDS[unit] ?? 0n;
    total += BigInt(whole || "0") * nanoseconds;
    total += (BigInt(fraction || "0") * nanoseconds) / 10n ** BigInt(fraction.length);
  }
  return text.startsWith("-") ? -total : total;
}

/** The units that a duration is written in, in the order of their use. */
export function unitsOf(text: string): string[] {
  return [...text.matchAll(PART)].map(([, , , unit = ""]) => unit);
}
