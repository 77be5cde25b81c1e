import { Mutex } from "async-mutex";
import { MAX_WAIT_MS, NOTICEABLE_MS, sleep } from "./sleep.js";
import { readRateLimit, readRateLimitPolicy, type RateLimitPolicy } from "./rate-limit-headers.js";

/** Cloudflare's limit for one user or token, for answers that name none. */
const DOCUMENTED: RateLimitPolicy = { quota: 1200, windowSeconds: 300 };

/** The share of a window that is left to others: the dashboard counts too, and so do other processes. */
const RESERVE = 0.01;

/** What an answer tells: its headers, or that there was none. */
export interface RateLimitResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  /** How long the API asks to wait. */
  readonly retryAfterMs: number;
}

/** A call was told to stop while it waited for its turn. */
export class Cancelled extends Error {
  override readonly message = "told to stop while it waited for Cloudflare's rate limit";
}

/** The turn of a call that is in a hurry is too far off. */
class NotSoon extends Error {
  constructor(milliseconds: number) {
    super(
      `the next call would wait ${Math.ceil(milliseconds / 1000)} s for Cloudflare's rate limit`,
    );
  }
}

/**
 * Keeps all calls of one credential below Cloudflare's rate limit, since going over it blocks every
 * call for five minutes. The first call goes alone and tells what is left of the window; from then on
 * calls go as fast as that allows. Answers without the headers are paced by counting.
 */
export class RateLimiter {
  /** Calls pass one after another: those that grow old first, else in the order in which they came. */
  readonly #gate = new Mutex();
  readonly #tell: (line: string) => void;
  readonly #stop: AbortSignal;
  #inFlight = 0;
  /** Sent calls, by time, while nothing but counting tells what is left. */
  #sent: number[] = [];
  #policy = DOCUMENTED;
  #heard: { readonly left: number | undefined; readonly resetAt: number } | undefined;
  #blockedUntil = 0;
  #waiting: (() => void)[] = [];

  /** @param stop Ends every wait at once. */
  constructor(tell: (line: string) => void, stop: AbortSignal) {
    this.#tell = tell;
    this.#stop = stop;
  }

  /**
   * Runs a call when its turn comes, and learns from what `listen` makes of its outcome. One of a higher
   * priority goes before all others that wait. One in a hurry stands in no queue: there it would wait
   * as long as the most patient call before it.
   *
   * @throws Stopped where it was told to stop before its turn came.
   * @throws NotSoon where it is in a hurry and the rate limit would make it wait for a while.
   */
  async run<T>(
    call: () => Promise<T>,
    listen: (outcome: T | undefined, error: unknown) => RateLimitResponse | undefined,
    { priority = 0, hurried = false } = {},
  ): Promise<T> {
    // Mostly nobody waits, and to stand in line takes as long as all else that is done here.
    if (!this.#gate.isLocked() && this.#waitMs() <= 0) this.#leave();
    else if (hurried) await this.#turn(NOTICEABLE_MS);
    else await this.#gate.runExclusive(() => this.#turn(Infinity), priority);
    try {
      const outcome = await call();
      this.#learn(listen(outcome, undefined));
      return outcome;
    } catch (error) {
      this.#learn(listen(undefined, error));
      throw error;
    }
  }

  async #turn(patienceMs: number): Promise<void> {
    let told = false;
    let waited = 0;
    for (let wait = this.#waitMs(); wait > 0; wait = this.#waitMs()) {
      if (!Number.isFinite(wait)) {
        await this.#change();
        continue;
      }
      if (waited + wait > patienceMs) throw new NotSoon(wait);
      if (!told && wait >= NOTICEABLE_MS) {
        told = true;
        this.#tell(
          `Cloudflare takes ${this.#policy.quota} calls in ${this.#policy.windowSeconds} s: waiting ${Math.ceil(wait / 1000)} s for the next.`,
        );
      }
      const changed = new AbortController();
      void this.#change().then(() => changed.abort());
      const since = performance.now();
      await sleep(wait, AbortSignal.any([this.#stop, changed.signal]));
      waited += performance.now() - since;
      if (this.#stop.aborted) throw new Cancelled();
    }
    this.#leave();
  }

  /** Counts a call whose turn has come. */
  #leave(): void {
    this.#inFlight += 1;
    if (this.#heard?.left === undefined) this.#sent.push(Date.now());
  }

  /** How long the next call must wait; infinitely where only an answer under way can tell. */
  #waitMs(): number {
    const now = Date.now();
    if (now < this.#blockedUntil) return this.#blockedUntil - now;
    if (this.#heard === undefined) return this.#inFlight === 0 ? 0 : Infinity;
    const { left, resetAt } = this.#heard;
    if (left === undefined) return this.#countedWaitMs(now);
    const reserve = Math.ceil(this.#policy.quota * RESERVE);
    // Another process may have as many under way.
    if (left - 2 * this.#inFlight > reserve) return 0;
    if (this.#inFlight > 0) return Infinity;
    // The window has moved on: one call finds out what is left by now.
    return Math.max(0, resetAt - now);
  }

  #countedWaitMs(now: number): number {
    const { quota, windowSeconds } = this.#policy;
    const windowMs = windowSeconds * 1000;
    this.#sent = this.#sent.filter((time) => now - time < windowMs);
    const oldest = this.#sent[0];
    const full = this.#sent.length >= Math.floor(quota * (1 - RESERVE));
    return full && oldest !== undefined ? oldest + windowMs - now : 0;
  }

  #learn(heard: RateLimitResponse | undefined): void {
    this.#inFlight -= 1;
    if (heard === undefined) this.#countUntold();
    else {
      const now = Date.now();
      const limit = readRateLimit(heard.headers);
      const policy = readRateLimitPolicy(heard.headers);
      if (policy !== undefined && bearable(policy.windowSeconds * 1000) > 0) this.#policy = policy;
      if (limit === undefined && now < (this.#heard?.resetAt ?? 0)) this.#countUntold();
      else {
        const resetMs = bearable((limit?.resetSeconds ?? 0) * 1000);
        this.#heard = { left: limit?.left, resetAt: now + resetMs };
      }
      if (heard.status === 429)
        this.#blockedUntil = Math.max(this.#blockedUntil, now + bearable(heard.retryAfterMs));
    }
    for (const wake of this.#waiting.splice(0)) wake();
  }

  /**
   * A call without an answer may have been counted all the same, and so may one whose answer tells
   * nothing, such as an error page of Cloudflare's edge: what was told before holds until its reset.
   */
  #countUntold(): void {
    if (this.#heard?.left === undefined) return;
    this.#heard = { ...this.#heard, left: this.#heard.left - 1 };
  }

  /** Resolves when an answer arrives, or none will. */
  #change(): Promise<void> {
    return new Promise((resolve) => this.#waiting.push(resolve));
  }
}

/** What is too long to wait is not waited for: the next call meets the refusal, and says so. */
function bearable(milliseconds: number): number {
  return milliseconds <= MAX_WAIT_MS ? milliseconds : 0;
}
