import type { AxiosResponse } from "axios";
import type { Connection } from "./credentials.js";
import { parseEnvelope, readable, type ApiMessage } from "./envelope.js";
import type { CloudflareError } from "./cloudflare-error.js";
import { toCloudflareError } from "./error.js";
import { RateLimiter, type Permits } from "./rate-limiter.js";
import { redactor, withoutValues } from "./redaction.js";
import { retry } from "./retry.js";
import { Transport, type ApiRequest, type Exchange } from "./transport.js";

export type { ApiRequest } from "./transport.js";

/** A successful response: its result, and the API's messages. */
export interface ApiResult {
  readonly result: unknown;
  readonly messages: readonly ApiMessage[];
}

export interface ClientOptions {
  /** Receives a line if the user should know about a wait. */
  readonly log?: (line: string) => void;
  /** Receives one line for each request: method, path, status, time, ray id. Never a credential. */
  readonly onRequest?: (line: string) => void;
  /** Ends every wait at once. A request that was sent is finished, and no other one is sent. */
  readonly signal?: AbortSignal;
  /** Clients of one credential share a rate limiter. */
  readonly rateLimiter?: RateLimiter;
}

/** Sends requests: a client, or an operation of several requests. */
export interface Sender {
  send(request: ApiRequest): Promise<ApiResult>;
}

/** How long a preview waits for the rate limit before it continues without the live object. */
const PREVIEW_WAIT_MS = 5_000;

/** Longer than any text that a person reads. */
const MAX_TEXT = 1000;

/** A client for Cloudflare's API with one set of credentials. */
export class CloudflareClient {
  readonly #connection: Connection;
  readonly #transport: Transport;
  readonly #redact: (text: string) => string;
  readonly #log: (line: string) => void;
  readonly #onRequest: (line: string) => void;
  readonly #signal: AbortSignal;
  readonly #rateLimiter: RateLimiter;

  constructor(connection: Connection, options: ClientOptions = {}) {
    const { log = () => undefined, onRequest, signal = new AbortController().signal } = options;
    this.#connection = connection;
    this.#transport = new Transport(connection);
    this.#redact = redactor(connection.credentials);
    this.#log = log;
    this.#onRequest = onRequest ?? (() => undefined);
    this.#signal = signal;
    this.#rateLimiter = options.rateLimiter ?? new RateLimiter(log, signal);
  }

  /** API names that no request body contains. */
  get neverSend(): ReadonlySet<string> {
    return this.#connection.neverSend;
  }

  /**
   * Sends one request, and retries it. A failed request may have been applied, so it must be safe to repeat.
   *
   * @throws CloudflareError if the API does not respond, or rejects the request.
   */
  send(request: ApiRequest): Promise<ApiResult> {
    return this.sequence(1, (sender) => sender.send(request));
  }

  /**
   * Sends one request once, and only if the rate limit allows it within a few seconds: for a preview.
   *
   * @throws CloudflareError if the API does not respond, or rejects the request.
   * @throws RateLimitedError if the rate limit is exhausted.
   */
  async sendOnce(request: ApiRequest): Promise<ApiResult> {
    const permits = await this.#rateLimiter.acquire(1, PREVIEW_WAIT_MS);
    return this.#exchange(request, permits);
  }

