/** Cloudflare allows 1,200 requests in five minutes, and then blocks a client for five minutes. */
export type RateLimitOptions = {
  /** Requests in a window. Default: 1200. */
  limit?: number;
  /** Length of the window in milliseconds. Default: 300,000. */
  windowMs?: number;
  /** Milliseconds for which every request is rejected after the limit is exceeded. Default: 300,000. */
  blockMs?: number;
  /**
   * Factor by which window and block are shortened: at 100, both last three seconds. Headers have the
   * shortened times in whole seconds, rounded up.
   */
  timeScale?: number;
};

/** Whether a request is within the limit, and the headers of its response. */
export type RateLimitDecision = {
  headers: Record<string, string>;
  /** Seconds until requests are accepted again, if this one is rejected. */
  retryAfter?: number;
};

type Client = { requests: number[]; blockedUntil: number };

/** Counts the requests of each credential in a sliding window. */
export class RateLimiter {
  readonly #limit: number;
  readonly #windowMs: number;
  readonly #blockMs: number;
  readonly #counts: boolean;
  readonly #now: () => number;
  readonly #clients = new Map<string, Client>();

  /** Without options, no request is rejected, and the headers say that one request was counted. */
  constructor(options?: RateLimitOptions, now: () => number = () => performance.now()) {
    const { limit = 1200, windowMs = 300_000, blockMs = 300_000, timeScale = 1 } = options ?? {};
    this.#limit = limit;
    this.#windowMs = windowMs / timeScale;
    this.#blockMs = blockMs / timeScale;
    this.#counts = options !== undefined;
    this.#now = now;
  }

  /** Counts one request. */
  admit(credential: string): RateLimitDecision {
    if (!this.#counts) return { headers: this.#headers(this.#limit - 1, this.#windowMs) };
    const now = this.#now();
    const client = this.#clients.get(credential) ?? { requests: [], blockedUntil: -Infinity };
    this.#clients.set(credential, client);
    if (now < client.blockedUntil) return this.#rejection(client.blockedUntil - now);
    client.requests = client.requests.filter((moment) => moment > now - this.#windowMs);
    if (client.requests.length >= this.#limit) {
      client.blockedUntil = now + this.#blockMs;
      return this.#rejection(this.#blockMs);
    }
    client.requests.push(now);
    const oldest = client.requests[0] ?? now;
    const remaining = this.#limit - client.requests.length;
    return { headers: this.#headers(remaining, this.#windowMs - (now - oldest)) };
  }

  #rejection(waitMs: number): RateLimitDecision {
    return { headers: this.#headers(0, waitMs), retryAfter: wholeSeconds(waitMs) };
  }

  /** `r` requests are left, and after `t` seconds the oldest request leaves the window. */
  #headers(remaining: number, resetMs: number): Record<string, string> {
    return {
      ratelimit: `"default";r=${remaining};t=${wholeSeconds(resetMs)}`,
      "ratelimit-policy": `"default";q=${this.#limit};w=${wholeSeconds(this.#windowMs)}`,
    };
  }
}

function wholeSeconds(milliseconds: number): number {
  return Math.max(1, Math.ceil(milliseconds / 1000));
}
