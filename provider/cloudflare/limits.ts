/** How often and how long a failed request is tried again. All times are in seconds. */
export interface Limits {
  /** How often one request is repeated at most. */
  readonly retries: number;
  /** The first wait before a repetition; each further one doubles, with jitter. */
  readonly minBackoff: number;
  /** The longest wait between two repetitions, where the API names none itself. */
  readonly maxBackoff: number;
  /** How long network errors and 5xx are borne in all, for one request. */
  readonly maxRetryTime: number;
  /** How long one request waits in all where the API says that the rate limit is reached. */
  readonly maxRateLimitTime: number;
}

/** The first three are named as in Cloudflare's own provider. */
export const DEFAULT_LIMITS: Limits = {
  retries: 10,
  minBackoff: 0.5,
  maxBackoff: 30,
  maxRetryTime: 60,
  maxRateLimitTime: 600,
};

export const LIMIT_NAMES = Object.keys(DEFAULT_LIMITS) as (keyof Limits)[];

/**
 * Limits from text, each with its default where there is none.
 *
 * @throws Error naming the one that is no number of at least 0.
 */
export function parseLimits(find: (name: keyof Limits) => string | undefined): Limits {
  const entries = LIMIT_NAMES.map((name) => {
    const text = find(name);
    if (text === undefined || text.trim() === "") return [name, DEFAULT_LIMITS[name]] as const;
    const value = Number(text);
    if (Number.isFinite(value) && value >= 0) return [name, value] as const;
    const unit = name === "retries" ? "a number" : "a number of seconds";
    throw new Error(`${name} must be ${unit}, 0 or more, not ${JSON.stringify(text)}.`);
  });
  return Object.fromEntries(entries) as Record<keyof Limits, number>;
}
