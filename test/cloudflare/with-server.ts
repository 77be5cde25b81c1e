import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";

/** A server that is none, for as long as something runs. */
export async function withServer(
  listener: RequestListener,
  run: (baseUrl: string) => Promise<void>,
): Promise<void> {
  const server = createServer(listener);
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const { port } = server.address() as AddressInfo;
  try {
    await run(`http://127.0.0.1:${port}/client/v4`);
  } finally {
    server.close();
    server.closeAllConnections();
  }
}
