import type { Emulator } from "../../emulator/index.js";
import {
  CloudflareClient,
  type ApiRequest,
  type ClientOptions,
} from "../../provider/cloudflare/client.js";
import type { RetryOptions } from "../../provider/cloudflare/retry-options.js";
import { ACCOUNT, TEAM_DOMAIN } from "../ids.js";
import { connectionTo } from "./connection-to.js";

export const PATH = `/accounts/${ACCOUNT}/access/organizations`;
const TEAM = { auth_domain: TEAM_DOMAIN, name: "Widget Corp" };

export const GET = { method: "GET", path: PATH } satisfies ApiRequest;
export const PUT = { method: "PUT", path: PATH, body: TEAM } satisfies ApiRequest;
export const POST = { method: "POST", path: PATH, body: TEAM } satisfies ApiRequest;
export const REVOKE = {
  method: "POST",
  path: `${PATH}/revoke_user`,
  body: { email: "one@example.com" },
  repeatable: true,
} satisfies ApiRequest;

/** A client that tries again, after hardly any time unless told otherwise. */
export function repeating(
  emulator: Pick<Emulator, "baseUrl">,
  limits: Partial<RetryOptions> = {},
  options: ClientOptions = {},
): CloudflareClient {
  const stated = { minBackoff: 0.002, maxBackoff: 0.01, ...limits };
  const texts = Object.entries(stated).map(([name, value]) => [name, String(value)]);
  return new CloudflareClient(
    connectionTo(emulator, { limits: Object.fromEntries(texts) as object }),
    options,
  );
}

/** The milliseconds between requests, one after the other. */
export function gaps({ requests }: Emulator): number[] {
  return requests.slice(1).map(({ startedAt }, index) => {
    const before = requests[index]?.startedAt ?? 0;
    return startedAt - before;
  });
}

/** The message of what was thrown. */
export async function messageOf(run: Promise<unknown>): Promise<string> {
  return run.then(
    () => "nothing was thrown",
    (error: unknown) => (error instanceof Error ? error.message : String(error)),
  );
}
