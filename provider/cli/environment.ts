import type { CloudflareClient } from "../cloudflare/client.js";
import { connect } from "../cloudflare/connect.js";
import { resolveConnection, type Connection } from "../cloudflare/credentials.js";
import { credentialSources } from "../cloudflare/credential-chain.js";
import { CommandError } from "./errors.js";

/**
 * How the environment says that Cloudflare is reached: a command sees neither a `Provider` nor a
 * stack's configuration.
 *
 * @throws Error saying what is missing or wrong; it never holds a credential.
 */
export function connectionFrom(env: Readonly<NodeJS.ProcessEnv>): Connection {
  if (!hasCredentials(env))
    throw new CommandError(
      'There are no credentials in the environment: set CLOUDFLARE_API_TOKEN, or CLOUDFLARE_API_KEY and CLOUDFLARE_EMAIL. To read, a token needs "Access: Organizations, Identity Providers, and Groups" (Read).',
    );
  return resolveConnection(credentialSources(() => undefined, env));
}

/** Whether the environment holds any part of a credential. */
export function hasCredentials(env: Readonly<NodeJS.ProcessEnv>): boolean {
  const { CLOUDFLARE_API_TOKEN, CLOUDFLARE_API_KEY, CLOUDFLARE_EMAIL } = env;
  return [CLOUDFLARE_API_TOKEN, CLOUDFLARE_API_KEY, CLOUDFLARE_EMAIL].some(Boolean);
}

/** A client with the credentials of the environment. */
export async function clientFromEnvironment(
  tell: (line: string) => void,
): Promise<CloudflareClient> {
  connectionFrom(process.env);
  return connect(() => undefined, tell);
}
