import type { CloudflareClient } from "../cloudflare/client.js";
import { connect } from "../cloudflare/connect.js";
import type { ReadConfig } from "../cloudflare/credential-chain.js";
import { cancellation } from "./cancellation.js";
import { pulumiLog, type Diagnostics } from "./diagnostics.js";

/** What an operation needs from outside: a client for the API, and a way to tell the user things. */
export interface Context {
  client(): Promise<CloudflareClient>;
  readonly diagnostics: Diagnostics;
}

/** The client is made at the first call, so an operation that makes none needs no credentials. */
export function openContext(readConfig: ReadConfig, diagnostics: Diagnostics = pulumiLog): Context {
  let client: Promise<CloudflareClient> | undefined;
  const tell = (line: string) => deliver(diagnostics.info(line));
  return {
    diagnostics,
    client: () => (client ??= connect(readConfig, tell, cancellation())),
  };
}

/** Lines of the client on their way to the user. */
const underway = new Set<Promise<void>>();

function deliver(line: Promise<void>): void {
  const delivery = line.catch(() => undefined).finally(() => underway.delete(delivery));
  underway.add(delivery);
}

/** The engine ends this process once it has its answers, so those wait until every line has arrived. */
export async function flushLogs(): Promise<void> {
  if (underway.size > 0) await Promise.all(underway);
}
