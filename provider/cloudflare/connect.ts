import type { CloudflareClient } from "./client.js";
import type { RateLimiter } from "./rate-limiter.js";
import { resolveConnection, type Connection, type ReadConfig } from "./credentials.js";

/** One client for each connection. */
const clients = new Map<string, Promise<CloudflareClient>>();

/** One rate limiter for each credential, which is what the API counts by. */
const rateLimiters = new Map<string, RateLimiter>();

/**
 * Returns a client with the first credentials of the credential chain. This loads axios: operations
 * without requests need neither.
 *
 * @param log Receives a line for each long wait, and for each request if CLOUDFLARE_LOG is "debug". A client
 *   that exists keeps its first one, as it keeps its signal.
 * @param signal Ends every wait at once.
 * @throws Error if no source has usable credentials.
 */
export async function connect(
  readConfig: ReadConfig,
  log: (line: string) => void,
  signal: AbortSignal = new AbortController().signal,
): Promise<CloudflareClient> {
  const connection = resolveConnection(readConfig, process.env);
  const key = JSON.stringify({ ...connection, neverSend: [...connection.neverSend] });
  const client = clients.get(key) ?? open(connection, log, signal);
  clients.set(key, client);
  return client;
}

async function open(connection: Connection, log: (line: string) => void, signal: AbortSignal) {
  const { CloudflareClient } = await import("./client.js");
  const { RateLimiter } = await import("./rate-limiter.js");
  const key = JSON.stringify([connection.baseUrl, connection.credentials]);
  const rateLimiter = rateLimiters.get(key) ?? new RateLimiter(log, signal);
  rateLimiters.set(key, rateLimiter);
  const debug = process.env.CLOUDFLARE_LOG === "debug";
  return new CloudflareClient(connection, {
    log,
    signal,
    rateLimiter,
    ...(debug ? { onRequest: log } : {}),
  });
}
