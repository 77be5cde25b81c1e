/** How often and how long a failed request is tried again. All times are in seconds. */
export interface RetryOptions {
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
export const DEFAULT_RETRY_OPTIONS: RetryOptions = {
  retries: 10,
  minBackoff: 0.5,
  maxBackoff: 30,
  maxRetryTime: 60,
  maxRateLimitTime: 600,
};

export const RETRY_OPTION_NAMES = Object.keys(DEFAULT_RETRY_OPTIONS) as (keyof RetryOptions)[];

/**
 * Limits from text, each with its default where there is none.
 *
 * @throws Error naming the one that is no number of at least 0.
 */
export function parseRetryOptions(
  find: (name: keyof RetryOptions) => string | undefined,
): RetryOptions {
  const entries = RETRY_OPTION_NAMES.map((name) => {
    const text = find(name);
    if (text === undefined || text.trim() === "")
      return [name, DEFAULT_RETRY_OPTIONS[name]] as const;
    const value = Number(text);
    if (Number.isFinite(value) && value >= 0) return [name, value] as const;
    const unit = name === "retries" ? "a number" : "a number of seconds";
    throw new Error(`${name} must be ${unit}, 0 or more, not ${JSON.stringify(text)}.`);
  });
  return Object.fromEntries(entries) as Record<keyof RetryOptions, number>;
}
