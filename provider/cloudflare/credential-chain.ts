import type { CredentialSource } from "./credentials.js";
import { RETRY_OPTION_NAMES, type RetryOptions } from "./retry-options.js";

/** Reads one key of a configuration, such as `cloudflare:apiToken`. */
export type ReadConfig = (key: string) => string | undefined;

/**
 * Where credentials may come from, in the order in which they are looked for: explicitly given,
 * then the environment (which a rotation reaches at once), then the configuration of the stack.
 */
export function credentialSources(
  readConfig: ReadConfig,
  env: Readonly<NodeJS.ProcessEnv>,
): CredentialSource[] {
  return [
    // Under keys of their own: a Provider's token must not be taken for the stack's. Without a Provider,
    // these are keys of the stack's configuration.
    {
      ...keysOf("zerotrust", "Provider's arguments or `zerotrust:` configuration", readConfig),
      isExplicit: true,
    },
    {
      name: "environment",
      apiToken: env.CLOUDFLARE_API_TOKEN,
      apiKey: env.CLOUDFLARE_API_KEY,
      email: env.CLOUDFLARE_EMAIL,
      baseUrl: env.CLOUDFLARE_BASE_URL,
      neverSend: env.CLOUDFLARE_ZERO_TRUST_NEVER_SEND,
      retryOptions: eachLimit((name) => env[environmentName(name)]),
    },
    keysOf("cloudflare", "stack's configuration", readConfig),
  ];
}

function keysOf(namespace: string, name: string, readConfig: ReadConfig): CredentialSource {
  return {
    name,
    apiToken: readConfig(`${namespace}:apiToken`),
    apiKey: readConfig(`${namespace}:apiKey`),
    email: readConfig(`${namespace}:email`),
    baseUrl: readConfig(`${namespace}:baseUrl`),
    neverSend: readConfig(`${namespace}:neverSend`),
    retryOptions: eachLimit((name) => readConfig(`${namespace}:${name}`)),
  };
}

function eachLimit(
  find: (name: keyof RetryOptions) => string | undefined,
): NonNullable<CredentialSource["retryOptions"]> {
  return Object.fromEntries(RETRY_OPTION_NAMES.map((name) => [name, find(name)]));
}

/** `maxBackoff` → CLOUDFLARE_MAX_BACKOFF, as in Cloudflare's own provider. */
function environmentName(name: string): string {
  return `CLOUDFLARE_${name.replace(/[A-Z]/g, "_$&").toUpperCase()}`;
}
