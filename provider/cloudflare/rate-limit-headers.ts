/** What an answer says about the rate limit. */
export interface RateLimit {
  /** How many calls are left in the present window. */
  readonly left: number;
  /** After how many seconds there are more. */
  readonly resetSeconds: number;
}

/** How many calls a window takes. */
export interface RateLimitPolicy {
  readonly quota: number;
  readonly windowSeconds: number;
}

type Headers = Readonly<Record<string, unknown>>;

/** `Ratelimit: "default";r=50;t=30`; of several limits the one with the fewest calls left. */
export function readRateLimit(headers: Headers): RateLimit | undefined {
  const limits = items(headers.ratelimit).flatMap(({ r, t }) =>
    r === undefined || t === undefined ? [] : [{ left: r, resetSeconds: t }],
  );
  return limits.sort((one, other) => one.left - other.left)[0];
}

/** `Ratelimit-Policy: "default";q=1200;w=300`; of several policies the one that lets the fewest pass. */
export function readRateLimitPolicy(headers: Headers): RateLimitPolicy | undefined {
  const policies = items(headers["ratelimit-policy"]).flatMap(({ q, w }) =>
    q === undefined || w === undefined || w === 0 ? [] : [{ quota: q, windowSeconds: w }],
  );
  return policies.sort((one, other) => rateOf(one) - rateOf(other))[0];
}

function rateOf({ quota, windowSeconds }: RateLimitPolicy): number {
  return quota / windowSeconds;
}

/** The numeric parameters of each item of a structured header list. */
function items(header: unknown): Readonly<Record<string, number>>[] {
  if (typeof header !== "string") return [];
  return header
    .split(",")
    .map((item) =>
      Object.fromEntries(
        [...item.matchAll(/;\s*([a-z]+)=(\d+)/g)].map(([, name = "", value]) => [
          name,
          Number(value),
        ]),
      ),
    );
}
