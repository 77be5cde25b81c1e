import { isAxiosError, type AxiosError } from "axios";
import { isNetworkError, retryAfter } from "axios-retry";
import type { Effort } from "./effort.js";
import { Outdated } from "./error.js";
import type { RetryOptions } from "./retry-options.js";
import { MAX_WAIT_MS, NOTICEABLE_MS, sleep } from "./sleep.js";

/** Failures that are known to pass. 52x are those of Cloudflare's edge. */
const PASSING = (status: number) =>
  status === 408 || (status >= 500 && ![501, 505].includes(status));

/** The connection was never made, so that even a POST can't have arrived. */
const NEVER_ARRIVED = new Set([
  "ECONNREFUSED",
  "ENOTFOUND",
  "EAI_AGAIN",
  "EHOSTUNREACH",
  "ENETUNREACH",
]);

/** No answer in time. */
const TOO_LATE = new Set(["ECONNABORTED", "ETIMEDOUT"]);

/** Trouble that no repetition mends, although no answer came. */
const LASTING = new Set(["ERR_CANCELED", "ERR_BAD_OPTION", "ERR_BAD_RESPONSE", "ERR_INVALID_URL"]);

export interface AttemptsOptions {
  /** Whether the request does no harm when it arrives twice. */
  readonly repeatable: boolean;
  /** How old the request may be when it leaves, for the first time or again. */
  readonly freshForMs: number;
  readonly effort: Effort;
  readonly limits: RetryOptions;
  /** Gets a line before a wait that a person would notice. */
  readonly tell: (line: string) => void;
  /** Ends a wait at once, and with it the attempts. */
  readonly stop: AbortSignal;
}

/**
 * The tries of one request, and the time that they may take: what repeats, after how long, and when
 * it is enough. Waiting for the pace is no part of it.
 */
export class Attempts {
  readonly #askedAt = performance.now();
  #startedAt = 0;
  #gaveUp: string | undefined;

  constructor(private readonly options: AttemptsOptions) {}

  get made(): number {
    return this.options.effort.tries;
  }

  /** Why there was no further try, where one might have helped. */
  get gaveUp(): string | undefined {
    return this.#gaveUp;
  }

  /**
   * To be called when a try leaves.
   *
   * @throws Outdated where it waited for too long.
   */
  start(): void {
    const { effort, freshForMs } = this.options;
    const now = performance.now();
    if (now - this.#askedAt > freshForMs) throw new Outdated();
    this.#startedAt = now;
    effort.tries += 1;
  }

  /** Tries until it succeeds, or until it is enough. */
  async repeat<T>(attempt: () => Promise<T>): Promise<T> {
    for (;;) {
      try {
        return await attempt();
      } catch (error) {
        if (!isAxiosError(error) || !(await this.#isWorthwhile(error))) throw error;
      }
    }
  }

  /** Decides whether to try again, and waits until then. */
  async #isWorthwhile(error: AxiosError): Promise<boolean> {
    if (mayHaveArrived(error)) this.options.effort.mayHaveArrived = true;
    const wait = this.#waitAfter(error);
    if (wait === undefined || !this.#isWithinRetries() || !this.#isWithinBudget(error, wait))
      return false;
    if (wait >= NOTICEABLE_MS) this.#announce(error, wait);
    return (await sleep(wait, this.options.stop)) || this.#giveUp("told to stop");
  }

  /** How long to wait before the next try; undefined where none is to be made. */
  #waitAfter(error: AxiosError): number | undefined {
    const isRefused = error.response?.status === 429;
    // A 429 was refused before anything happened, so any request may be repeated.
    const repeats = isRefused || this.options.repeatable || NEVER_ARRIVED.has(error.code ?? "");
    if (!repeats || !(isRefused || passes(error))) return undefined;
    return retryAfter(error) || this.#backoff();
  }

  #isWithinRetries(): boolean {
    const { retries } = this.options.limits;
    if (this.made <= retries) return true;
    return retries > 0 && this.#giveUp(`retries is ${retries}`);
  }

  #isWithinBudget(error: AxiosError, wait: number): boolean {
    const { maxRateLimitTime, maxRetryTime } = this.options.limits;
    const { cost } = this.options.effort;
    const isRefused = error.response?.status === 429;
    if (isRefused) cost.rateLimitMs += wait;
    else cost.troubleMs += performance.now() - this.#startedAt + wait;
    if (wait > MAX_WAIT_MS) return this.#giveUp(`${inSeconds(wait)} is too long to wait`);
    if (cost.rateLimitMs > maxRateLimitTime * 1000)
      return this.#giveUp(`to wait ${inSeconds(wait)} more is beyond maxRateLimitTime`);
    if (cost.troubleMs > maxRetryTime * 1000)
      return maxRetryTime > 0 && this.#giveUp("more is beyond maxRetryTime");
    return true;
  }

  #giveUp(reason: string): false {
    this.#gaveUp = reason;
    return false;
  }

  /** Exponential, with half of it at random, so that many clients do not come back together. */
  #backoff(): number {
    const { minBackoff, maxBackoff } = this.options.limits;
    const full = Math.min(maxBackoff, minBackoff * 2 ** (this.made - 1)) * 1000;
    return full / 2 + (Math.random() * full) / 2;
  }

  #announce(error: AxiosError, wait: number): void {
    const why =
      error.response === undefined ? "gave no answer" : `answered ${error.response.status}`;
    this.options.tell(`Cloudflare ${why}: trying again in ${inSeconds(wait)}.`);
  }
}

function inSeconds(milliseconds: number): string {
  return `${Math.ceil(milliseconds / 1000)} s`;
}

/** Whether a try may have taken effect, although it failed. */
function mayHaveArrived({ response, code }: AxiosError): boolean {
  return response === undefined ? !NEVER_ARRIVED.has(code ?? "") : PASSING(response.status);
}

function passes(error: AxiosError): boolean {
  if (error.response !== undefined) return PASSING(error.response.status);
  const code = error.code ?? "";
  if (NEVER_ARRIVED.has(code) || TOO_LATE.has(code)) return true;
  return isNetworkError(error) && !LASTING.has(code);
}
