import type { CloudflareClient } from "./client.js";
import { resolveConnection, type Connection } from "./credentials.js";
import { credentialSources, type ReadConfig } from "./sources.js";

/** One client for each connection, so that all calls with one credential share one pace. */
const clients = new Map<string, Promise<CloudflareClient>>();

/**
 * A client with the credentials that are found. axios is loaded here and not before: what makes no
 * call needs neither.
 *
 * @param tell Gets a line where the user should know of something: a long wait, and each request
 *   where CLOUDFLARE_LOG=debug asks for it.
 * @throws Error where no usable credentials are found.
 */
export async function connect(
  readConfig: ReadConfig,
  tell: (line: string) => void,
): Promise<CloudflareClient> {
  const connection = resolveConnection(credentialSources(readConfig, process.env));
  const key = keyOf(connection);
  const client = clients.get(key) ?? open(connection, tell);
  clients.set(key, client);
  return client;
}

async function open(connection: Connection, tell: (line: string) => void) {
  const { CloudflareClient } = await import("./client.js");
  const debug = process.env.CLOUDFLARE_LOG === "debug";
  return new CloudflareClient(connection, debug ? { tell, onRequest: tell } : { tell });
}

function keyOf(connection: Connection): string {
  return JSON.stringify({ ...connection, neverSend: [...connection.neverSend] });
}
