import { subscribe } from "node:diagnostics_channel";
import type { Socket } from "node:net";
import { getRequestListener } from "@hono/node-server";
import { startEmulator, type Emulator, type EmulatorOptions } from "../../emulator/index.js";
import type { Calls, Order } from "./cloudflare.js";

/*
 * The emulators, in a process of their own: what they cost must not be waited for by the one that
 * measures. Orders come as messages, and each is answered by one.
 */

// This replaces Node's Response by a lighter one, which only a process of its own may do: an answer
// then takes half the time, on cores that what is measured needs.
getRequestListener(() => new Response(), { overrideGlobalObjects: true });

interface Running {
  readonly emulator: Emulator;
  calls: number;
  underWay: number;
  /** When the first of the calls under way came. */
  since: number;
  underWayMs: number;
}

/** By port: a call is known by the socket that it came through. */
const running = new Map<number, Running>();

function hear(name: string, listen: (seen: Running) => void): void {
  subscribe(name, (message) => {
    const { socket } = message as { socket: Socket };
    const seen = running.get(socket.localPort ?? 0);
    if (seen !== undefined) listen(seen);
  });
}

hear("http.server.request.start", (seen) => {
  if (seen.underWay === 0) seen.since = performance.now();
  seen.underWay += 1;
  seen.calls += 1;
});

hear("http.server.response.finish", (seen) => {
  seen.underWay -= 1;
  if (seen.underWay === 0) seen.underWayMs += performance.now() - seen.since;
});

async function obey(order: Order): Promise<unknown> {
  switch (order.do) {
    case "start":
      return start(order.options);
    case "seed":
      for (const account of order.accounts)
        runningAt(order.port).emulator.seed("accounts", account, order.organization);
      return undefined;
    case "take":
      return take(runningAt(order.port));
  }
}

async function start(options: EmulatorOptions): Promise<string> {
  const emulator = await startEmulator(options);
  const port = Number(new URL(emulator.baseUrl).port);
  running.set(port, { emulator, calls: 0, underWay: 0, since: 0, underWayMs: 0 });
  return emulator.baseUrl;
}

/** The calls since the last time, which are forgotten by that. */
function take(seen: Running): Calls {
  const { calls, underWayMs } = seen;
  Object.assign(seen, { calls: 0, underWayMs: 0 });
  seen.emulator.clearRequests();
  return { calls, underWayMs };
}

function runningAt(port: number): Running {
  const found = running.get(port);
  if (found === undefined) throw new Error(`No emulator listens on port ${port}.`);
  return found;
}

process.on("message", (order: Order) => {
  obey(order).then(
    (result) => process.send?.({ result }),
    (error: unknown) => process.send?.({ trouble: String(error) }),
  );
});
process.on("disconnect", () => process.exit());
