import type { Emulator } from "../../emulator/index.js";
import { CloudflareClient, type ClientOptions } from "../../provider/cloudflare/client.js";
import {
  DEFAULT_RETRY_OPTIONS,
  type RetryOptions,
} from "../../provider/cloudflare/retry-options.js";
import { connectionTo } from "./connection-to.js";
import { GET } from "./requests.js";

/** A client that retries. By default, its backoff is a few milliseconds. */
export function retryingClient(
  emulator: Pick<Emulator, "baseUrl">,
  retryOptions: Partial<RetryOptions> = {},
  options: ClientOptions = {},
): CloudflareClient {
  const backoff = { minBackoff: 0.002, maxBackoff: 0.01 };
  return new CloudflareClient(
    connectionTo(emulator, { ...DEFAULT_RETRY_OPTIONS, ...backoff, ...retryOptions }),
    options,
  );
}

/** A client that has received a response with these headers, and the lines that it logs. */
export async function clientAfterResponse(emulator: Emulator, headers: Record<string, string>) {
  const lines: string[] = [];
  const abort = new AbortController();
  const log = (line: string) => lines.push(line);
  const client = retryingClient(emulator, {}, { log, signal: abort.signal });
  emulator.fault({ headers });
  await client.send(GET);
  return { client, lines, abort };
}
