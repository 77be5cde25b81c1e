import { createRequire } from "node:module";
import { Socket } from "node:net";

/*
 * How the plugin process learns that it is to stop, while it waits for Cloudflare's rate limit for up
 * to five minutes. Measured with Pulumi 3.259 and its SDK 3.270:
 *
 * - At the first Ctrl-C or SIGTERM the engine asks each plugin to cancel, then waits for the calls under
 *   way, however long they take. The SDK's plugin answers the request and tells nobody.
 * - At the second one the engine ends the plugin.
 * - Where the engine itself is killed, the plugin lives on, and a write would leave it minutes later.
 *   All that it notices is the end of its standard input.
 */

const stopping = new AbortController();
let isListening = false;

/** Ends the waits of this process when the engine cancels the deployment, or is gone. */
export function cancellation(): AbortSignal {
  const [, script] = process.argv;
  if (!isListening && script?.includes("dynamic-provider") === true) {
    isListening = true;
    listenForRequest(script);
    listenForEnd();
  }
  return stopping.signal;
}

/** The method by which a server of grpc-js finds what answers a request. */
interface Server {
  _retrieveHandler?: (this: Server, path: string) => unknown;
}

/**
 * The SDK offers nothing to hear of the request by, so it is seen on its way through the SDK's server.
 * Should that change, a wait lasts as long as it would without this.
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

/** The one that the plugin runs with: this package may see another copy. */
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
