import type { CloudflareClient } from "../cloudflare/client.js";
import { resolveConnection, type CredentialSource } from "../cloudflare/credentials.js";
import { pulumiLog, type Diagnostics } from "./diagnostics.js";

/** Reads one key of the provider's configuration, such as `cloudflare:apiToken`. */
export type ReadConfig = (key: string) => string | undefined;

/** What an operation needs from outside: a client for the API, and a way to tell the user things. */
export interface Session {
  client(): Promise<CloudflareClient>;
  readonly diagnostics: Diagnostics;
}

export function openSession(readConfig: ReadConfig, diagnostics: Diagnostics = pulumiLog): Session {
  let client: Promise<CloudflareClient> | undefined;
  return {
    diagnostics,
    // Made at the first call: an operation without one needs neither credentials nor axios.
    client: () => (client ??= connect(readConfig, diagnostics)),
  };
}

async function connect(readConfig: ReadConfig, diagnostics: Diagnostics) {
  const connection = resolveConnection([
    providerArguments(readConfig),
    environment(process.env),
    stackConfiguration(readConfig),
  ]);
  const { CloudflareClient } = await import("../cloudflare/client.js");
  const debug = process.env.CLOUDFLARE_LOG === "debug";
  return new CloudflareClient(
    connection,
    debug ? { onRequest: (line) => void diagnostics.info(line) } : {},
  );
}

/** What a `Provider` of this package hands over; its keys are no stack configuration's. */
function providerArguments(readConfig: ReadConfig): CredentialSource {
  return {
    name: "Provider's arguments",
    apiToken: readConfig("zerotrust:apiToken"),
    apiKey: readConfig("zerotrust:apiKey"),
    email: readConfig("zerotrust:email"),
    baseUrl: readConfig("zerotrust:baseUrl"),
    neverSend: readConfig("zerotrust:neverSend"),
  };
}

function environment(env: NodeJS.ProcessEnv): CredentialSource {
  return {
    name: "environment",
    apiToken: env.CLOUDFLARE_API_TOKEN,
    apiKey: env.CLOUDFLARE_API_KEY,
    email: env.CLOUDFLARE_EMAIL,
    baseUrl: env.CLOUDFLARE_BASE_URL,
    neverSend: env.CLOUDFLARE_ZERO_TRUST_NEVER_SEND,
  };
}

function stackConfiguration(readConfig: ReadConfig): CredentialSource {
  return {
    name: "stack's configuration",
    apiToken: readConfig("cloudflare:apiToken"),
    apiKey: readConfig("cloudflare:apiKey"),
    email: readConfig("cloudflare:email"),
    baseUrl: readConfig("cloudflare:baseUrl"),
  };
}
