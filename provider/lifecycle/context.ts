import type { CloudflareClient } from "../cloudflare/client.js";
import { connect } from "../cloudflare/connect.js";
import type { ReadConfig } from "../cloudflare/credentials.js";
import { cancellation } from "./cancellation.js";

/** What an operation needs from outside: a client for the API, and a log. */
export interface Context {
  client(): Promise<CloudflareClient>;
  readonly diagnostics: Diagnostics;
}

/** The client is created on the first request: operations without requests need no credentials. */
export function openContext(readConfig: ReadConfig): Context {
  let client: Promise<CloudflareClient> | undefined;
  const log = (line: string) => deliver(pulumiLog.info(line));
  return {
    diagnostics: pulumiLog,
    client: () => (client ??= connect(readConfig, log, cancellation())),
  };
}

/** Log lines that are not delivered yet. */
const pending = new Set<Promise<void>>();

function deliver(line: Promise<void>): void {
  const delivery = line.catch(() => undefined).finally(() => pending.delete(delivery));
  pending.add(delivery);
}

/** The engine ends this process once it has its responses, so those wait until every line is delivered. */
export async function flushLogs(): Promise<void> {
  if (pending.size > 0) await Promise.all(pending);
}

/** The log of an operation. Resolves when a message is delivered. */
export interface Diagnostics {
  warn(message: string): Promise<void>;
  info(message: string): Promise<void>;
}

/**
 * The engine shows each line that the plugin prints, at almost no cost, as an info line. Warnings go
 * through the engine's log.
 */
const pulumiLog: Diagnostics = {
  warn: async (message) => (await engineLog()).warn(message),
  info: (message) =>
    new Promise((resolve) => {
      process.stdout.write(`${message}\n`, () => resolve());
    }),
};

type Log = typeof import("@pulumi/pulumi/log/index.js");
let log: Promise<Log> | undefined;

/** Connects on the first warning, because that takes about 150 ms. */
function engineLog(): Promise<Log> {
  return (log ??= connectToEngine());
}

/** The plugin's SDK does not know the engine's address: it is the last argument, after those of `--logflow`. */
async function connectToEngine(): Promise<Log> {
  const [, script, ...args] = process.argv;
  const engineAddress = args.at(-1);
  const inPlugin = script?.includes("dynamic-provider") === true && engineAddress !== undefined;
  if (inPlugin) {
    const runtime = await import("@pulumi/pulumi/runtime/index.js");
    const { getProject, getStack, resetOptions } = runtime;
    resetOptions(
      getProject(),
      getStack(),
      1, // no parallel registrations
      engineAddress,
      "", // no resource monitor: the plugin registers nothing
      false, // whether it is a preview
      "", // the organization in Pulumi Cloud
    );
  }
  return import("@pulumi/pulumi/log/index.js");
}
