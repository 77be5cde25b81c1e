import { setTimeout as sleep } from "node:timers/promises";
import { RESPONSE_ALREADY_SENT } from "@hono/node-server/utils/response";
import type { MiddlewareHandler } from "hono";
import { failureEnvelope } from "./envelope.js";
import { replacesAnswer, takesEffect, type Fault } from "./faults.js";
import type { ServerContext, ServerEnv } from "./exchange.js";
import type { World } from "./world.js";

/** Lets the pending faults happen to the requests that they wait for. */
export function faultInjection(world: World): MiddlewareHandler<ServerEnv> {
  return async (c, next) => {
    const fault = world.faults.take(c.req.method, c.var.logged.path);
    if (!fault) {
      await next();
      return;
    }
    // Effect first, then the wait: a client that gives up early has changed something all the same.
    if (takesEffect(fault)) await next();
    if (fault.delayMs !== undefined) await sleep(fault.delayMs, undefined, { ref: false });
    if (fault.reset !== undefined) {
      cutConnection(c);
      return;
    }
    const answer = replacesAnswer(fault) ? faultAnswer(fault) : c.res;
    for (const [name, value] of Object.entries(fault.headers ?? {})) {
      answer.headers.set(name, value);
    }
    // Assigning over a response would carry its headers over.
    c.res = undefined;
    c.res = answer;
    if (fault.truncateAfter !== undefined) await sendTruncated(c, answer, fault.truncateAfter);
  };
}

/** Statuses that HTTP gives no body. */
const BODILESS = [204, 205, 304];

function faultAnswer({ status = 200, body, contentType }: Fault): Response {
  if (BODILESS.includes(status)) return new Response(null, { status });
  const isText = typeof body === "string";
  const content = isText ? body : JSON.stringify(body ?? plainFailure(status));
  const type = contentType ?? (isText ? "text/html; charset=UTF-8" : "application/json");
  return new Response(content, { status, headers: { "content-type": type } });
}

/** The envelope of a fault that only has a status; its code is none of the API's. */
function plainFailure(status: number) {
  return failureEnvelope({
    code: status === 429 ? 971 : 1101,
    message: `The emulator was told to answer ${status}`,
  });
}

function cutConnection(c: ServerContext): void {
  c.set("cut", true);
  c.env.incoming.socket.destroy();
  c.res = RESPONSE_ALREADY_SENT;
}

/** Announces the whole body, sends its beginning, and cuts the connection. */
async function sendTruncated(c: ServerContext, answer: Response, bytes: number): Promise<void> {
  const whole = Buffer.from(await answer.arrayBuffer());
  const { outgoing, incoming } = c.env;
  outgoing.writeHead(answer.status, {
    ...c.var.standingHeaders,
    ...Object.fromEntries(answer.headers),
    "content-length": whole.byteLength,
  });
  await new Promise<void>((resolve) => {
    outgoing.write(whole.subarray(0, bytes), () => {
      incoming.socket.destroy();
      resolve();
    });
  });
  c.set("cut", true);
  c.res = RESPONSE_ALREADY_SENT;
}
