import { once, setMaxListeners } from "node:events";
import { Mutex } from "async-mutex";
import { readRateLimit, readRateLimitPolicy, type RateLimitPolicy } from "./rate-limit-headers.js";
import { CancelledError } from "./error.js";
import { MAX_WAIT_MS, NOTICEABLE_MS, sleep } from "./sleep.js";

/** Cloudflare's documented limit for one user or token, for responses that name none. */
const DOCUMENTED: RateLimitPolicy = { quota: 1200, windowSeconds: 300 };

/** The share of a window that is left to other clients, such as the dashboard. */
const RESERVE = 0.01;

/** What the limiter learns from a response. */
export interface RateLimitResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  /** The `retry-after` header in milliseconds. */
  readonly retryAfterMs: number;
}

/** A permit is not available within the time that the caller can wait. */
export class RateLimitedError extends Error {
  /** @param waitMs Infinite if only a pending response can tell. */
  constructor(waitMs: number) {
    super(
      Number.isFinite(waitMs)
        ? `Cloudflare's rate limit is exhausted: the next request has to wait ${Math.ceil(waitMs / 1000)} s.`
        : "Cloudflare has not responded to an earlier request yet, which tells how many requests the rate limit allows.",
    );
  }
}

/** The time at which a request was admitted. */
interface Admission {
  readonly at: number;
}

/** Permits for the requests of one operation. Unused ones go back with `release`. */
export interface Permits {
  /**
   * Uses a permit, and acquires another one if all are used.
   *
   * @throws CancelledError if the signal has aborted.
   */
  use(): Promise<void>;
  /** Reports the response to a request; undefined if there was none. */
  observe(response: RateLimitResponse | undefined): void;
  release(): void;
}

/**
 * Keeps all requests of one credential below Cloudflare's rate limit: exceeding it blocks every request
 * for five minutes. The first operation is admitted alone, until a response tells the remaining quota.
 * After that, requests are sent as fast as the quota allows. Responses without the headers are limited by counting.
 */
export class RateLimiter {
  readonly #queue = new Mutex();
  readonly #log: (line: string) => void;
  readonly #signal: AbortSignal;
  /** Acquired permits, until the response to their request or their release. */
  #pending = 0;
  /** The times of requests, as long as responses do not say what remains. */
  #sent: Admission[] = [];
  #policy = DOCUMENTED;
  #known: { readonly remaining: number | undefined; readonly resetAt: number } | undefined;
  #blockedUntil = 0;
  #waiting: (() => void)[] = [];

