import type { CloudflareClient } from "./client.js";
import { resolveConnection } from "./credentials.js";
import { credentialSources, type ReadConfig } from "./sources.js";

/**
 * A client with the credentials that are found. axios is loaded here and not before: what makes no
 * call needs neither.
 *
 * @param onRequest Gets a line for each request, where CLOUDFLARE_LOG=debug asks for it.
 * @throws Error where no usable credentials are found.
 */
export async function connect(
  readConfig: ReadConfig,
  onRequest: (line: string) => void,
): Promise<CloudflareClient> {
  const connection = resolveConnection(credentialSources(readConfig, process.env));
  const client = await import("./client.js");
  const debug = process.env.CLOUDFLARE_LOG === "debug";
  return new client.CloudflareClient(connection, debug ? { onRequest } : {});
}
