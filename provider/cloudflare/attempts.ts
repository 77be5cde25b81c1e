import type { AxiosError } from "axios";
import { retryAfter, type IAxiosRetryConfig } from "axios-retry";
import type { Limits } from "./limits.js";

/** Failures that are known to pass. 52x are those of Cloudflare's edge. */
const PASSING = (status: number) =>
  status === 408 || (status >= 500 && ![501, 505].includes(status));

/** The API blocks for 300 s at most; to be told to wait longer means something else is wrong. */
const LONGEST_WAIT_MS = 300_000;

/** A wait that a person would notice. */
const NOTICEABLE_MS = 5_000;

/** The connection was never made, so that even a POST can't have arrived. */
const NEVER_ARRIVED = new Set([
  "ECONNREFUSED",
  "ENOTFOUND",
  "EAI_AGAIN",
  "EHOSTUNREACH",
  "ENETUNREACH",
]);

/** Trouble that no repetition mends, although no answer came. */
const LASTING = new Set(["ERR_CANCELED", "ERR_BAD_OPTION", "ERR_BAD_RESPONSE", "ERR_INVALID_URL"]);

/**
 * The tries of one request, and the time that they may take: what repeats, after how long, and when
 * it is enough. Waiting for the pace is no part of it.
 */
export class Attempts {
  #startedAt = 0;
  #wait = 0;
  #troubleMs = 0;
  #rateLimitMs = 0;
  #made = 0;

  /** @param repeatable Whether the request does no harm when it arrives twice. */
  constructor(
    private readonly repeatable: boolean,
    private readonly limits: Limits,
    private readonly tell: (line: string) => void,
  ) {}

  get made(): number {
    return this.#made;
  }

  /** To be called when a try leaves. */
  start(): void {
    this.#startedAt = performance.now();
    this.#made += 1;
  }

  get retryOptions(): IAxiosRetryConfig {
    return {
      retries: this.limits.retries,
      shouldResetTimeout: true,
      retryCondition: (error) => this.#mayRepeat(error),
      retryDelay: () => this.#wait,
      onRetry: (_count, error) => this.#announce(error),
    };
  }

  /** Decides, and sets the wait before the next try. */
  #mayRepeat(error: AxiosError): boolean {
    const status = error.response?.status;
    if (status === 429) return this.#afterRateLimit(error);
    if (!passes(error) || !(this.repeatable || NEVER_ARRIVED.has(error.code ?? ""))) return false;
    this.#wait = Math.max(retryAfter(error), this.#backoff());
    this.#troubleMs += performance.now() - this.#startedAt + this.#wait;
    return this.#wait <= LONGEST_WAIT_MS && this.#troubleMs <= this.limits.maxRetryTime * 1000;
  }

  /** A 429 was refused before anything happened, so any request may be repeated. */
  #afterRateLimit(error: AxiosError): boolean {
    this.#wait = retryAfter(error) || this.#backoff();
    this.#rateLimitMs += this.#wait;
    return (
      this.#wait <= LONGEST_WAIT_MS && this.#rateLimitMs <= this.limits.maxRateLimitTime * 1000
    );
  }

  /** Exponential, with half of it at random, so that many clients do not come back together. */
  #backoff(): number {
    const { minBackoff, maxBackoff } = this.limits;
    const full = Math.min(maxBackoff, minBackoff * 2 ** (this.#made - 1)) * 1000;
    return full / 2 + (Math.random() * full) / 2;
  }

  #announce(error: AxiosError): void {
    if (this.#wait < NOTICEABLE_MS) return;
    const seconds = Math.ceil(this.#wait / 1000);
    const why =
      error.response === undefined ? "gave no answer" : `answered ${error.response.status}`;
    this.tell(`Cloudflare ${why}: trying again in ${seconds} s.`);
  }
}

function passes(error: AxiosError): boolean {
  if (error.response !== undefined) return PASSING(error.response.status);
  return !LASTING.has(error.code ?? "");
}
