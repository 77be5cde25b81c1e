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

/**
 * The same length in the units that a setting takes: what was written as "36h" may be answered as
 * "36h0m0s", which is not taken back. Text that can't be said in those units stays as it is.
 */
export function inUnits(text: string, units: readonly string[]): string {
  const length = parseDuration(text);
  const isTaken = unitsOf(text).every((unit) => units.includes(unit));
  if (length === undefined || length < 0n || isTaken) return text;
  let rest = length;
  let said = "";
  for (const [unit, nanoseconds] of Object.entries(NANOSECONDS).reverse()) {
    if (!units.includes(unit) || rest < nanoseconds) continue;
    said += `${rest / nanoseconds}${unit}`;
    rest %= nanoseconds;
  }
  if (rest !== 0n) return text;
  return said === "" ? `0${units[0] ?? ""}` : said;
}
