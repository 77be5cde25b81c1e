import { createRequire } from "node:module";
import { Socket } from "node:net";

/*
 * How the plugin process learns that a deployment is cancelled while it waits for Cloudflare's rate limit
 * for up to five minutes. Measured with Pulumi 3.276 and its SDK 3.270:
 *
 * - After the first Ctrl-C or SIGTERM, the engine asks each plugin to cancel and waits for the pending
 *   calls. The SDK's plugin responds to the request and does not pass it on.
 * - After the second one, the engine ends the plugin.
 * - If the engine itself is killed, the plugin continues, and could send a write minutes later. It only
 *   notices that its standard input ends.
 */

const stopping = new AbortController();
let isListening = false;

/** A signal that ends the waits of this process when the engine cancels the deployment or has ended. */
export function cancellation(): AbortSignal {
  const [, script] = process.argv;
  if (!isListening && script?.includes("dynamic-provider") === true) {
    isListening = true;
    listenForRequest(script);
    listenForEnd();
  }
  return stopping.signal;
}

/** The method by which a grpc-js server finds the handler of a request. */
interface Server {
  _retrieveHandler?: (this: Server, path: string) => unknown;
}

/**
 * The SDK has no hook for the request, so the lookup of its handler in the SDK's server is observed. If
 * that changes in a later SDK, a wait takes as long as it would without this.
 */
function listenForRequest(script: string): void {
  const server = prototypeOfServer(script);
  const retrieve = server?._retrieveHandler;
  if (server === undefined || typeof retrieve !== "function") return;
  server._retrieveHandler = function (path) {
    if (path === "/pulumirpc.ResourceProvider/Cancel") stopping.abort();
    return retrieve.call(this, path);
  };
}

/** The server class of the plugin's own copy of grpc-js: this package may resolve another copy. */
function prototypeOfServer(script: string): Server | undefined {
  try {
    const grpc = createRequire(script)("@grpc/grpc-js") as { Server: { prototype: Server } };
    return grpc.Server.prototype;
  } catch {
    return undefined;
  }
}

function listenForEnd(): void {
  const { stdin } = process;
  if (!(stdin instanceof Socket)) return; // no pipe from an engine
  stdin.once("end", () => stopping.abort());
  stdin.resume();
  stdin.unref();
}
