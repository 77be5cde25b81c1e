import { createServer, request as sendRequest } from "node:http";
import type { AddressInfo } from "node:net";
import type { Emulator } from "../../emulator/index.js";

/** One base URL behind which each account is answered by an emulator of its own. */
export interface Switchboard {
  readonly baseUrl: string;
  close(): Promise<void>;
}

/** So that one stack meets several ways of answering at once, which takes a fraction of the time. */
export async function startSwitchboard(
  emulators: ReadonlyMap<string, Emulator>,
): Promise<Switchboard> {
  const server = createServer((request, response) => {
    const [, account = ""] = /\/accounts\/([0-9a-f]{32})\//.exec(request.url ?? "") ?? [];
    const emulator = emulators.get(account);
    if (emulator === undefined) {
      response.writeHead(502).end();
      return;
    }
    const { method, headers, url = "" } = request;
    const forwarded = sendRequest(new URL(url, emulator.baseUrl), { method, headers });
    forwarded.on("response", (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
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
