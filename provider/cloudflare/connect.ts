import type { CloudflareClient } from "./client.js";
import { resolveConnection, type Connection } from "./credentials.js";
import type { RateLimiter } from "./rate-limiter.js";
import { credentialSources, type ReadConfig } from "./credential-chain.js";

/** One client for each connection. */
const clients = new Map<string, Promise<CloudflareClient>>();

/** One rateLimiter for each credential, whatever else its connections differ in: the API counts by it. */
const rateLimiters = new Map<string, RateLimiter>();

/**
 * A client with the credentials that are found. axios is loaded here and not before: what makes no
 * call needs neither.
 *
 * @param tell Gets a line where the user should know of something: a long wait, and each request
 *   where CLOUDFLARE_LOG=debug asks for it.
 * @param stop Ends every wait at once.
 * @throws Error where no usable credentials are found.
 */
export async function connect(
  readConfig: ReadConfig,
  tell: (line: string) => void,
  stop: AbortSignal = new AbortController().signal,
): Promise<CloudflareClient> {
  const connection = resolveConnection(credentialSources(readConfig, process.env));
  const key = keyOf(connection);
  const client = clients.get(key) ?? open(connection, tell, stop);
  clients.set(key, client);
  return client;
}

async function open(connection: Connection, tell: (line: string) => void, stop: AbortSignal) {
  const { CloudflareClient } = await import("./client.js");
  const { RateLimiter } = await import("./rate-limiter.js");
  const key = JSON.stringify([connection.baseUrl, connection.credentials]);
  const rateLimiter = rateLimiters.get(key) ?? new RateLimiter(tell, stop);
  rateLimiters.set(key, rateLimiter);
  const debug = process.env.CLOUDFLARE_LOG === "debug";
  return new CloudflareClient(connection, {
    log: tell,
    signal: stop,
    rateLimiter: rateLimiter,
    ...(debug ? { onRequest: tell } : {}),
  });
}

function keyOf(connection: Connection): string {
  return JSON.stringify({ ...connection, neverSend: [...connection.neverSend] });
}
