import type { MiddlewareHandler } from "hono";
import { z } from "zod";
import { completeActor, hexId, type AuditActor, type AuditEntry } from "../audit-log.js";
import type { Credential } from "../authentication.js";
import { successEnvelope } from "../envelope.js";
import { scopeOf, type RequestContext, type ServerEnv } from "../request-context.js";
import { invalidAuditQuery, missingPermission } from "../rejections.js";
import type { EmulatorContext } from "../context.js";
import { reasons } from "../zod-reasons.js";

const DAY_MS = 24 * 3600 * 1000;

/** A date, which means its beginning in UTC, or a date and time. */
const moment = z.iso
  .date()
  .or(z.iso.datetime({ offset: true }))
  .transform((text) => Date.parse(text));

const query = z.object({
  since: moment,
  before: moment,
  direction: z.enum(["desc", "asc"]).default("desc"),
  limit: z.coerce.number().int().min(1).max(1000).default(100),
  cursor: z.string().optional(),
});

/** The filters, and the part of an entry that each of them compares. */
const FILTERS: Record<string, (entry: AuditEntry) => unknown> = {
  action_result: ({ action }) => action?.result,
  action_type: ({ action }) => action?.type,
  actor_context: ({ actor }) => actor?.context,
  actor_email: ({ actor }) => actor?.email,
  actor_id: ({ actor }) => actor?.id,
  actor_token_id: ({ actor }) => actor?.token_id,
  actor_token_name: ({ actor }) => actor?.token_name,
  actor_type: ({ actor }) => actor?.type,
  raw_cf_ray_id: ({ raw }) => raw?.cf_ray_id,
  raw_method: ({ raw }) => raw?.method,
  raw_status_code: ({ raw }) => raw?.status_code,
  raw_uri: ({ raw }) => raw?.uri,
  resource_id: ({ resource }) => resource?.id,
  resource_product: ({ resource }) => resource?.product,
  resource_type: ({ resource }) => resource?.type,
  zone_id: ({ zone }) => zone?.id,
};

/** A page of the account's audit log. */
export function listAuditLogs(context: EmulatorContext, c: RequestContext) {
  const { id } = scopeOf(c);
  if (context.behavior.auditLogPermission === "missing") throw missingPermission();
  const parsed = query.safeParse(c.req.query());
  if (!parsed.success) throw invalidAuditQuery(...reasons(parsed.error));
  const { since, before, direction, limit, cursor } = parsed.data;
  const found = filtered(context, c).filter(({ action }) => {
    const time = Date.parse(action?.time ?? "");
    return time >= since && time < before;
  });
  if (direction === "desc") found.reverse();
  const start = cursor === undefined ? 0 : offsetOf(cursor);
  const page = found.slice(start, start + limit);
  const isLast = start + limit >= found.length;
  const entries = page.map((entry) => shown(entry, context.behavior.auditLogRequest));
  return c.json({
    ...successEnvelope(entries),
    result_info: {
      count: page.length,
      ...(isLast ? {} : cursorsFor(start + limit, context.behavior.auditLogCursor)),
    },
  });

  function filtered(
    { auditLog, behavior }: EmulatorContext,
    { req }: RequestContext,
  ): AuditEntry[] {
    const filters = filtersOf(req.queries(), behavior.auditLogFilter);
    const now = Date.now();
    return auditLog.of(id).filter((entry) => {
      const age = now - Date.parse(entry.action?.time ?? "");
      return (
        age >= behavior.auditLogDelayMs &&
        age <= behavior.auditLogRetentionDays * DAY_MS &&
        filters.every((keeps) => keeps(entry))
      );
    });
  }
}

type Filter = (entry: AuditEntry) => boolean;

/** The filters of a query. Each may name several values; `name.not` excludes them. */
function filtersOf(
  parameters: Record<string, string[]>,
  mode: EmulatorContext["behavior"]["auditLogFilter"],
): Filter[] {
  const given = Object.entries(parameters).flatMap(([name, values]) => {
    const isExclusion = name.endsWith(".not");
    const valueOf = FILTERS[isExclusion ? name.slice(0, -".not".length) : name];
    return valueOf === undefined ? [] : [{ name, values, isExclusion, valueOf }];
  });
  const included = given.find(({ isExclusion }) => !isExclusion);
  if (mode === "rejected" && included) {
    throw invalidAuditQuery(`${included.name}: unknown query parameter`);
  }
  return given
    .filter(({ isExclusion }) => isExclusion || mode !== "ignored")
    .map(({ name, values, isExclusion, valueOf }) => (entry) => {
      const value = String(valueOf(entry));
      const isPrefix = name === "raw_uri" && mode === "prefix";
      const isFound = values.some((one) => (isPrefix ? value.startsWith(one) : value === one));
      return isFound !== isExclusion;
    });
}

function cursorsFor(offset: number, form: EmulatorContext["behavior"]["auditLogCursor"]) {
  const cursor = Buffer.from(String(offset)).toString("base64url");
  return {
    ...(form === "cursors" ? {} : { cursor }),
    ...(form === "cursor" ? {} : { cursors: { after: cursor } }),
  };
}

function offsetOf(cursor: string): number {
  const offset = Number(Buffer.from(cursor, "base64url").toString());
  if (!Number.isInteger(offset) || offset < 1) throw invalidAuditQuery("cursor: is not valid");
  return offset;
}

function shown(
  entry: AuditEntry,
  form: EmulatorContext["behavior"]["auditLogRequest"],
): AuditEntry {
  const { resource } = entry;
  if (form === "object" || resource?.request === undefined) return entry;
  const { request, ...rest } = resource;
  return {
    ...entry,
    resource: form === "absent" ? rest : { ...rest, request: JSON.stringify(request) },
  };
}

/** Adds an entry to the account's audit log for each write that reaches Access. */
export function auditRecording(context: EmulatorContext): MiddlewareHandler<ServerEnv> {
  return async (c, next) => {
    await next();
    const { scopeType, id } = scopeOf(c);
    if (c.req.method === "GET" || scopeType !== "accounts") return;
    const { body, headers, path, startedAt } = c.var.logged;
    const response = (await c.res.clone().json()) as { result: unknown };
    context.auditLog.record(
      {
        accountId: id,
        actor: actorOf(c.var.credential),
        method: c.req.method,
        uri: path,
        status: c.res.status,
        rayId: c.var.rayId,
        userAgent: headers["user-agent"] ?? "",
        request: body,
        response: response.result,
        startedAt,
      },
      context.state.account(id)?.name,
    );
  };
}

function actorOf(credential: Credential): AuditActor {
  const { actor = {} } = credential;
  const user = { type: "user", ip_address: "127.0.0.1" } as const;
  if ("email" in credential) {
    return completeActor(actor, { ...user, email: credential.email, context: "api_key" });
  }
  return completeActor(actor, {
    ...user,
    email: "token-owner@example.com",
    context: "api_token",
    token_id: hexId(credential.apiToken),
    token_name: "Emulator token",
  });
}
