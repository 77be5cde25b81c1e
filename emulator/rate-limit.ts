/** The limit of Cloudflare's API is 1,200 calls in five minutes, and a block of as long. */
export type RateLimitOptions = {
  /** Calls in a window. Default: 1200. */
  limit?: number;
  /** Length of the window. Default: 300,000. */
  windowMs?: number;
  /** How long every call is refused once one went over. Default: 300,000. */
  blockMs?: number;
  /**
   * How much faster than real time passes: at 100 the window and the block last three seconds.
   * Headers tell what really holds, in whole seconds rounded up, so they are never too short.
   */
  timeScale?: number;
};

/** What a call hears about the limit. */
export type Allowance = {
  headers: Record<string, string>;
  /** Seconds until calls are taken again, when this one is not. */
  retryAfter?: number;
};

type Caller = { calls: number[]; blockedUntil: number };

/** Counts the calls of each credential in a true sliding window. */
export class RateLimiter {
  readonly #limit: number;
  readonly #windowMs: number;
  readonly #blockMs: number;
  readonly #counts: boolean;
  readonly #now: () => number;
  readonly #callers = new Map<string, Caller>();

  /** Without options nothing is counted, and the headers tell of a window that is all but full. */
  constructor(options?: RateLimitOptions, now: () => number = () => performance.now()) {
    const { limit = 1200, windowMs = 300_000, blockMs = 300_000, timeScale = 1 } = options ?? {};
    this.#limit = limit;
    this.#windowMs = windowMs / timeScale;
    this.#blockMs = blockMs / timeScale;
    this.#counts = options !== undefined;
    this.#now = now;
  }

  /** Counts one call. */
  admit(credential: string): Allowance {
    if (!this.#counts) return { headers: this.#headers(this.#limit - 1, this.#windowMs) };
    const now = this.#now();
    const caller = this.#callers.get(credential) ?? { calls: [], blockedUntil: -Infinity };
    this.#callers.set(credential, caller);
    if (now < caller.blockedUntil) return this.#refusal(caller.blockedUntil - now);
    caller.calls = caller.calls.filter((moment) => moment > now - this.#windowMs);
    if (caller.calls.length >= this.#limit) {
      caller.blockedUntil = now + this.#blockMs;
      return this.#refusal(this.#blockMs);
    }
    caller.calls.push(now);
    const oldest = caller.calls[0] ?? now;
    const remaining = this.#limit - caller.calls.length;
    return { headers: this.#headers(remaining, this.#windowMs - (now - oldest)) };
  }

  #refusal(waitMs: number): Allowance {
    return { headers: this.#headers(0, waitMs), retryAfter: wholeSeconds(waitMs) };
  }

  /** `r` calls are left, and `t` seconds later the oldest counted one is forgotten. */
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
