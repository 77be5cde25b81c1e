import type { AxiosResponse } from "axios";
import type { Connection } from "./credentials.js";
import { parseEnvelope, type ApiMessage } from "./envelope.js";
import { CloudflareError } from "./error.js";
import { redactor } from "./redaction.js";
import { Transport, type ApiRequest, type Outcome } from "./transport.js";

export type { ApiRequest } from "./transport.js";

/** A successful answer: its result, and what the API said besides. */
export interface Answer {
  readonly result: unknown;
  readonly messages: readonly ApiMessage[];
}

export interface ClientOptions {
  /** Gets a line where the user should know of a wait. */
  readonly tell?: (line: string) => void;
  /** Gets one line for each request: method, path, status, time, ray id. Never a credential. */
  readonly onRequest?: (line: string) => void;
}

/** Speaks Cloudflare's API with one set of credentials: its envelope, and its errors. */
export class CloudflareClient {
  readonly #connection: Connection;
  readonly #transport: Transport;
  readonly #redact: (text: string) => string;
  readonly #onRequest: (line: string) => void;

  constructor(connection: Connection, { tell, onRequest }: ClientOptions = {}) {
    this.#connection = connection;
    this.#transport = new Transport(connection, tell ?? (() => undefined));
    this.#redact = redactor(connection.credentials);
    this.#onRequest = onRequest ?? (() => undefined);
  }

  /** Wire names that are left out of every body. */
  get neverSend(): ReadonlySet<string> {
    return this.#connection.neverSend;
  }

  /** @throws CloudflareError where there is no answer of the API, or one that refuses. */
  async send(request: ApiRequest): Promise<Answer> {
    const startedAt = performance.now();
    const outcome = await this.#transport.send(request);
    this.#log(request, outcome, performance.now() - startedAt);
    const { response, trouble } = outcome;
    if (response === undefined)
      throw this.#error(request, outcome, [], `got no answer: ${trouble ?? "unknown reason"}`);
    const envelope = parseEnvelope(response.data ?? "");
    if (envelope === undefined) throw this.#error(request, outcome, [], notTheApi(response));
    const { success, result, errors, messages } = envelope;
    const accepted = response.status >= 200 && response.status < 300 && success;
    if (!accepted) throw this.#error(request, outcome, errors);
    return { result, messages };
  }

  #error(
    { method, path }: ApiRequest,
    { response, tries }: Outcome,
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
      trouble: trouble === undefined ? undefined : this.#redact(trouble),
      tries,
      credential: `${kind} from the ${source}`,
    });
  }

  #redacted({ code, text, chain }: ApiMessage): ApiMessage {
    return { code, text: this.#redact(text), chain: chain.map((link) => this.#redacted(link)) };
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

function rayIdOf(response: AxiosResponse): string | undefined {
  const rayId: unknown = response.headers["cf-ray"];
  return typeof rayId === "string" ? rayId : undefined;
}

function notTheApi({ status, data, headers }: AxiosResponse<string | undefined>): string {
  if (status >= 300 && status < 400)
    return `was redirected (${status}), which is not followed since it would carry the credentials elsewhere`;
  const body = (data ?? "").trim();
  if (body === "")
    return `got ${status} with an empty body, which is no answer of Cloudflare's API`;
  const type = String(headers["content-type"] ?? "no content type");
  const start = body.replace(/\s+/g, " ").slice(0, 80);
  return `got ${status} with something that is no answer of Cloudflare's API (${type}): ${start}`;
}
