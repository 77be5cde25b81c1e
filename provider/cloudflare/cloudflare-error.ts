import type { ApiMessage } from "./envelope.js";

/*
 * The error class alone: a program loads it with the resources, and everything that renders its messages only
 * with the client.
 */

/** The facts about a failed request. */
export interface Failure {
  readonly method: string;
  /** The path below the base URL. */
  readonly path: string;
  /** Absent without a response. */
  readonly status?: number | undefined;
  readonly errors: readonly ApiMessage[];
  readonly rayId?: string | undefined;
  /** The `retry-after` header, in seconds. */
  readonly retryAfter?: number | undefined;
  /** Why the response is missing or unusable: a reset, a timeout, a proxy's page. */
  readonly trouble?: string | undefined;
  /** Whether another attempt may succeed. */
  readonly isRetryable?: boolean;
  /** Whether the API may have applied the request although it failed. */
  readonly mayBeApplied?: boolean;
  /** How long the attempt took. */
  readonly durationMs?: number;
  /** How often the operation was attempted. */
  readonly attempts: number;
  /** Why the retries ended, if another attempt might have helped. */
  readonly gaveUp?: string | undefined;
  /** The kind of credential and its source; never the credential. */
  readonly credential: string;
  /** What the caller knows about the cause. */
  readonly explanation?: string;
}

/** A failed request to Cloudflare's API. The message is for a person and contains no credential. */
export class CloudflareError extends Error {
  /** Works across two copies of this package, unlike `instanceof`. */
  readonly isCloudflareError = true;
  override readonly name = "CloudflareError";
  /** The HTTP status; undefined without a response. */
  readonly status: number | undefined;
  /** The error codes of Cloudflare's response, without those of their causes (`error_chain`). */
  readonly codes: readonly number[];
  /** The ray id of the response, by which Cloudflare's support finds the request. */
  readonly rayId: string | undefined;

  constructor(
    message: string,
    readonly failure: Failure,
  ) {
    super(message);
    this.status = failure.status;
    this.codes = failure.errors.flatMap(({ code }) => (code === undefined ? [] : [code]));
    this.rayId = failure.rayId;
  }

  static is(error: unknown): error is CloudflareError {
    return error instanceof Error && (error as Partial<CloudflareError>).isCloudflareError === true;
  }
}
