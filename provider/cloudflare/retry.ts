import { CloudflareError } from "./cloudflare-error.js";
import { afterAttempts, CancelledError, RetryableError } from "./error.js";
import type { RetryOptions } from "./retry-options.js";
import { MAX_WAIT_MS, NOTICEABLE_MS, sleep } from "./sleep.js";

export interface RetryContext {
  readonly options: RetryOptions;
  /** Receives a line before a wait that a person notices. */
  readonly log: (line: string) => void;
  /** Ends a wait at once, and with it the retries. */
  readonly signal: AbortSignal;
}

/**
 * Runs an operation until it succeeds, fails for good, or has used up its retry budget: the number of
 * retries, the time that failures other than 429 responses may take, and the time of waits after 429
 * responses.
 *
 * @throws The last error; a `CloudflareError` has the number of attempts and why they ended.
 * @throws CancelledError if the signal aborts before a request failed.
 */
export async function retry<T>(operation: () => Promise<T>, context: RetryContext): Promise<T> {
  const budget = new Budget(context);
  /** The last failed request. A cancellation must not hide it: the request may have been applied. */
  let lastFailure: unknown;
  for (;;) {
    try {
      return await operation();
    } catch (error) {
      if (error instanceof CancelledError && lastFailure !== undefined)
        throw budget.described(lastFailure, "cancelled");
      const wait = budget.waitAfter(error);
      if (wait === undefined) throw budget.described(error);
      if (wait >= NOTICEABLE_MS) context.log(retryMessage(error, wait));
      if (CloudflareError.is(error)) lastFailure = error;
      if (!(await sleep(wait, context.signal)))
        throw lastFailure === undefined
          ? new CancelledError()
          : budget.described(lastFailure, "cancelled");
    }
  }
}

class Budget {
  #attempts = 0;
  #failureMs = 0;
  #rateLimitMs = 0;
  /** Why the retries ended, if another attempt might have helped. */
  #gaveUp: string | undefined;

  constructor(private readonly context: RetryContext) {}

  /** The time to wait before the next attempt; undefined if there must be none. */
  waitAfter(error: unknown): number | undefined {
    this.#attempts += 1;
    if (!isRetryable(error)) return undefined;
    const { retries, maxRateLimitTime, maxRetryTime } = this.context.options;
    const failure = CloudflareError.is(error) ? error.failure : undefined;
    const wait =
      failure?.retryAfter === undefined
        ? backoffMs(this.#attempts, this.context.options)
        : failure.retryAfter * 1000;
    if (failure?.status === 429) this.#rateLimitMs += wait;
    else this.#failureMs += (failure?.durationMs ?? 0) + wait;
    if (this.#attempts > retries) this.#giveUp(retries > 0 && `retries is ${retries}`);
    else if (wait > MAX_WAIT_MS) this.#giveUp(`a wait of ${inSeconds(wait)} is too long`);
    else if (this.#rateLimitMs > maxRateLimitTime * 1000)
      this.#giveUp(`a wait of ${inSeconds(wait)} more exceeds maxRateLimitTime`);
    else if (this.#failureMs > maxRetryTime * 1000)
      this.#giveUp(maxRetryTime > 0 && "another attempt exceeds maxRetryTime");
    else return wait;
    return undefined;
  }

  /** The error with the number of attempts, for the message. */
  described(error: unknown, gaveUp = this.#gaveUp): unknown {
    return CloudflareError.is(error) ? afterAttempts(error, this.#attempts, gaveUp) : error;
  }

  #giveUp(reason: string | false): void {
    if (reason !== false) this.#gaveUp = reason;
  }
}

/**
 * The wait after a failed attempt without a `retry-after` header: exponential, half of it random, so that many
 * clients do not return at the same time.
 *
 * @param attempt The number of the failed attempt, from 1.
 */
export function backoffMs(
  attempt: number,
  { minBackoff, maxBackoff }: Pick<RetryOptions, "minBackoff" | "maxBackoff">,
): number {
  const seconds = Math.min(maxBackoff, minBackoff * 2 ** (attempt - 1));
  const full = Math.min(seconds * 1000, MAX_WAIT_MS);
  return full / 2 + (Math.random() * full) / 2;
}

function isRetryable(error: unknown): boolean {
  return (
    error instanceof RetryableError ||
    (CloudflareError.is(error) && error.failure.isRetryable === true)
  );
}

function retryMessage(error: unknown, wait: number): string {
  return `${eventOf(error)}. Retrying in ${inSeconds(wait)}.`;
}

function eventOf(error: unknown): string {
  if (error instanceof RetryableError) return error.event;
  const status = CloudflareError.is(error) ? error.status : undefined;
  return status === undefined
    ? "Cloudflare did not respond"
    : `Cloudflare responded with ${status}`;
}

function inSeconds(milliseconds: number): string {
  return `${Math.ceil(milliseconds / 1000)} s`;
}
