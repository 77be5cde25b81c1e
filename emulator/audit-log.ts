import { createHash, randomBytes, randomUUID } from "node:crypto";

/** Who made a change, as an audit log entry names them. Every field is optional in the API. */
export type AuditActor = {
  id?: string;
  type?: "account" | "cloudflare_admin" | "delegated_service" | "system" | "user";
  email?: string;
  context?: "api" | "api_key" | "api_token" | "dash" | "oauth" | "origin_ca_key";
  ip_address?: string;
  token_id?: string;
  token_name?: string;
};

/** An entry of version 2 of Cloudflare's audit logs, under the API's names. */
export type AuditEntry = {
  id?: string;
  account?: { id?: string; name?: string };
  action?: { type?: string; description?: string; result?: string; time?: string };
  actor?: AuditActor;
  raw?: {
    method?: string;
    uri?: string;
    status_code?: number;
    cf_ray_id?: string;
    user_agent?: string;
  };
  resource?: {
    id?: string;
    product?: string;
    type?: string;
    scope?: unknown;
    request?: unknown;
    response?: unknown;
  };
  zone?: { id?: string; name?: string };
};

/** A write as the emulator saw it. */
export type AuditedWrite = {
  accountId: string;
  actor: AuditActor;
  method: string;
  uri: string;
  status: number;
  rayId: string;
  userAgent: string;
  request: unknown;
  response: unknown;
  /** Milliseconds since the epoch. */
  startedAt: number;
};

/** The entries of all accounts, oldest first. */
export class AuditLog {
  readonly #entries = new Map<string, AuditEntry[]>();

  of(accountId: string): readonly AuditEntry[] {
    return this.#entries.get(accountId) ?? [];
  }

  add(accountId: string, entry: AuditEntry): void {
    const entries = this.#entries.get(accountId) ?? [];
    this.#entries.set(accountId, entries);
    entries.push(entry);
  }

  /** Adds an entry for a write. */
  record(write: AuditedWrite, accountName: string | undefined): void {
    const { accountId, actor, method, uri, status, rayId, userAgent, request, response } = write;
    this.add(accountId, {
      id: randomBytes(16).toString("hex"),
      account: { id: accountId, ...(accountName === undefined ? {} : { name: accountName }) },
      action: {
        type: method === "POST" ? "create" : "update",
        description: `${method === "POST" ? "Create" : "Update"} ${uri}`,
        result: status < 300 ? "success" : "failure",
        time: wholeSeconds(write.startedAt),
      },
      actor,
      raw: { method, uri, status_code: status, cf_ray_id: rayId, user_agent: userAgent },
      resource: {
        id: accountId,
        product: "access",
        type: uri.endsWith("/doh") ? "doh" : "organizations",
        scope: "accounts",
        request,
        response,
      },
    });
  }
}

/** The actor of a dashboard edit without a given actor. */
export const DASHBOARD_ACTOR: AuditActor = {
  type: "user",
  email: "dashboard-user@example.com",
  context: "dash",
  ip_address: "192.0.2.10",
};

/** Fills in the missing fields of an actor. */
export function completeActor(given: AuditActor, defaults: AuditActor): AuditActor {
  const actor = { ...defaults, ...given };
  if (actor.email === undefined) return actor;
  return { id: actor.id ?? hexId(actor.email), ...actor };
}

/** An id of 32 hexadecimal digits that is the same for the same text. */
export function hexId(text: string): string {
  return createHash("sha256").update(text).digest("hex").slice(0, 32);
}

/** A request id as Cloudflare's edge assigns them. */
export function newRayId(): string {
  return randomUUID().replaceAll("-", "").slice(0, 16);
}

function wholeSeconds(milliseconds: number): string {
  return new Date(Math.floor(milliseconds / 1000) * 1000).toISOString().replace(".000Z", "Z");
}
