import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";

/** Runs a function with a server that is not the API, and then closes the server. */
export async function withServer(
  listener: RequestListener,
  run: (baseUrl: string) => Promise<void>,
): Promise<void> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  try {
    await run(`http://127.0.0.1:${port}/client/v4`);
  } finally {
    server.close();
    server.closeAllConnections();
  }
}