  /**
   * Runs an operation of several requests. A retryable failure of one starts the whole operation again,
   * within one retry budget. The rate limiter admits its usual requests together, so that a write does
   * not wait while the read before it grows old. Each further request is admitted on its own.
   *
   * @param requests The number of requests that the operation usually sends.
   */
  sequence<T>(requests: number, operation: (sender: Sender) => Promise<T>): Promise<T> {
    const attempt = async () => {
      const permits = await this.#rateLimiter.acquire(requests);
      try {
        return await operation({ send: (request) => this.#exchange(request, permits) });
      } finally {
        permits.release();
      }
    };
    const { retryOptions: options } = this.#connection;
    return retry(attempt, { options, log: this.#log, signal: this.#signal });
  }

  async #exchange(request: ApiRequest, permits: Permits): Promise<ApiResult> {
    await permits.use();
    const exchange = await this.#transport.send(request);
    const { response, trouble } = exchange;
    permits.observe(
      response && {
        status: response.status,
        headers: response.headers,
        retryAfterMs: exchange.retryAfterMs ?? 0,
      },
    );
    this.#logRequest(request, exchange);
    if (response === undefined)
      throw this.#error(request, exchange, [], `got no response: ${trouble ?? "unknown reason"}`);
    const envelope = parseEnvelope(response.data ?? "");
    if (envelope === undefined)
      throw this.#error(
        request,
        exchange,
        [],
        describeForeignResponse(response, (text) => this.#redacted(text, request)),
      );
    const { success, result, errors, messages } = envelope;
    const accepted = response.status >= 200 && response.status < 300 && success;
    if (!accepted) throw this.#error(request, exchange, errors);
    return { result, messages: messages.map((message) => this.#shown(message, request)) };
  }

  #error(
    request: ApiRequest,
    exchange: Exchange,
    errors: readonly ApiMessage[],
    trouble?: string,
  ): CloudflareError {
    const { credentials, source } = this.#connection;
    const kind = "apiToken" in credentials ? "API token" : "email and global API key";
    const { response, isRetryable, mayBeApplied, retryAfterMs, durationMs } = exchange;
    // Also with a 2xx status, if the response contains `success: false`.
    const isRejectedByApi = trouble === undefined && !isRetryable;
    return toCloudflareError({
      method: request.method,
      path: request.path,
      status: response?.status,
      errors: errors.map((error) => this.#shown(error, request)),
      rayId: response && rayIdOf(response),
      retryAfter: retryAfterMs === undefined ? undefined : retryAfterMs / 1000,
      trouble: trouble === undefined ? undefined : this.#redacted(trouble, request),
      isRetryable,
      mayBeApplied: mayBeApplied && !isRejectedByApi,
      durationMs,
      attempts: 1,
      credential: `${kind} from the ${source}`,
    });
  }

  /** A message of the API, for a person. It is redacted before it is cut: half a token would not be found. */
  #shown({ code, text, chain }: ApiMessage, request: ApiRequest): ApiMessage {
    return {
      code,
      text: this.#redacted(text, request).slice(0, MAX_TEXT),
      chain: chain.map((link) => this.#shown(link, request)),
    };
  }

  #redacted(text: string, { secrets = [] }: ApiRequest): string {
    return withoutValues(this.#redact(text), secrets);
  }

  #logRequest({ method, path }: ApiRequest, { response, durationMs }: Exchange): void {
    const rayId = response && rayIdOf(response);
    const parts = [
      method,
      path,
      response?.status ?? "no response",
      `${Math.round(durationMs)} ms`,
      ...(rayId === undefined ? [] : [`ray ${rayId}`]),
    ];
    this.#onRequest(parts.join(" "));
  }
}

function rayIdOf({ headers }: AxiosResponse): string | undefined {
  const rayId: unknown = headers["cf-ray"];
  return typeof rayId === "string" && /^[0-9a-f]{16}(?:-[A-Z]{3})?$/i.test(rayId)
    ? rayId
    : undefined;
}

function describeForeignResponse(
  { status, data, headers }: AxiosResponse<string | undefined>,
  redact: (text: string) => string,
): string {
  if (status >= 300 && status < 400)
    return `was redirected (${status}). Redirects are not followed, because they would carry the credentials elsewhere`;
  const body = readable(redact(data ?? "")); // before it is cut
  if (body === "")
    return `got ${status} with an empty body, which is not a response of Cloudflare's API`;
  const type = readable(redact(String(headers["content-type"] ?? "no content type")));
  return `got ${status} with a body that is not a response of Cloudflare's API (${type.slice(0, 80)}): ${body.slice(0, 80)}`;
}
