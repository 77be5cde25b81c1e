import type { Emulator } from "../../emulator/index.js";

/** The requests that an operation makes, one line each: `PUT /accounts/…`. */
export async function callsOf(emulator: Emulator, operation: () => Promise<unknown>) {
  emulator.clearRequests();
  await operation();
  return emulator.requests.map(({ method }) => method);
}
