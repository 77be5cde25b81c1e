import type { HttpBindings } from "@hono/node-server";
import type { Context } from "hono";
import type { Credential } from "./authentication.js";
import { failureEnvelope, successEnvelope, type Rejection } from "./envelope.js";
import { isObject, type ScopeType, type Settings } from "./fields.js";
import { isId } from "./ids.js";
import { invalidConfig, noSuchId, unreadableBody } from "./rejections.js";
import type { LoggedRequest } from "./request-log.js";
import type { EmulatorContext } from "./context.js";

/** The variables that middleware attaches to a request. */
export type ServerEnv = {
  Bindings: HttpBindings;
  Variables: {
    credential: Credential;
    logged: LoggedRequest;
    /** The request's id, which Cloudflare calls ray id. */
    rayId: string;
    commonHeaders: Record<string, string>;
    /** Whether the connection is closed, so that no response can be sent. */
    isClosed?: boolean;
  };
};

/** One request and its response. */
export type RequestContext = Context<ServerEnv>;

export function respond(c: RequestContext, result: unknown) {
  return c.json(successEnvelope(result));
}

/** Responds to a successful write. Only these responses have `messages`. */
export function respondToWrite(
  c: RequestContext,
  context: EmulatorContext,
  result: unknown,
  status: 200 | 201 = 200,
) {
  return c.json(successEnvelope(result, context.behavior.writeMessages), status);
}

export function respondWithRejection(c: RequestContext, rejection: Rejection) {
  c.status(rejection.status as Parameters<typeof c.status>[0]);
  return c.json(failureEnvelope(rejection.error));
}

/** Returns the account or zone of the path. The API has a route only for ids of 32 hexadecimal digits. */
export function scopeOf(c: RequestContext): { scopeType: ScopeType; id: string } {
  const { scopeType, id } = c.req.param() as { scopeType?: string; id?: string };
  if ((scopeType !== "accounts" && scopeType !== "zones") || !id || !isId(id)) {
    throw noSuchId(c.req.path);
  }
  return { scopeType, id };
}

/** Returns the body of a request, which must be a JSON object. */
export async function jsonBody(c: RequestContext): Promise<Settings> {
  const text = await c.req.text();
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    throw unreadableBody("the body is not JSON");
  }
  if (!isObject(body)) throw invalidConfig("the body is not an object");
  return body;
}
