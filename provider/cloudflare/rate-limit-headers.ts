/** The rate limit of a response. */
export interface RateLimit {
  /** The number of requests that remain in the current window. */
  readonly left: number;
  /** The number of seconds until the window ends. */
  readonly resetSeconds: number;
}

/** The quota of a window. */
export interface RateLimitPolicy {
  readonly quota: number;
  readonly windowSeconds: number;
}

type Headers = Readonly<Record<string, unknown>>;

/** `Ratelimit: "default";r=50;t=30`; of several limits, the one with the fewest remaining requests. */
export function readRateLimit(headers: Headers): RateLimit | undefined {
  const limits = splitItems(headers.ratelimit).flatMap((item) => {
    const [left, resetSeconds] = [numberOf(/;\s*r=(\d+)/, item), numberOf(/;\s*t=(\d+)/, item)];
    return left === undefined || resetSeconds === undefined ? [] : [{ left, resetSeconds }];
  });
  return limits.sort((one, other) => one.left - other.left)[0];
}

/** `Ratelimit-Policy: "default";q=1200;w=300`; of several policies, the one with the lowest rate. */
export function readRateLimitPolicy(headers: Headers): RateLimitPolicy | undefined {
  const policies = splitItems(headers["ratelimit-policy"]).flatMap((item) => {
    const [quota, windowSeconds] = [numberOf(/;\s*q=(\d+)/, item), numberOf(/;\s*w=(\d+)/, item)];
    return quota === undefined || !windowSeconds ? [] : [{ quota, windowSeconds }];
  });
  return policies.sort((one, other) => rateOf(one) - rateOf(other))[0];
}

function rateOf({ quota, windowSeconds }: RateLimitPolicy): number {
  return quota / windowSeconds;
}

/** The items of a structured header list with their parameters. */
function splitItems(header: unknown): string[] {
  return typeof header === "string" ? header.split(",") : [];
}

/** A numeric parameter of an item. */
function numberOf(parameter: RegExp, item: string): number | undefined {
  const [, digits] = parameter.exec(item) ?? [];
  return digits === undefined ? undefined : Number(digits);
}
