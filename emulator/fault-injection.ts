import { setTimeout as sleep } from "node:timers/promises";
import { RESPONSE_ALREADY_SENT } from "@hono/node-server/utils/response";
import type { MiddlewareHandler } from "hono";
import { failureEnvelope } from "./envelope.js";
import { replacesResponse, takesEffect, type Fault } from "./faults.js";
import type { RequestContext, ServerEnv } from "./request-context.js";
import type { EmulatorContext } from "./context.js";

/** Applies pending faults to the requests that they match. */
export function faultInjection(context: EmulatorContext): MiddlewareHandler<ServerEnv> {
  return async (c, next) => {
    const fault = context.faults.take(c.req.method, c.var.logged.path);
    if (!fault) {
      await next();
      return;
    }
    // The effect comes before the delay, so a client that times out has changed something.
    if (takesEffect(fault)) await next();
    if (fault.delayMs !== undefined) await sleep(fault.delayMs, undefined, { ref: false });
    if (fault.reset !== undefined) {
      closeConnection(c);
      return;
    }
    const response = replacesResponse(fault) ? faultResponse(fault) : c.res;
    for (const [name, value] of Object.entries(fault.headers ?? {})) {
      response.headers.set(name, value);
    }
    // Hono copies the headers of the earlier response unless it is removed first.
    c.res = undefined;
    c.res = response;
    if (fault.truncateAfter !== undefined) await sendTruncated(c, response, fault.truncateAfter);
  };
}

/** Statuses without a body. */
const BODILESS = [204, 205, 304];

function faultResponse({ status = 200, body, contentType }: Fault): Response {
  if (BODILESS.includes(status)) return new Response(null, { status });
  const isText = typeof body === "string";
  const content = isText ? body : JSON.stringify(body ?? defaultFaultBody(status));
  const type = contentType ?? (isText ? "text/html; charset=UTF-8" : "application/json");
  return new Response(content, { status, headers: { "content-type": type } });
}

/** Returns the envelope of a fault that has only a status. The API does not use this code. */
function defaultFaultBody(status: number) {
  return failureEnvelope({
    code: status === 429 ? 971 : 1101,
    message: `A fault of the emulator: ${status}`,
  });
}

function closeConnection(c: RequestContext): void {
  c.set("isClosed", true);
  c.env.incoming.socket.destroy();
  c.res = RESPONSE_ALREADY_SENT;
}

/** Sends the content length of the whole body and only its beginning, and closes the connection. */
async function sendTruncated(c: RequestContext, response: Response, bytes: number): Promise<void> {
  const whole = Buffer.from(await response.arrayBuffer());
  const { outgoing, incoming } = c.env;
  outgoing.writeHead(response.status, {
    ...c.var.commonHeaders,
    ...Object.fromEntries(response.headers),
    "content-length": whole.byteLength,
  });
  await new Promise<void>((resolve) => {
    outgoing.write(whole.subarray(0, bytes), () => {
      incoming.socket.destroy();
      resolve();
    });
  });
  c.set("isClosed", true);
  c.res = RESPONSE_ALREADY_SENT;
}
