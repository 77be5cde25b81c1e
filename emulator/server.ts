import { setTimeout as sleep } from "node:timers/promises";
import { Hono, type MiddlewareHandler } from "hono";
import { newRayId } from "./audit-log.js";
import { authenticated, authorize, credentialKey, reaches } from "./authentication.js";
import { Rejection } from "./envelope.js";
import { faultInjection } from "./fault-injection.js";
import { noRoute, outOfScope } from "./rejections.js";
import { parsedBody } from "./request-log.js";
import { listAccounts } from "./routes/accounts.js";
import { audited, listAuditLogs } from "./routes/audit-logs.js";
import { getDoh, putDoh } from "./routes/doh.js";
import { getKeys, putKeys } from "./routes/keys.js";
import { getOrganization, postOrganization, putOrganization } from "./routes/organizations.js";
import { revokeUser } from "./routes/revocations.js";
import { answerRefusal, target, type ServerEnv } from "./exchange.js";
import type { World } from "./world.js";

export const BASE_PATH = "/client/v4";

/** The HTTP face of the API: what every request passes, in this order, and the routes. */
export function apiServer(world: World, control: Hono): Hono<ServerEnv> {
  const app = new Hono<ServerEnv>();
  app.route("/_emulator", control);
  app.use(logged(world), standingHeaders(world), faultInjection(world));
  app.use(`${BASE_PATH}/*`, authentication(world));
  app.get(`${BASE_PATH}/accounts`, (c) => listAccounts(world, c));

  const access = new Hono<ServerEnv>();
  access.use(audited(world), authorization(world));
  access.get("/organizations", (c) => getOrganization(world, c));
  access.post("/organizations", (c) => postOrganization(world, c));
  access.put("/organizations", (c) => putOrganization(world, c));
  access.post("/organizations/revoke_user", (c) => revokeUser(world, c));
  app.route(`${BASE_PATH}/:level{accounts|zones}/:id/access`, access);

  const accountAccess = new Hono<ServerEnv>();
  accountAccess.get("/organizations/doh", (c) => getDoh(world, c));
  accountAccess.put("/organizations/doh", (c) => putDoh(world, c));
  accountAccess.get("/keys", (c) => getKeys(world, c));
  accountAccess.put("/keys", (c) => putKeys(world, c));
  app.route(`${BASE_PATH}/:level{accounts}/:id/access`, accountAccess);

  const account = new Hono<ServerEnv>();
  account.use(accountReach());
  account.get("/logs/audit", (c) => listAuditLogs(world, c));
  app.route(`${BASE_PATH}/:level{accounts}/:id`, account);

  app.notFound((c) => answerRefusal(c, noRoute()));
  app.onError((error, c) => {
    if (error instanceof Rejection) return answerRefusal(c, error);
    throw error;
  });
  return app;
}

function logged(world: World): MiddlewareHandler<ServerEnv> {
  return async (c, next) => {
    const isBodiless = c.req.method === "GET"; // to read its body all the same takes a quarter of the time
    const entry = {
      method: c.req.method,
      path: c.req.path.startsWith(BASE_PATH) ? c.req.path.slice(BASE_PATH.length) : c.req.path,
      query: c.req.query(),
      headers: c.req.header(),
      body: isBodiless ? undefined : parsedBody(await c.req.text()),
      status: undefined as number | undefined,
      startedAt: Date.now(),
    };
    world.requests.push(entry);
    c.set("logged", entry);
    if (world.latencyMs > 0) await sleep(world.latencyMs, undefined, { ref: false });
    await next();
    if (!c.var.cut) entry.status = c.res.status;
    world.onRequest?.(entry);
  };
}

/** What stands on every answer, refusals and faults included: the ray id and the rate limit. */
function standingHeaders(world: World): MiddlewareHandler<ServerEnv> {
  return async (c, next) => {
    const { headers, retryAfter } = world.rateLimiter.admit(credentialKey(c));
    c.set("rayId", newRayId());
    c.set("standingHeaders", {
      "cf-ray": `${c.var.rayId}-AMS`,
      ...(world.behavior.rateLimitHeaders ? headers : {}),
      ...(retryAfter === undefined ? {} : { "retry-after": String(retryAfter) }),
    });
    // The code is below 1000, which the schema rules out and the edge sends all the same.
    if (retryAfter === undefined) await next();
    else c.res = answerRefusal(c, new Rejection(429, { code: 971, message: "Rate limited" }));
    for (const [name, value] of Object.entries(c.var.standingHeaders)) {
      if (!c.res.headers.has(name)) c.res.headers.set(name, value);
    }
  };
}

function authentication(world: World): MiddlewareHandler<ServerEnv> {
  return async (c, next) => {
    c.set("credential", authenticated(c, world.credentials));
    await next();
  };
}

/** Rejects an account that the credential does not reach. Permissions other than Access are not modelled. */
function accountReach(): MiddlewareHandler<ServerEnv> {
  return async (c, next) => {
    if (!reaches(c.var.credential, target(c).id)) throw outOfScope();
    await next();
  };
}

function authorization(world: World): MiddlewareHandler<ServerEnv> {
  return async (c, next) => {
    const writes = c.req.method !== "GET";
    authorize(c.var.credential, { ...target(c), writes }, world.behavior);
    await next();
  };
}
