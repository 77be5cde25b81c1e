import http from "node:http";
import https from "node:https";
import axios, {
  AxiosError,
  AxiosHeaders,
  isAxiosError,
  type AxiosAdapter,
  type AxiosResponse,
  type GenericAbortSignal,
  type InternalAxiosRequestConfig,
} from "axios";
import { isNetworkError, retryAfter } from "axios-retry";
import type { Connection } from "./credentials.js";
import { VERSION } from "./version.js";

export interface ApiRequest {
  readonly method: "GET" | "POST" | "PUT";
  /** The path below the base URL, with a leading slash. */
  readonly path: string;
  readonly query?: Readonly<Record<string, string | number | boolean>>;
  readonly body?: unknown;
  /** Values in the body that no message may repeat. */
  readonly secrets?: readonly string[];
}

export type ApiResponse = AxiosResponse<string | undefined>;

/** The outcome of one attempt: a response with any status, or the reason why there is none. */
export interface Exchange {
  readonly response?: ApiResponse;
  readonly trouble?: string;
  /** Whether another attempt may succeed. */
  readonly isRetryable: boolean;
  /** Whether the request may have been applied. True for a success. */
  readonly mayBeApplied: boolean;
  readonly retryAfterMs?: number;
  readonly durationMs: number;
}

/** The limit for one attempt in total. An idle timeout would not end a response that arrives slowly. */
const ATTEMPT_TIMEOUT_MS = 30_000;
/** Far more than any response of these endpoints. */
const MAX_RESPONSE_BYTES = 8 * 1024 * 1024;

/** No connection was made, so the request cannot have arrived. */
const NEVER_SENT = new Set([
  "ECONNREFUSED",
  "ENOTFOUND",
  "EAI_AGAIN",
  "EHOSTUNREACH",
  "ENETUNREACH",
]);
/** The code of an attempt that exceeded `ATTEMPT_TIMEOUT_MS`. */
const ATTEMPT_TIMEOUT = "ATTEMPT_TIMEOUT";
/** Errors without a response that another attempt does not change. */
const PERMANENT = new Set([
  "ERR_CANCELED",
  "ERR_BAD_OPTION",
  "ERR_BAD_RESPONSE",
  "ERR_INVALID_URL",
]);

/**
 * The part of axios that speaks HTTP. A whole instance merges the same configuration for every request,
 * which takes a fifth of a read's CPU time (docs/maintainers/performance.md).
 */
const httpAdapter: AxiosAdapter = axios.getAdapter("http");

/** Sends requests over HTTP, each once. Never throws. */
export class Transport {
  readonly #connection: Connection;
  readonly #shared: Omit<InternalAxiosRequestConfig, "headers">;

  constructor(connection: Connection) {
    this.#connection = connection;
    this.#shared = {
      baseURL: connection.baseUrl,
      maxRedirects: 0, // a redirect would carry the credentials elsewhere
      // Plain http is only for loopback addresses, and a proxy would take it off the machine.
      ...(connection.baseUrl.startsWith("http:") ? { proxy: false } : {}),
      maxContentLength: MAX_RESPONSE_BYTES,
      // The caller parses the body, so that it can say what is not a response of the API.
      responseType: "text",
      validateStatus: (status) => status >= 200 && status < 300,
      httpAgent: new http.Agent({ keepAlive: true }),
      httpsAgent: new https.Agent({ keepAlive: true }),
    };
  }

  async send(request: ApiRequest): Promise<Exchange> {
    const startedAt = performance.now();
    const durationMs = () => performance.now() - startedAt;
    try {
      const response = await this.#transmit(this.#config(request));
      return { response, isRetryable: false, mayBeApplied: true, durationMs: durationMs() };
    } catch (error) {
      // An axios error contains the request with its credentials: only its text goes on.
      return { ...failed(error), durationMs: durationMs() };
    }
  }

  /** A response that breaks off counts as none, whatever its status. */
  async #transmit(config: InternalAxiosRequestConfig): Promise<ApiResponse> {
    const timeout = new RequestTimeout(ATTEMPT_TIMEOUT_MS);
    try {
      return await httpAdapter({ ...config, signal: timeout });
    } catch (error) {
      if (timeout.aborted) throw new AxiosError("timeout", ATTEMPT_TIMEOUT, config);
      if (!isAxiosError(error) || error.response === undefined || error.response.data !== undefined)
        throw error;
      throw new AxiosError("the response broke off", "ECONNRESET", config, error.request);
    } finally {
      timeout.clear();
    }
  }

  #config({ method, path, query, body }: ApiRequest): InternalAxiosRequestConfig {
    const headers = new AxiosHeaders({
      ...authorization(this.#connection),
      Accept: "application/json",
      "User-Agent": `pulumi-cloudflare-zero-trust/${VERSION}`,
    });
    if (body !== undefined) headers.setContentType("application/json");
    const data = body === undefined ? undefined : JSON.stringify(body);
    return { ...this.#shared, method, url: path, params: query, headers, data };
  }
}

function authorization({ credentials }: Connection): Record<string, string> {
  return "apiToken" in credentials
    ? { Authorization: `Bearer ${credentials.apiToken}` }
    : { "X-Auth-Email": credentials.email, "X-Auth-Key": credentials.apiKey };
}

function failed(error: unknown): Omit<Exchange, "durationMs"> {
  if (!isAxiosError<string | undefined>(error))
    return { trouble: reasonOf(error), isRetryable: false, mayBeApplied: true };
  const { response, code = "" } = error;
  if (response === undefined)
    return {
      trouble: reasonOf(error),
      isRetryable:
        NEVER_SENT.has(code) ||
        code === ATTEMPT_TIMEOUT ||
        code === "ECONNABORTED" || // axios-retry takes it for a timeout of axios
        (isNetworkError(error) && !PERMANENT.has(code)),
      mayBeApplied: !NEVER_SENT.has(code),
    };
  const retryAfterMs = retryAfter(error);
  return {
    response,
    isRetryable: response.status === 429 || isTransient(response.status),
    mayBeApplied: isTransient(response.status),
    ...(retryAfterMs > 0 ? { retryAfterMs } : {}),
  };
}

/** 52x are statuses of Cloudflare's edge. */
function isTransient(status: number): boolean {
  return status === 408 || (status >= 500 && ![501, 505].includes(status));
}

function reasonOf(error: unknown): string {
  const code = isAxiosError(error) ? error.code : undefined;
  if (code === ATTEMPT_TIMEOUT) return `timed out after ${ATTEMPT_TIMEOUT_MS / 1000} seconds`;
  const message = error instanceof Error ? error.message : "";
  if (message.startsWith("maxContentLength")) return "the response is larger than 8 MiB";
  return message === "" ? (code ?? "unknown reason") : message;
}

type Listener = (reason?: unknown) => void;

/**
 * Aborts a request after a time. It implements only the methods of a signal that axios calls: an
 * `AbortController` for each request takes longer (docs/maintainers/performance.md).
 */
class RequestTimeout implements GenericAbortSignal {
  #passed = false;
  #listener: Listener | undefined;
  readonly #timer: NodeJS.Timeout;

  constructor(milliseconds: number) {
    this.#timer = setTimeout(() => {
      this.#passed = true;
      this.#listener?.();
    }, milliseconds);
  }

  get aborted(): boolean {
    return this.#passed;
  }

  addEventListener(_: "abort", listener: Listener): void {
    this.#listener = listener;
  }

  removeEventListener(): void {
    this.#listener = undefined;
  }

  /** Stops the timer after the request. */
  clear(): void {
    clearTimeout(this.#timer);
  }
}
