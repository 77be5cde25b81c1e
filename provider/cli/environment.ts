import type { CloudflareClient } from "../cloudflare/client.js";
import { connect } from "../cloudflare/connect.js";
import { resolveConnection, type Connection } from "../cloudflare/credentials.js";
import { permissionFor } from "../cloudflare/error-hints.js";
import { CommandError, messageOf } from "./errors.js";

const CREDENTIALS = ["CLOUDFLARE_API_TOKEN", "CLOUDFLARE_API_KEY", "CLOUDFLARE_EMAIL"] as const;

export const SET_CREDENTIALS =
  "Set CLOUDFLARE_API_TOKEN, or CLOUDFLARE_API_KEY and CLOUDFLARE_EMAIL.";

/**
 * Returns the connection that the environment defines. Commands do not see a `Provider` or the
 * configuration of a stack.
 *
 * @throws CommandError that says what is missing or invalid, without any credential.
 */
export function connectionFrom(env: Readonly<NodeJS.ProcessEnv>): Connection {
  const missing = missingCredentials(env);
  if (missing !== undefined)
    throw new CommandError(
      `${missing} ${SET_CREDENTIALS} To read, an API token needs ${permissionFor("Read")}.`,
    );
  try {
    return resolveConnection(() => undefined, env);
  } catch (error) {
    throw new CommandError(
      messageOf(error).replace(/^The base URL/, "The base URL in CLOUDFLARE_BASE_URL"),
    );
  }
}

/** Returns a sentence if no credential is set. An empty variable is usually a mistake in a script. */
export function missingCredentials(env: Readonly<NodeJS.ProcessEnv>): string | undefined {
  if (CREDENTIALS.some((name) => env[name])) return undefined;
  const empty = CREDENTIALS.filter((name) => env[name] === "");
  if (empty.length === 0) return "No credentials are set in the environment.";
  return `${empty.join(" and ")} ${empty.length === 1 ? "is" : "are"} set but empty.`;
}

/** Returns a client with the credentials of the environment. */
export async function clientFromEnvironment(
  log: (line: string) => void,
): Promise<CloudflareClient> {
  connectionFrom(process.env);
  return connect(() => undefined, log);
}
