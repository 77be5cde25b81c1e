import { EMULATOR_TOKEN, startEmulator, type Emulator, type Fault } from "../../emulator/index.js";
import { isNotFound } from "../../provider/cloudflare/error.js";
import { ACCOUNT } from "../ids.js";
import { cloudflareErrorOf, everyTextOf } from "./errors.js";
import { GET } from "./requests.js";
import { retryingClient } from "./retrying-client.js";
import { shortenAttemptTimeout } from "./shorten-attempt-timeout.js";
import { withServer } from "./with-server.js";

let emulator: Emulator;
beforeEach(async () => {
  emulator = await startEmulator();
  emulator.seed("accounts", ACCOUNT);
});
afterEach(async () => {
  jest.restoreAllMocks();
  await emulator.close();
});

/** The error message of a GET without a complete response. */
async function failureOf(server: { baseUrl: string }, fault?: Fault): Promise<string> {
  if (fault !== undefined) emulator.fault(fault);
  const error = await cloudflareErrorOf(retryingClient(server, { retries: 0 }).send(GET));
  expect(isNotFound(error)).toBe(false);
  expect(everyTextOf(error)).not.toContain(EMULATOR_TOKEN);
  return error.message;
}

describe("A request fails, and does not count as not found,", () => {
  it("if the response breaks off", async () => {
    expect(await failureOf(emulator, { truncateAfter: 40 })).toMatchInlineSnapshot(
      `"GET /accounts/023e105f4ecef8ad9ca31a8372d0c353/access/organizations got no response: the response broke off"`,
    );
  });

  it("if a 404 breaks off", async () => {
    expect(await failureOf(emulator, { status: 404, truncateAfter: 40 })).toMatch(
      "got no response: the response broke off",
    );
  });

  it.each(["before", "after"] as const)(
    "if the connection is reset %s the request takes effect",
    async (reset) => {
      expect(await failureOf(emulator, { reset })).toMatch(
        /^GET \S+ got no response: socket hang up$/,
      );
    },
  );

  it("if the connection is refused", async () => {
    await emulator.close();
    const message = await failureOf(emulator);
    expect(message.replace(/:\d+/, ":<port>")).toMatchInlineSnapshot(`
      "GET /accounts/023e105f4ecef8ad9ca31a8372d0c353/access/organizations got no response: connect ECONNREFUSED 127.0.0.1:<port>
      Check the network connection, the base URL (CLOUDFLARE_BASE_URL, or baseUrl of the Provider or the stack configuration), and the proxy (HTTPS_PROXY)."
    `);
  });

  it("if the response is not complete within 30 seconds, although it continues", async () => {
    shortenAttemptTimeout();
    await withServer(
      (_request, response) => {
        response.writeHead(200, { "content-type": "application/json" });
        const drip = setInterval(() => response.write(" "), 20);
        response.on("close", () => clearInterval(drip));
      },
      async (baseUrl) => {
        expect(await failureOf({ baseUrl })).toMatch("got no response: timed out after 30 seconds");
      },
    );
  });
});

it("A response without end is not read further than the largest response that is accepted", async () => {
  let sentMiB = 0;
  await withServer(
    (_request, response) => {
      const chunk = "x".repeat(1024 * 1024);
      const pour = () => {
        while (sentMiB < 100 && response.write(chunk)) sentMiB += 1;
      };
      response.on("drain", () => {
        sentMiB += 1;
        pour();
      });
      pour();
    },
    async (baseUrl) => {
      expect(await failureOf({ baseUrl })).toMatch("larger than 8 MiB");
      expect(sentMiB).toBeLessThan(20);
    },
  );
});
