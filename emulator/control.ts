import { Hono, type Context } from "hono";
import { z } from "zod";
import type { AuditActor } from "./audit-log.js";
import type { Emulator } from "./emulator.js";
import type { ScopeType } from "./fields.js";
import { behaviorSchema } from "./behavior.js";

const settingsBody = z.record(z.string(), z.unknown());

const dohBody = z.strictObject({
  doh_jwt_duration: z.string().optional(),
  service_token_id: z.string().optional(),
});

const dohChanges = z.strictObject({
  doh_jwt_duration: z.string().nullable().optional(),
  service_token_id: z.string().nullable().optional(),
});

const faultBody = z.strictObject({
  method: z.string().optional(),
  path: z.string().optional(),
  /** A regular expression as text. */
  pathPattern: z.string().optional(),
  times: z.int().min(1).optional(),
  skip: z.int().min(0).optional(),
  status: z.int().min(200).max(599).optional(),
  headers: z.record(z.string(), z.string()).optional(),
  body: z.unknown().optional(),
  contentType: z.string().optional(),
  delayMs: z.number().min(0).optional(),
  reset: z.enum(["before", "after"]).optional(),
  takesEffect: z.boolean().optional(),
  truncateAfter: z.int().min(0).optional(),
});

const SCOPE = "/:scopeType{accounts|zones}/:id{[0-9a-f]{32}}";
const ACCOUNT = "/accounts/:id{[0-9a-f]{32}}";

/**
 * The controls of the emulator over HTTP, with the same functions as in code. These requests need no
 * credential, are not logged, and do not count against the rate limit.
 */
export function controlRoutes(emulator: Emulator): Hono {
  const app = new Hono();

  app.get("/requests", (c) => c.json(emulator.requests));
  app.delete("/requests", (c) => done(c, () => emulator.clearRequests()));
  app.get("/revocations", (c) => c.json(emulator.revocations));

  app.get(SCOPE, (c) => shown(c, emulator.organization(...scopeOf(c))));
  app.put(SCOPE, async (c) => {
    const settings = await body(c, settingsBody);
    return done(c, () => emulator.seed(...scopeOf(c), settings));
  });
  app.patch(SCOPE, async (c) => {
    const changes = await body(c, settingsBody);
    return done(c, () => emulator.edit(...scopeOf(c), changes, actor(c)));
  });
  app.delete(SCOPE, (c) => done(c, () => emulator.remove(...scopeOf(c))));

  app.get(`${ACCOUNT}/doh`, (c) => shown(c, emulator.doh(c.req.param("id"))));
  app.put(`${ACCOUNT}/doh`, async (c) => {
    const settings = await body(c, dohBody);
    return done(c, () => emulator.seedDoh(c.req.param("id"), defined(settings)));
  });
  app.patch(`${ACCOUNT}/doh`, async (c) => {
    const changes = await body(c, dohChanges);
    return done(c, () => emulator.editDoh(c.req.param("id"), defined(changes), actor(c)));
  });
  app.post(`${ACCOUNT}/service-tokens`, async (c) =>
    c.json(emulator.addServiceToken(c.req.param("id"), await body(c, settingsBody))),
  );

  app.get(`${ACCOUNT}/audit-log`, (c) => c.json(emulator.auditLog(c.req.param("id"))));
  app.post(`${ACCOUNT}/audit-log`, async (c) => {
    const entry = await body(c, settingsBody);
    return done(c, () => emulator.addAuditEntry(c.req.param("id"), entry));
  });

  app.get("/behavior", (c) => c.json(emulator.behavior));
  app.patch("/behavior", async (c) => {
    const changes = await body(c, settingsBody);
    const behavior = behaviorSchema.parse({ ...emulator.behavior, ...changes });
    return done(c, () => Object.assign(emulator.behavior, behavior));
  });

  app.post("/faults", async (c) => {
    const { pathPattern, ...fault } = await body(c, faultBody);
    const path = pathPattern === undefined ? fault.path : new RegExp(pathPattern);
    return done(c, () => emulator.fault(defined({ ...fault, path })));
  });
  app.delete("/faults", (c) => done(c, () => emulator.clearFaults()));

  app.all("*", (c) =>
    c.json({ error: "The emulator has no control at this path and method." }, 404),
  );
  app.onError((error, c) => {
    const reason = error instanceof z.ZodError ? z.prettifyError(error) : error.message;
    return c.json({ error: reason }, 400);
  });
  return app;
}

/** The person who makes an edit, by email. */
function actor(c: Context): AuditActor {
  const email = c.req.query("actor");
  return email === undefined ? {} : { email };
}

function scopeOf(c: Context): [ScopeType, string] {
  return [c.req.param("scopeType") as ScopeType, c.req.param("id") ?? ""];
}

/** Parses a JSON body whatever its content type is, because `curl -d` sends that of a form. */
async function body<T>(c: Context, schema: z.ZodType<T>): Promise<T> {
  const text = await c.req.text();
  return schema.parse(text === "" ? {} : JSON.parse(text));
}

function done(c: Context, effect: () => unknown): Response {
  effect();
  return c.json({ ok: true });
}

function shown(c: Context, found: unknown): Response {
  return found === undefined ? c.json({ error: "Nothing is stored here." }, 404) : c.json(found);
}

/** Removes keys that are undefined, because an optional key has another type than one set to undefined. */
function defined<T extends object>(given: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  const entries = Object.entries(given).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries) as { [K in keyof T]: Exclude<T[K], undefined> };
}
