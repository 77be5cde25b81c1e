import { getRequestListener } from "@hono/node-server";
import { startEmulator, type Settings } from "../../emulator/index.js";

// Replaces Node's Response by a lighter one, which halves the time of a response. Only a process of its own may do that.
getRequestListener(() => new Response(), { overrideGlobalObjects: true });

/** The live organizations differ from what the programs declare, so that `up` writes. */
const LIVE: Settings = {
  name: "Widget",
  session_duration: "24h",
  auto_redirect_to_identity: true,
  login_design: { header_text: "Welcome", footer_text: "Help desk: 555-0100" },
};

/** Sends the base URL. Seeds as many organizations as each number says, and sends the number back. */
async function main(): Promise<void> {
  const emulator = await startEmulator({ latencyMs: Number(process.argv[2]) });
  process.on("message", (organizations: number) => {
    for (let number = 1; number <= organizations; number++)
      emulator.seed("accounts", String(number).padStart(32, "0"), LIVE);
    emulator.clearRequests();
    process.send?.(organizations);
  });
  process.on("disconnect", () => process.exit());
  process.send?.(emulator.baseUrl);
}

void main();
