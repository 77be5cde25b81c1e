import { setTimeout as sleep } from "node:timers/promises";
import { Hono, type MiddlewareHandler } from "hono";
import { newRayId } from "./audit-log.js";
import { authenticate, authorize, credentialKey, reaches } from "./authentication.js";
import { Rejection } from "./envelope.js";
import { faultInjection } from "./fault-injection.js";
import { noRoute, outOfScope } from "./rejections.js";
import { parsedBody } from "./request-log.js";
import { listAccounts } from "./routes/accounts.js";
import { auditRecording, listAuditLogs } from "./routes/audit-logs.js";
import { getDoh, putDoh } from "./routes/doh.js";
import { getKeys, putKeys } from "./routes/keys.js";
import { getOrganization, postOrganization, putOrganization } from "./routes/organizations.js";
import { revokeUser } from "./routes/revocations.js";
import { respondWithRejection, scopeOf, type ServerEnv } from "./request-context.js";
import type { EmulatorContext } from "./context.js";

export const BASE_PATH = "/client/v4";

/** The HTTP server of the API: the middleware in its order, and the routes. */
export function apiServer(context: EmulatorContext, control: Hono): Hono<ServerEnv> {
  const app = new Hono<ServerEnv>();
  app.route("/_emulator", control);
  app.use(requestLogging(context), commonHeaders(context), faultInjection(context));
  app.use(`${BASE_PATH}/*`, authentication(context));
  app.get(`${BASE_PATH}/accounts`, (c) => listAccounts(context, c));

  const access = new Hono<ServerEnv>();
  access.use(auditRecording(context), authorization(context));
  access.get("/organizations", (c) => getOrganization(context, c));
  access.post("/organizations", (c) => postOrganization(context, c));
  access.put("/organizations", (c) => putOrganization(context, c));
  access.post("/organizations/revoke_user", (c) => revokeUser(context, c));
  app.route(`${BASE_PATH}/:scopeType{accounts|zones}/:id/access`, access);

  const accountAccess = new Hono<ServerEnv>();
  accountAccess.get("/organizations/doh", (c) => getDoh(context, c));
  accountAccess.put("/organizations/doh", (c) => putDoh(context, c));
  accountAccess.get("/keys", (c) => getKeys(context, c));
  accountAccess.put("/keys", (c) => putKeys(context, c));
  app.route(`${BASE_PATH}/:scopeType{accounts}/:id/access`, accountAccess);

  const account = new Hono<ServerEnv>();
  account.use(accountReach());
  account.get("/logs/audit", (c) => listAuditLogs(context, c));
  app.route(`${BASE_PATH}/:scopeType{accounts}/:id`, account);

  app.notFound((c) => respondWithRejection(c, noRoute()));
  app.onError((error, c) => {
    if (error instanceof Rejection) return respondWithRejection(c, error);
    throw error;
  });
  return app;
}

function requestLogging(context: EmulatorContext): MiddlewareHandler<ServerEnv> {
  return async (c, next) => {
    const isBodiless = c.req.method === "GET"; // reading its body would take a quarter of the time
    const entry = {
      method: c.req.method,
      path: c.req.path.startsWith(BASE_PATH) ? c.req.path.slice(BASE_PATH.length) : c.req.path,
      query: c.req.query(),
      headers: c.req.header(),
      body: isBodiless ? undefined : parsedBody(await c.req.text()),
      status: undefined as number | undefined,
      startedAt: Date.now(),
    };
    context.requests.push(entry);
    c.set("logged", entry);
    if (context.latencyMs > 0) await sleep(context.latencyMs, undefined, { ref: false });
    await next();
    if (!c.var.isClosed) entry.status = c.res.status;
    context.onRequest?.(entry);
  };
}

/** Adds the headers of every response, also of rejections and faults: the ray id and the rate limit. */
function commonHeaders(context: EmulatorContext): MiddlewareHandler<ServerEnv> {
  return async (c, next) => {
    const { headers, retryAfter } = context.rateLimiter.admit(credentialKey(c));
    c.set("rayId", newRayId());
    c.set("commonHeaders", {
      "cf-ray": `${c.var.rayId}-AMS`,
      ...(context.behavior.rateLimitHeaders ? headers : {}),
      ...(retryAfter === undefined ? {} : { "retry-after": String(retryAfter) }),
    });
    // Cloudflare's edge sends codes below 1000, although the schema does not allow them.
    if (retryAfter === undefined) await next();
    else
      c.res = respondWithRejection(c, new Rejection(429, { code: 971, message: "Rate limited" }));
    for (const [name, value] of Object.entries(c.var.commonHeaders)) {
      if (!c.res.headers.has(name)) c.res.headers.set(name, value);
    }
  };
}

function authentication(context: EmulatorContext): MiddlewareHandler<ServerEnv> {
  return async (c, next) => {
    c.set("credential", authenticate(c, context.credentials));
    await next();
  };
}

/** Rejects a request for an account that the credential is not valid for. */
function accountReach(): MiddlewareHandler<ServerEnv> {
  return async (c, next) => {
    if (!reaches(c.var.credential, scopeOf(c).id)) throw outOfScope();
    await next();
  };
}

function authorization(context: EmulatorContext): MiddlewareHandler<ServerEnv> {
  return async (c, next) => {
    const write = c.req.path.endsWith("/revoke_user") ? "revoke" : "write";
    const needs = c.req.method === "GET" ? "read" : write;
    authorize(c.var.credential, { ...scopeOf(c), needs }, context.behavior);
    await next();
  };
}
