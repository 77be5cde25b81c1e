import { EMULATOR_TOKEN, type Emulator } from "../../emulator/index.js";
import {
  resolveConnection,
  type Connection,
  type CredentialSource,
} from "../../provider/cloudflare/credentials.js";

/** A connection to an emulator. By default it has the emulator's token and no retries. */
export function connectionTo(
  { baseUrl }: Pick<Emulator, "baseUrl">,
  source: Partial<CredentialSource> = {},
): Connection {
  const apiToken = source.apiKey === undefined ? EMULATOR_TOKEN : undefined;
  const retryOptions = { retries: "0" };
  return resolveConnection([{ name: "environment", apiToken, baseUrl, retryOptions, ...source }]);
}

/** The message with its ray id, which differs each time, replaced. */
export function withoutRayId(message: string): string {
  return message.replace(/[0-9a-f]{16}-[A-Z]{3}/g, "<ray>");
}
