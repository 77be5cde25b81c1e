import { fork } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import type { EmulatorOptions, Settings } from "../../emulator/index.js";

/** What one emulator was asked, and for how long at least one call was under way. */
export interface Calls {
  readonly calls: number;
  readonly underWayMs: number;
}

/** What the process of the emulators can be told to do. */
export type Order =
  | { readonly do: "start"; readonly options: EmulatorOptions }
  | {
      readonly do: "seed";
      readonly port: number;
      readonly accounts: readonly string[];
      readonly organization: Settings;
    }
  | { readonly do: "take"; readonly port: number };

type Reply = { readonly result?: unknown; readonly trouble?: string };

/** Emulators of Cloudflare's API in a process of their own. */
export interface Cloudflare {
  start(options: EmulatorOptions): Promise<EmulatedApi>;
  close(): void;
}

/** One of them. */
export interface EmulatedApi {
  readonly baseUrl: string;
  /** Puts so many live organizations there, each different from what the programs state. */
  seed(organizations: number): Promise<void>;
  /** The calls since the last time. */
  takeCalls(): Promise<Calls>;
}

/** The organization as people left it in the dashboard. */
const LIVE: Settings = {
  name: "Widget",
  session_duration: "24h",
  auto_redirect_to_identity: true,
  login_design: { header_text: "Welcome", footer_text: "Help desk: 555-0100" },
};

export function openCloudflare(): Cloudflare {
  const child = fork(path.join(__dirname, "cloudflare-process.ts"));
  const ended = once(child, "exit").then(([code]): never => {
    throw new Error(`The emulators' process exited ${String(code)}.`);
  });
  ended.catch(() => undefined); // whoever waits for a reply hears of it
  // One order at a time: replies carry no name.
  const tell = async (order: Order): Promise<unknown> => {
    child.send(order);
    const [reply] = (await Promise.race([once(child, "message"), ended])) as [Reply];
    if (reply.trouble !== undefined) throw new Error(reply.trouble);
    return reply.result;
  };
  return {
    async start(options) {
      const baseUrl = (await tell({ do: "start", options })) as string;
      const port = Number(new URL(baseUrl).port);
      return {
        baseUrl,
        async seed(organizations) {
          const accounts = Array.from({ length: organizations }, (_, index) => accountId(index));
          await tell({ do: "seed", port, accounts, organization: LIVE });
        },
        takeCalls: async () => (await tell({ do: "take", port })) as Calls,
      };
    },
    close: () => child.disconnect(),
  };
}

/** As the programs count them. */
function accountId(index: number): string {
  return (index + 1).toString().padStart(32, "0");
}
