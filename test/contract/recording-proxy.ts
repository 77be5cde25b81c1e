import {
  createServer,
  request,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type ServerResponse,
} from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { parsedBody } from "../../emulator/request-log.js";

/** One request and its response, as the proxy saw them. */
export interface Exchange {
  readonly verb: string;
  /** Below the base URL, without the query. */
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  readonly headers: Readonly<IncomingHttpHeaders>;
  /** The parsed JSON, the text if it is not JSON, or undefined without a body. */
  readonly body: unknown;
  readonly status: number;
  readonly contentType: string | undefined;
  readonly response: unknown;
  /** Whether the provider sent the request, and not the test itself. */
  readonly isFromProvider: boolean;
}

/** The header of requests that the test itself sends. */
export const PROBE = { "x-probe": "yes" };

/** Starts a proxy in front of a base URL that records every exchange. */
export async function startRecordingProxy(behind: string) {
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
      new Promise<void>((resolve) => {
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
  const body = await text(incoming);
  const incomingResponse = await new Promise<IncomingMessage>((resolve, reject) => {
    request(url, { method: verb, headers }, resolve).on("error", reject).end(body);
  });
  const response = await text(incomingResponse);
  const { statusCode: status = 0, headers: responseHeaders } = incomingResponse;
  outgoing.writeHead(status, responseHeaders).end(response);
  return {
    verb,
    path: url.pathname,
    query: Object.fromEntries(url.searchParams),
    headers,
    body: parsedBody(body),
    status,
    contentType: responseHeaders["content-type"],
    response: parsedBody(response),
    isFromProvider: !("x-probe" in headers),
  };
}