  /** @param signal Ends every wait at once. */
  constructor(log: (line: string) => void, signal: AbortSignal) {
    this.#log = log;
    this.#signal = signal;
    setMaxListeners(0, signal); // one for each wait
    signal.addEventListener("abort", () => this.#wake());
  }

  /**
   * Acquires permits for an operation's requests, all at the same time.
   *
   * @param maxWaitMs A bounded wait does not queue: behind patient operations it would take as long as theirs.
   * @throws CancelledError if the signal aborts first.
   * @throws RateLimitedError if the wait would be longer than `maxWaitMs`.
   */
  async acquire(count: number, maxWaitMs = Infinity): Promise<Permits> {
    const unused = await this.#admit(count, maxWaitMs);
    return {
      use: async () => {
        if (this.#signal.aborted) throw new CancelledError();
        if (unused.pop() === undefined) await this.#admit(1, maxWaitMs);
      },
      observe: (response) => this.#observe(response),
      release: () => {
        this.#pending -= unused.length;
        this.#sent = this.#sent.filter((admission) => !unused.includes(admission));
        unused.length = 0;
        this.#wake();
      },
    };
  }

  async #admit(count: number, maxWaitMs: number): Promise<Admission[]> {
    // Passing through the queue takes as long as the rest of this method, and usually it is empty.
    if (!this.#queue.isLocked() && this.#waitMs(count) <= 0) return this.#take(count);
    if (Number.isFinite(maxWaitMs)) return this.#wait(count, maxWaitMs);
    return this.#queue.runExclusive(() => this.#wait(count, maxWaitMs));
  }

  async #wait(count: number, maxWaitMs: number): Promise<Admission[]> {
    const deadline = performance.now() + maxWaitMs;
    let isLogged = false;
    for (;;) {
      if (this.#signal.aborted) throw new CancelledError();
      const wait = this.#waitMs(count);
      if (wait <= 0) return this.#take(count);
      const left = deadline - performance.now();
      if (left <= 0 || (Number.isFinite(wait) && wait > left)) throw new RateLimitedError(wait);
      if (!isLogged && Number.isFinite(wait) && wait >= NOTICEABLE_MS) {
        isLogged = true;
        this.#log(
          `Cloudflare allows ${this.#policy.quota} requests in ${this.#policy.windowSeconds} s. Waiting ${Math.ceil(wait / 1000)} s for the next one.`,
        );
      }
      await this.#change(Math.min(wait, left));
    }
  }

  #take(count: number): Admission[] {
    this.#pending += count;
    const taken = Array.from({ length: count }, () => ({ at: Date.now() }));
    if (this.#known?.remaining === undefined) this.#sent.push(...taken);
    return taken;
  }

  /** How long an operation must wait; infinite if only a pending response can tell. */
  #waitMs(count: number): number {
    const now = Date.now();
    if (now < this.#blockedUntil) return this.#blockedUntil - now;
    if (this.#known === undefined) return this.#pending === 0 ? 0 : Infinity;
    const { remaining, resetAt } = this.#known;
    if (remaining === undefined) return this.#countedWaitMs(now, count);
    const reserve = Math.ceil(this.#policy.quota * RESERVE);
    // A response does not count requests that were pending when it was sent: ours, and as many of another
    // process. With 20 remaining, 3 pending and 2 wanted, at least 20 - 2 * (3 + 1) = 12 remain before the last.
    const atLeast = remaining - 2 * (this.#pending + count - 1);
    if (atLeast > reserve) return 0;
    if (this.#pending > 0) return Infinity;
    // After the window's end, one operation finds out what remains by then.
    return Math.max(0, resetAt - now);
  }

  #countedWaitMs(now: number, count: number): number {
    const { quota, windowSeconds } = this.#policy;
    const windowMs = windowSeconds * 1000;
    this.#sent = this.#sent.filter(({ at }) => now - at < windowMs);
    const allowed = Math.max(Math.floor(quota * (1 - RESERVE)), count);
    const oldest = this.#sent[Math.max(0, this.#sent.length + count - allowed - 1)];
    const isFull = this.#sent.length + count > allowed;
    return isFull && oldest !== undefined ? oldest.at + windowMs - now : 0;
  }

  #observe(response: RateLimitResponse | undefined): void {
    this.#pending -= 1;
    if (response === undefined) this.#countUnanswered();
    else {
      const now = Date.now();
      const limit = readRateLimit(response.headers);
      const policy = readRateLimitPolicy(response.headers);
      if (policy !== undefined && bounded(policy.windowSeconds * 1000) > 0) this.#policy = policy;
      if (limit === undefined && now < (this.#known?.resetAt ?? 0)) this.#countUnanswered();
      else {
        const resetMs = bounded((limit?.resetSeconds ?? 0) * 1000);
        this.#known = { remaining: limit?.left, resetAt: now + resetMs };
      }
      if (response.status === 429)
        this.#blockedUntil = Math.max(this.#blockedUntil, now + bounded(response.retryAfterMs));
    }
    this.#wake();
  }

  /**
   * Counts a request whose response says nothing, such as an error page of Cloudflare's edge. The API may
   * have counted it, so the earlier information holds until its reset.
   */
  #countUnanswered(): void {
    if (this.#known?.remaining === undefined) return;
    this.#known = { ...this.#known, remaining: this.#known.remaining - 1 };
  }

  /** Waits until a permit may be free: after the time, or as soon as a response or a cancellation changes it. */
  async #change(atMostMs: number): Promise<void> {
    const changed = new AbortController();
    this.#waiting.push(() => changed.abort());
    if (Number.isFinite(atMostMs)) await sleep(atMostMs, changed.signal);
    else await once(changed.signal, "abort");
  }

  #wake(): void {
    for (const wake of this.#waiting.splice(0)) wake();
  }
}

/** A longer wait is not a rate limit: the next request is sent and reports the rejection. */
function bounded(milliseconds: number): number {
  return milliseconds <= MAX_WAIT_MS ? milliseconds : 0;
}
