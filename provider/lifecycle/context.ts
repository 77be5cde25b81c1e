import type { CloudflareClient } from "../cloudflare/client.js";
import { connect } from "../cloudflare/connect.js";
import type { ReadConfig } from "../cloudflare/credential-chain.js";
import { cancellation } from "./cancellation.js";
import { pulumiLog, type Diagnostics } from "./diagnostics.js";

/** What an operation needs from outside: a client for the API, and a log. */
export interface Context {
  client(): Promise<CloudflareClient>;
  readonly diagnostics: Diagnostics;
}

/** The client is created on the first request: operations without requests need no credentials. */
export function openContext(readConfig: ReadConfig, diagnostics: Diagnostics = pulumiLog): Context {
  let client: Promise<CloudflareClient> | undefined;
  const log = (line: string) => deliver(diagnostics.info(line));
  return {
    diagnostics,
    client: () => (client ??= connect(readConfig, log, cancellation())),
  };
}

/** Log lines that are not delivered yet. */
const pending = new Set<Promise<void>>();

function deliver(line: Promise<void>): void {
  const delivery = line.catch(() => undefined).finally(() => pending.delete(delivery));
  pending.add(delivery);
}

/** The engine ends this process once it has its responses, so those wait until every line is delivered. */
export async function flushLogs(): Promise<void> {
  if (pending.size > 0) await Promise.all(pending);
}
