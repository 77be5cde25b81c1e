/** The retry budget of one operation. All times are in seconds. */
export interface RetryOptions {
  /** The maximum number of retries of one operation. */
  readonly retries: number;
  /** The longest wait before the first retry. It doubles with each retry; half of it is random. */
  readonly minBackoff: number;
  /** The longest wait between two attempts, unless the API asks for a longer one. */
  readonly maxBackoff: number;
  /** The total time that one operation may spend on retried failures other than 429 responses. */
  readonly maxRetryTime: number;
  /** The total time that one operation may wait after 429 responses. */
  readonly maxRateLimitTime: number;
}

/** The first three have the names of Cloudflare's own provider. */
export const DEFAULT_RETRY_OPTIONS: RetryOptions = {
  retries: 10,
  minBackoff: 0.5,
  maxBackoff: 30,
  maxRetryTime: 60,
  maxRateLimitTime: 600,
};

export const RETRY_OPTION_NAMES = Object.keys(DEFAULT_RETRY_OPTIONS) as (keyof RetryOptions)[];

/**
 * Parses the options, each with its default.
 *
 * @throws Error that names the option that is not a number of at least 0.
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
