import { setMaxListeners } from "node:events";
import http from "node:http";
import https from "node:https";
import axios, {
  AxiosError,
  AxiosHeaders,
  isAxiosError,
  type AxiosAdapter,
  type AxiosResponse,
  type InternalAxiosRequestConfig,
} from "axios";
import { retryAfter } from "axios-retry";
import { Attempts } from "./retry.js";
import type { Connection } from "./credentials.js";
import { RequestTimeout } from "./request-timeout.js";
import { Effort } from "./effort.js";
import { Outdated } from "./error.js";
import type { RateLimitResponse, RateLimiter } from "./rate-limiter.js";
import { VERSION } from "./version.js";

export interface ApiRequest {
  readonly method: "GET" | "POST" | "PUT";
  /** Below the base URL, with a leading slash. */
  readonly path: string;
  readonly query?: Readonly<Record<string, string | number | boolean>>;
  readonly body?: unknown;
  /** Whether it does no harm when it arrives twice. By default a POST is not, all else is. */
  readonly repeatable?: boolean;
  /** Whether an answer is only worth having at once: tried once, and not if its turn is seconds off. */
  readonly hurried?: boolean;
  /** How long it may wait, for its turn or to be repeated, before what it says must be looked at anew. */
  readonly freshForMs?: number;
  /** What it has taken so far, where it takes the place of one that waited for too long. */
  readonly effort?: Effort;
}

type ApiResponse = AxiosResponse<string | undefined>;

/** What came of a request: an answer with any status, or the reason why there is none. */
export interface Outcome {
  readonly response?: ApiResponse;
  readonly trouble?: string;
  /** Whether it was not sent, since it waited for too long. */
  readonly outdated?: boolean;
  readonly tries: number;
  /** Why it was not tried again, where that might have helped. */
  readonly gaveUp?: string | undefined;
}

/** What requests share. */
export interface TransportOptions {
  readonly pace: RateLimiter;
  readonly tell: (line: string) => void;
  readonly stop: AbortSignal;
}

/** How long one try may take in all: a limit on silence alone never ends an answer that trickles. */
const TRY_TIMEOUT_MS = 30_000;
/** Far more than any answer of these endpoints, and little enough to hold in memory. */
const MAX_ANSWER_BYTES = 8 * 1024 * 1024;

/**
 * The part of axios that speaks HTTP. An instance around it would merge what never differs for every
 * call, which takes a fifth of a read's processor time (docs/performance.md).
 */
const overHttp: AxiosAdapter = axios.getAdapter("http");

/** One try. An answer that breaks off counts as none, whatever its status. */
async function transmit(config: InternalAxiosRequestConfig): Promise<ApiResponse> {
  const deadline = new RequestTimeout(TRY_TIMEOUT_MS);
  try {
    return await overHttp({ ...config, signal: deadline });
  } catch (error) {
    if (deadline.aborted) throw new AxiosError("not whole in time", "ETIMEDOUT", config);
    if (!isAxiosError(error) || error.response === undefined || error.response.data !== undefined)
      throw error;
    throw new AxiosError("the answer broke off", "ECONNRESET", config, error.request);
  } finally {
    deadline.clear();
  }
}

/** Sends requests over HTTP: authorized, in turn, and again where that may help. Never throws. */
export class Transport {
  readonly #connection: Connection;
  readonly #options: TransportOptions;
  /** What every request has in common. */
  readonly #shared: Omit<InternalAxiosRequestConfig, "headers">;

  constructor(connection: Connection, options: TransportOptions) {
    this.#connection = connection;
    this.#options = options;
    setMaxListeners(0, options.stop); // one for each wait
    this.#shared = {
      baseURL: connection.baseUrl,
      maxRedirects: 0, // a redirect would carry the credentials elsewhere
      // Plain http is for loopback addresses, and through a proxy it would leave the machine.
      ...(connection.baseUrl.startsWith("http:") ? { proxy: false } : {}),
      maxContentLength: MAX_ANSWER_BYTES,
      // The body is parsed by the caller, so that whatever is not the API's can be named.
      responseType: "text",
      validateStatus: (status) => status >= 200 && status < 300,
      httpAgent: new http.Agent({ keepAlive: true }),
      httpsAgent: new https.Agent({ keepAlive: true }),
    };
  }

  async send(request: ApiRequest): Promise<Outcome> {
    const { hurried = false, freshForMs } = request;
    const attempts = this.#attempts(request);
    const attempt = () => {
      attempts.start();
      return transmit(this.#config(request));
    };
    // What grows old goes first: behind a thousand looks, a PUT would have to look again.
    const priority = freshForMs === undefined ? 0 : 1;
    const inTurn = () => this.#options.pace.run(attempt, listen, { priority, hurried });
    try {
      return { response: await attempts.repeat(inTurn), tries: attempts.made };
    } catch (error) {
      const { made: tries, gaveUp } = attempts;
      const response = isAxiosError<string | undefined>(error) ? error.response : undefined;
      if (response !== undefined) return { response, tries, gaveUp };
      // An error of axios holds the request with its credentials: only its words go on.
      return { outdated: error instanceof Outdated, trouble: reasonOf(error), tries, gaveUp };
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

  #attempts(request: ApiRequest): Attempts {
    const { method, repeatable, hurried, freshForMs, effort } = request;
    const { limits } = this.#connection;
    const { tell, stop } = this.#options;
    return new Attempts({
      repeatable: repeatable ?? method !== "POST",
      freshForMs: freshForMs ?? Infinity,
      effort: effort ?? new Effort(),
      limits: hurried === true ? { ...limits, retries: 0 } : limits,
      tell,
      stop,
    });
  }
}

function authorization({ credentials }: Connection): Record<string, string> {
  return "apiToken" in credentials
    ? { Authorization: `Bearer ${credentials.apiToken}` }
    : { "X-Auth-Email": credentials.email, "X-Auth-Key": credentials.apiKey };
}

/** What the pace learns from an outcome. */
function listen(outcome: AxiosResponse | undefined, error: unknown): RateLimitResponse | undefined {
  const axiosError = isAxiosError(error) ? error : undefined;
  const response = outcome ?? axiosError?.response;
  if (response === undefined) return undefined;
  const retryAfterMs = axiosError === undefined ? 0 : retryAfter(axiosError);
  return { status: response.status, headers: response.headers, retryAfterMs };
}

function reasonOf(error: unknown): string {
  const code = isAxiosError(error) ? error.code : undefined;
  if (code === "ECONNABORTED" || code === "ETIMEDOUT")
    return `none within ${TRY_TIMEOUT_MS / 1000} seconds`;
  const message = error instanceof Error ? error.message : "";
  if (message.startsWith("maxContentLength")) return "what came is larger than 8 MiB";
  return message === "" ? (code ?? "unknown reason") : message;
}
