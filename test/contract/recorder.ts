import {
  createServer,
  request,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type ServerResponse,
} from "node:http";
import type { AddressInfo } from "node:net";

/** One request and its answer, as they went over the wire. */
export interface Exchange {
  readonly verb: string;
  /** Below the base URL, without the query. */
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  readonly headers: Readonly<IncomingHttpHeaders>;
  /** Parsed, or the text where it is no JSON; undefined where there is none. */
  readonly body: unknown;
  readonly status: number;
  readonly contentType: string | undefined;
  readonly answer: unknown;
  /** Whether the provider sent it, and not a test that wanted to hear a refusal. */
  readonly isOurs: boolean;
}

/** Marks a request that only asks for an answer. */
export const PROBE = { "x-probe": "yes" };

/** Something that stands between a client and the emulator and notes down all that passes. */
export interface Recorder {
  readonly baseUrl: string;
  readonly exchanges: readonly Exchange[];
  close(): Promise<void>;
}

/** Starts a recorder in front of a base URL. */
export async function startRecorder(behind: string): Promise<Recorder> {
  const exchanges: Exchange[] = [];
  const { origin, pathname } = new URL(behind);
  const server = createServer({ keepAliveTimeout: 600_000 }, (incoming, outgoing) => {
    void pass(incoming, outgoing, origin).then((exchange) =>
      exchanges.push({ ...exchange, path: exchange.path.slice(pathname.length) }),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    baseUrl: `http://127.0.0.1:${port}${pathname}`,
    exchanges,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function pass(
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  origin: string,
): Promise<Exchange> {
  const { method: verb = "", headers } = incoming;
  const url = new URL(incoming.url ?? "", origin);
  const body = await textOf(incoming);
  const answered = await new Promise<IncomingMessage>((resolve, reject) => {
    request(url, { method: verb, headers }, resolve).on("error", reject).end(body);
  });
  const answer = await textOf(answered);
  const { statusCode: status = 0, headers: answeredHeaders } = answered;
  outgoing.writeHead(status, answeredHeaders).end(answer);
  return {
    verb,
    path: url.pathname,
    query: Object.fromEntries(url.searchParams),
    headers,
    body: parsed(body),
    status,
    contentType: answeredHeaders["content-type"],
    answer: parsed(answer),
    isOurs: !("x-probe" in headers),
  };
}

async function textOf(message: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of message) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString("utf8");
}

function parsed(text: string): unknown {
  if (text === "") return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
