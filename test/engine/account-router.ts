import { createServer, request as sendRequest } from "node:http";
import type { AddressInfo } from "node:net";
import type { Emulator } from "../../emulator/index.js";

/** A base URL that forwards the requests about each account to the account's emulator. */
export interface AccountRouter {
  readonly baseUrl: string;
  close(): Promise<void>;
}

/** Starts a router. With it, one stack tests several behaviors of the API, in a fraction of the time. */
export async function startAccountRouter(
  emulatorOf: (account: string) => Emulator | undefined,
): Promise<AccountRouter> {
  const server = createServer((request, response) => {
    const [, account = ""] = /\/accounts\/([0-9a-f]{32})\//.exec(request.url ?? "") ?? [];
    const emulator = emulatorOf(account);
    if (emulator === undefined) {
      response.writeHead(502).end();
      return;
    }
    const { method, headers, url = "" } = request;
    const forwarded = sendRequest(new URL(url, emulator.baseUrl), { method, headers });
    forwarded.on("response", (received) => {
      response.writeHead(received.statusCode ?? 502, received.headers);
      received.pipe(response);
    });
    request.pipe(forwarded);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/client/v4`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
