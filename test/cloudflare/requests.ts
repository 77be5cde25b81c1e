import { setTimeout as sleep } from "node:timers/promises";
import type { Emulator } from "../../emulator/index.js";
import type { ApiRequest, Sender } from "../../provider/cloudflare/client.js";
import { ACCOUNT, TEAM_DOMAIN } from "../ids.js";

export const PATH = `/accounts/${ACCOUNT}/access/organizations`;
const TEAM = { auth_domain: TEAM_DOMAIN, name: "Widget Corp" };

export const GET = { method: "GET", path: PATH } satisfies ApiRequest;
export const PUT = { method: "PUT", path: PATH, body: TEAM } satisfies ApiRequest;
export const POST = { method: "POST", path: PATH, body: TEAM } satisfies ApiRequest;
export const REVOKE = {
  method: "POST",
  path: `${PATH}/revoke_user`,
  body: { email: "one@example.com" },
} satisfies ApiRequest;

/** An operation of two requests. */
export async function readAndWrite(sender: Sender) {
  await sender.send(GET);
  return sender.send(PUT);
}

/** The milliseconds between the starts of successive requests. */
export function intervalsBetween({ requests }: Emulator): number[] {
  return requests.slice(1).map(({ startedAt }, index) => {
    const before = requests[index]?.startedAt ?? 0;
    return startedAt - before;
  });
}

/** Method and status of each request: "PUT 503", or "PUT" if the connection was cut. */
export function logOf({ requests }: Emulator): string[] {
  return requests.map(({ method, status }) => [method, status].filter(Boolean).join(" "));
}

/** Waits until a condition holds. */
export async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await sleep(5);
}
