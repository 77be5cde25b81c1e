import type { Emulator } from "../../emulator/index.js";

/** The HTTP methods of the requests that an operation sends. */
export async function requestsOf(
  emulator: Emulator,
  operation: () => Promise<unknown>,
): Promise<string[]> {
  emulator.clearRequests();
  await operation();
  return emulator.requests.map(({ method }) => method);
}
