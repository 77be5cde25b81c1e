import type { AxiosResponse } from "axios";
import type { Connection } from "./credentials.js";
import { parseEnvelope, readable, type ApiMessage } from "./envelope.js";
import { CloudflareError, Outdated } from "./error.js";
import { RateLimiter } from "./rate-limiter.js";
import { redactor } from "./redaction.js";
import { Transport, type ApiRequest, type Outcome } from "./transport.js";

export type { ApiRequest } from "./transport.js";

/** A successful answer: its result, and what the API said besides. */
export interface ApiResult {
  readonly result: unknown;
  readonly messages: readonly ApiMessage[];
}

export interface ClientOptions {
  /** Gets a line where the user should know of a wait. */
  readonly log?: (line: string) => void;
  /** Gets one line for each request: method, path, status, time, ray id. Never a credential. */
  readonly onRequest?: (line: string) => void;
  /** Ends every wait at once; what is under way is finished. */
  readonly signal?: AbortSignal;
  /** Keeps below the rate limit; clients of one credential share it. */
  readonly rateLimiter?: RateLimiter;
}

/** Longer than anything that is meant to be read. */
const MAX_TEXT = 1000;

/** Speaks Cloudflare's API with one set of credentials: its envelope, and its errors. */
export class CloudflareClient {
  readonly #connection: Connection;
  readonly #transport: Transport;
  readonly #redact: (text: string) => string;
  readonly #onRequest: (line: string) => void;

  constructor(connection: Connection, options: ClientOptions = {}) {
    const {
      log: tell = () => undefined,
      onRequest,
      signal: stop = new AbortController().signal,
    } = options;
    const pace = options.rateLimiter ?? new RateLimiter(tell, stop);
    this.#connection = connection;
    this.#transport = new Transport(connection, { pace, tell, stop });
    this.#redact = redactor(connection.credentials);
    this.#onRequest = onRequest ?? (() => undefined);
  }

  /** Wire names that are left out of every body. */
  get neverSend(): ReadonlySet<string> {
    return this.#connection.neverSend;
  }

  /**
   * @throws CloudflareError where there is no answer of the API, or one that refuses.
   * @throws Outdated where it was not sent, since it had to wait for longer than it stays fresh.
   */
  async send(request: ApiRequest): Promise<ApiResult> {
    const startedAt = performance.now();
    const outcome = await this.#transport.send(request);
    if (outcome.outdated === true) throw new Outdated();
    this.#log(request, outcome, performance.now() - startedAt);
    const { response, trouble } = outcome;
    if (response === undefined)
      throw this.#error(request, outcome, [], `got no answer: ${trouble ?? "unknown reason"}`);
    const envelope = parseEnvelope(response.data ?? "");
    if (envelope === undefined)
      throw this.#error(request, outcome, [], notTheApi(response, this.#redact));
    const { success, result, errors, messages } = envelope;
    const accepted = response.status >= 200 && response.status < 300 && success;
    if (!accepted) throw this.#error(request, outcome, errors);
    return { result, messages: messages.map((message) => this.#redacted(message)) };
  }

  #error(
    { method, path }: ApiRequest,
    { response, tries, gaveUp }: Outcome,
    errors: readonly ApiMessage[],
    trouble?: string,
  ): CloudflareError {
    const { credentials, source } = this.#connection;
    const kind = "apiToken" in credentials ? "API token" : "email and global API key";
    return new CloudflareError({
      method,
      path,
      status: response?.status,
      errors: errors.map((error) => this.#redacted(error)),
      rayId: response && rayIdOf(response),
      retryAfter: response && retryAfterOf(response),
      trouble: trouble === undefined ? undefined : this.#redact(trouble),
      tries,
      gaveUp,
      credential: `${kind} from the ${source}`,
    });
  }

  /** What the API says, fit to be shown. It is cut only then: half a token would not be found. */
  #redacted({ code, text, chain }: ApiMessage): ApiMessage {
    return {
      code,
      text: this.#redact(text).slice(0, MAX_TEXT),
      chain: chain.map((link) => this.#redacted(link)),
    };
  }

  #log({ method, path }: ApiRequest, { response, tries }: Outcome, milliseconds: number): void {
    const rayId = response && rayIdOf(response);
    const parts = [
      method,
      path,
      response?.status ?? "no answer",
      `${Math.round(milliseconds)} ms`,
      ...(tries > 1 ? [`${tries} tries`] : []),
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

function retryAfterOf({ headers }: AxiosResponse): number | undefined {
  const seconds: unknown = headers["retry-after"];
  return typeof seconds === "string" && /^\d{1,6}$/.test(seconds) ? Number(seconds) : undefined;
}

function notTheApi(
  { status, data, headers }: AxiosResponse<string | undefined>,
  redact: (text: string) => string,
): string {
  if (status >= 300 && status < 400)
    return `was redirected (${status}), which is not followed since it would carry the credentials elsewhere`;
  const body = readable(redact(data ?? "")); // before it is cut
  if (body === "")
    return `got ${status} with an empty body, which is no answer of Cloudflare's API`;
  const type = readable(redact(String(headers["content-type"] ?? "no content type")));
  return `got ${status} with something that is no answer of Cloudflare's API (${type.slice(0, 80)}): ${body.slice(0, 80)}`;
}
