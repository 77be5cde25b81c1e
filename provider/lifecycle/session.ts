import type { CloudflareClient } from "../cloudflare/client.js";
import { connect } from "../cloudflare/connect.js";
import type { ReadConfig } from "../cloudflare/sources.js";
import { pulumiLog, type Diagnostics } from "./diagnostics.js";

/** What an operation needs from outside: a client for the API, and a way to tell the user things. */
export interface Session {
  client(): Promise<CloudflareClient>;
  readonly diagnostics: Diagnostics;
}

/** The client is made at the first call, so an operation that makes none needs no credentials. */
export function openSession(readConfig: ReadConfig, diagnostics: Diagnostics = pulumiLog): Session {
  let client: Promise<CloudflareClient> | undefined;
  return {
    diagnostics,
    client: () => (client ??= connect(readConfig, (line) => void diagnostics.info(line))),
  };
}
