import { EMULATOR_TOKEN, type Emulator } from "../../emulator/index.js";
import {
  ENVIRONMENT_VARIABLES,
  resolveConnection,
  type Connection,
  type OptionName,
} from "../../provider/cloudflare/credentials.js";

export type ConnectionOptions = Readonly<Partial<Record<OptionName, string | number>>>;

/** A connection to an emulator. By default it has the emulator's token and no retries. */
export function connectionTo(
  { baseUrl }: Pick<Emulator, "baseUrl">,
  options: ConnectionOptions = {},
): Connection {
  const token = options.apiKey === undefined ? { apiToken: EMULATOR_TOKEN } : {};
  const all: ConnectionOptions = { ...token, baseUrl, retries: 0, ...options };
  const env = Object.entries(all).map(([name, value]) => [
    ENVIRONMENT_VARIABLES[name as OptionName],
    String(value),
  ]);
  return resolveConnection(() => undefined, Object.fromEntries(env) as NodeJS.ProcessEnv);
}

/** The message with its ray id, which differs each time, replaced. */
export function withoutRayId(message: string): string {
  return message.replace(/[0-9a-f]{16}-[A-Z]{3}/g, "<ray>");
}
