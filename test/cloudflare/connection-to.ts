import { EMULATOR_TOKEN, type Emulator } from "../../emulator/index.js";
import {
  resolveConnection,
  type Connection,
  type CredentialSource,
} from "../../provider/cloudflare/credentials.js";

/** A connection to an emulator with its token, unless told otherwise. Nothing is tried twice. */
export function connectionTo(
  { baseUrl }: Pick<Emulator, "baseUrl">,
  source: Partial<CredentialSource> = {},
): Connection {
  const apiToken = source.apiKey === undefined ? EMULATOR_TOKEN : undefined;
  const limits = { retries: "0" };
  return resolveConnection([{ name: "environment", apiToken, baseUrl, limits, ...source }]);
}

/** A message as it can be compared: with the ray id, which is another each time, replaced. */
export function withoutRayId(message: string): string {
  return message.replace(/[0-9a-f]{16}-[A-Z]{3}/g, "<ray>");
}
