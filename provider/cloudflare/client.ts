import http from "node:http";
import https from "node:https";
import axios, { isAxiosError, type AxiosInstance, type AxiosResponse } from "axios";
import type { Connection } from "./credentials.js";
import { parseEnvelope, type ApiMessage, type Envelope } from "./envelope.js";
import { CloudflareError, type Failure } from "./error.js";
import { VERSION } from "./version.js";

export interface ApiRequest {
  readonly method: "GET" | "POST" | "PUT";
  /** Below the base URL, with a leading slash. */
  readonly path: string;
  readonly query?: Readonly<Record<string, string | number | boolean>>;
  readonly body?: unknown;
}

/** A successful answer: its result, and what the API said besides. */
export interface Answer {
  readonly result: unknown;
  readonly messages: readonly ApiMessage[];
}

export interface ClientOptions {
  /** Gets one line for each request: method, path, status, time, ray id. Never a credential. */
  readonly onRequest?: (line: string) => void;
}

/** How long one try may take. */
const TRY_TIMEOUT_MS = 30_000;
/** Far more than any answer of these endpoints, and little enough to hold in memory. */
const MAX_ANSWER_BYTES = 8 * 1024 * 1024;

/** Sends requests to Cloudflare's API with one set of credentials. Throws CloudflareError. */
export class CloudflareClient {
  readonly #http: AxiosInstance;
  readonly #connection: Connection;
  readonly #onRequest: ClientOptions["onRequest"];

  constructor(connection: Connection, options: ClientOptions = {}) {
    this.#connection = connection;
    this.#onRequest = options.onRequest;
    this.#http = axios.create({
      baseURL: connection.baseUrl,
      headers: {
        ...authorization(connection),
        "User-Agent": `pulumi-cloudflare-zero-trust/${VERSION}`,
      },
      timeout: TRY_TIMEOUT_MS,
      maxRedirects: 0, // a redirect would carry the credentials elsewhere
      maxContentLength: MAX_ANSWER_BYTES,
      validateStatus: () => true,
      // The body is parsed here, so that whatever is not the API's envelope can be named.
      responseType: "text",
      transformResponse: (body: unknown) => body,
      httpAgent: new http.Agent({ keepAlive: true }),
      httpsAgent: new https.Agent({ keepAlive: true }),
    });
  }

  get neverSend(): ReadonlySet<string> {
    return this.#connection.neverSend;
  }

  async send(request: ApiRequest): Promise<Answer> {
    const startedAt = performance.now();
    const response = await this.#transmit(request, startedAt);
    this.#log(request, startedAt, `${response.status}`, rayIdOf(response));
    const envelope = parseEnvelope(response.data ?? "");
    const succeeded = response.status >= 200 && response.status < 300;
    if (envelope === undefined) throw this.#error(request, response, [], notTheApi(response));
    if (!succeeded || !envelope.success) throw this.#error(request, response, envelope.errors);
    return answerOf(envelope);
  }

  async #transmit(
    request: ApiRequest,
    startedAt: number,
  ): Promise<AxiosResponse<string | undefined>> {
    const { method, path, query = {}, body } = request;
    try {
      return await this.#http.request<string | undefined>({
        method,
        url: path,
        params: query,
        data: body,
      });
    } catch (error) {
      const code = isAxiosError(error) ? error.code : undefined;
      this.#log(request, startedAt, code ?? "failed");
      // The original error holds the request with its credentials, so it is not passed on as a cause.
      throw this.#error(request, undefined, [], `got no answer: ${reasonOf(error, code)}`);
    }
  }

  #error(
    { method, path }: ApiRequest,
    response: AxiosResponse | undefined,
    errors: readonly ApiMessage[],
    trouble?: string,
  ): CloudflareError {
    const failure: Failure = {
      method,
      path,
      status: response?.status,
      errors: errors.map((error) => this.#redacted(error)),
      rayId: response && rayIdOf(response),
      trouble: trouble === undefined ? undefined : this.#redact(trouble),
      credential: `${"apiToken" in this.#connection.credentials ? "API token" : "email and global API key"} from the ${this.#connection.source}`,
    };
    return new CloudflareError(failure);
  }

  #redacted({ code, text, chain }: ApiMessage): ApiMessage {
    return { code, text: this.#redact(text), chain: chain.map((link) => this.#redacted(link)) };
  }

  /** A proxy or an echoing server may put the credential into what it answers. */
  #redact(text: string): string {
    const { credentials } = this.#connection;
    const secret = "apiToken" in credentials ? credentials.apiToken : credentials.apiKey;
    const forms = [secret, encodeURIComponent(secret), Buffer.from(secret).toString("base64")];
    return forms.reduce((redacted, form) => redacted.replaceAll(form, "[redacted]"), text);
  }

  #log({ method, path }: ApiRequest, startedAt: number, outcome: string, rayId?: string): void {
    const milliseconds = Math.round(performance.now() - startedAt);
    this.#onRequest?.(
      `${method} ${path} ${outcome} ${milliseconds} ms${rayId === undefined ? "" : ` ray ${rayId}`}`,
    );
  }
}

function authorization({ credentials }: Connection): Record<string, string> {
  return "apiToken" in credentials
    ? { Authorization: `Bearer ${credentials.apiToken}` }
    : { "X-Auth-Email": credentials.email, "X-Auth-Key": credentials.apiKey };
}

function answerOf({ result, messages }: Envelope): Answer {
  return { result, messages };
}

function rayIdOf(response: AxiosResponse): string | undefined {
  const rayId: unknown = response.headers["cf-ray"];
  return typeof rayId === "string" ? rayId : undefined;
}

function reasonOf(error: unknown, code: string | undefined): string {
  if (code === "ECONNABORTED" || code === "ETIMEDOUT")
    return `none within ${TRY_TIMEOUT_MS / 1000} seconds`;
  return error instanceof Error && error.message !== ""
    ? error.message
    : (code ?? "unknown reason");
}

function notTheApi({ status, data, headers }: AxiosResponse<string | undefined>): string {
  const body = (data ?? "").trim();
  if (status >= 300 && status < 400)
    return `was redirected (${status}), which is not followed since it would carry the credentials elsewhere`;
  if (body === "")
    return `got ${status} with an empty body, which is no answer of Cloudflare's API`;
  const type = String(headers["content-type"] ?? "no content type");
  const start = body.replace(/\s+/g, " ").slice(0, 80);
  return `got ${status} with something that is no answer of Cloudflare's API (${type}): ${start}`;
}
