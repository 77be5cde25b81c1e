import type { HttpBindings } from "@hono/node-server";
import type { Context } from "hono";
import type { Credential } from "./authentication.js";
import { failureEnvelope, successEnvelope, type Rejection } from "./envelope.js";
import { isObject, type Level, type Settings } from "./fields.js";
import { isId } from "./ids.js";
import { invalidConfig, noSuchId, unreadableBody } from "./rejections.js";
import type { LoggedRequest } from "./request-log.js";
import type { World } from "./world.js";

/** What Hono knows of a request besides HTTP. */
export type ServerEnv = {
  Bindings: HttpBindings;
  Variables: {
    credential: Credential;
    logged: LoggedRequest;
    /** The request's id, which Cloudflare calls ray id. */
    rayId: string;
    standingHeaders: Record<string, string>;
    /** Set once the connection was cut: nothing more can be answered. */
    cut?: boolean;
  };
};

/** One request and its answer. */
export type ServerContext = Context<ServerEnv>;

export function answerSuccess(c: ServerContext, result: unknown, status: 200 | 201 = 200) {
  return c.json(successEnvelope(result), status);
}

/** A success of a write: the only place where the envelope's `messages` are filled. */
export function answerWrite(
  c: ServerContext,
  world: World,
  result: unknown,
  status: 200 | 201 = 200,
) {
  return c.json(successEnvelope(result, world.behavior.writeMessages), status);
}

export function answerRefusal(c: ServerContext, refusal: Rejection) {
  c.status(refusal.status as Parameters<typeof c.status>[0]);
  return c.json(failureEnvelope(refusal.error));
}

/** The account or zone of the path. Ids are 32 hexadecimal digits; others have no route. */
export function target(c: ServerContext): { level: Level; id: string } {
  const { level, id } = c.req.param() as { level?: string; id?: string };
  if ((level !== "accounts" && level !== "zones") || !id || !isId(id)) {
    throw noSuchId(c.req.path);
  }
  return { level, id };
}

/** The body of a request, which has to be a JSON object. */
export async function jsonBody(c: ServerContext): Promise<Settings> {
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
