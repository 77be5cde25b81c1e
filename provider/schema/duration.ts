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

// A whole duration, and one of its parts.
const DURATION = /^[+-]?(?:(?:\d+\.?\d*|\.\d+)(?:ns|us|\u00b5s|\u03bcs|ms|s|m|h))+$/;
const PART = /(\d*)(?:\.(\d*))?(ns|us|\u00b5s|\u03bcs|ms|s|m|h)/g;

/** Longer text is not a duration. The bound keeps hostile input from costing time. */
const MAX_LENGTH = 100;

/**
 * Parses a Go duration ("24h", "1h30m", "1.5h", "0") into nanoseconds; undefined if the text is not one.
 * A bigint, because a number cannot represent a year of nanoseconds exactly.
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

/** The units of a duration, in their order. */
export function unitsOf(text: string): string[] {
  return [...text.matchAll(PART)].map(([, , , unit = ""]) => unit);
}

/**
 * Converts a duration to the units that a setting accepts: the API may return "36h" as "36h0m0s" and
 * reject that in requests. Text that has no such form stays unchanged.
 */
export function inUnits(text: string, units: readonly string[]): string {
  const length = parseDuration(text);
  const isAccepted = unitsOf(text).every((unit) => units.includes(unit));
  if (length === undefined || length < 0n || isAccepted) return text;
  let rest = length;
  let converted = "";
  for (const [unit, nanoseconds] of Object.entries(NANOSECONDS).reverse()) {
    if (!units.includes(unit) || rest < nanoseconds) continue;
    converted += `${rest / nanoseconds}${unit}`;
    rest %= nanoseconds;
  }
  if (rest !== 0n) return text;
  return converted === "" ? `0${units[0] ?? ""}` : converted;
}
