import { startEmulator, type Emulator } from "../../emulator/index.js";
import { resolveConnection } from "../../provider/cloudflare/credentials.js";
import { organizationEndpoint } from "../../provider/cloudflare/endpoints.js";
import { ACCOUNT } from "../ids.js";
import { fc } from "../property.js";
import { messageOf, messageOfCall } from "./errors.js";
import { GET, PUT } from "./requests.js";
import { retryingClient } from "./retrying-client.js";
import { withServer } from "./with-server.js";

describe("The base URL", () => {
  const resolve = (baseUrl: string) =>
    resolveConnection(() => undefined, {
      CLOUDFLARE_API_TOKEN: "the-token",
      CLOUDFLARE_BASE_URL: baseUrl,
    }).baseUrl;

  it.each([
    ["https://api.cloudflare.com/client/v4", "https://api.cloudflare.com/client/v4"],
    ["https://api.cloudflare.com/client/v4/", "https://api.cloudflare.com/client/v4"],
    ["https://proxy.example.com:8443/cf/client/v4", "https://proxy.example.com:8443/cf/client/v4"],
    ["http://127.0.0.1:8080/client/v4", "http://127.0.0.1:8080/client/v4"],
    ["http://localhost:8080/client/v4", "http://localhost:8080/client/v4"],
    ["http://[::1]:8080/client/v4", "http://[::1]:8080/client/v4"],
  ])("may be %s", (given, resolved) => {
    expect(resolve(given)).toBe(resolved);
  });

  const PLAIN_HTTP =
    "is not https, so the credentials would be sent unencrypted. Plain http works for loopback";

  it.each([
    ["http://api.cloudflare.com/client/v4", PLAIN_HTTP],
    ["http://127.0.0.1.example.com/client/v4", PLAIN_HTTP],
    ["http://localhost.example.com/client/v4", PLAIN_HTTP],
    ["http://192.168.0.1/client/v4", PLAIN_HTTP],
    ["ftp://127.0.0.1/client/v4", PLAIN_HTTP],
    ["https://api.cloudflare.com", "does not end in /client/v4. "],
    ["https://api.cloudflare.com/client/v4/accounts", "does not end in /client/v4. "],
    ["https://api.cloudflare.com/client/v5", "does not end in /client/v4. "],
    ["https://user:the-password@api.cloudflare.com/client/v4", "must not contain credentials, "],
    ["https://api.cloudflare.com/client/v4?the-password=1", "must not contain credentials, "],
    ["https://api.cloudflare.com/client/v4#top", "must not contain credentials, "],
    ["api.cloudflare.com/client/v4", "is not a valid URL. "],
    ["not a URL", "is not a valid URL. "],
  ])("cannot be %s", (given, reason) => {
    const message = messageOfCall(() => resolve(given));
    expect(message).toMatch(/^The base URL .*\. Use a base URL such as https:\S+\/client\/v4\.$/);
    expect(message).toContain(reason);
    expect(message).not.toMatch(/the-token|the-password/);
  });
});

describe("A request stays below the base URL", () => {
  let emulator: Emulator;
  beforeAll(async () => {
    emulator = await startEmulator();
    emulator.seed("accounts", ACCOUNT);
  });
  afterEach(() => {
    emulator.clearFaults();
    emulator.clearRequests();
  });
  afterAll(() => emulator.close());

  it.each([301, 302, 303, 307, 308])("if the response is a %i to elsewhere", async (status) => {
    const received: string[] = [];
    await withServer(
      (request, response) => {
        received.push(request.url ?? "");
        response.end("{}");
      },
      async (elsewhere) => {
        const headers = { location: `${elsewhere}/accounts` };
        emulator.fault({ status, body: "", headers, times: 2 });
        for (const request of [GET, PUT])
          expect(await messageOf(retryingClient(emulator).send(request))).toMatch(
            `was redirected (${status}). Redirects are not followed, because they would carry the credentials elsewhere`,
          );
        expect(emulator.requests).toHaveLength(2);
        expect(received).toEqual([]);
      },
    );
  });

  it("if the environment names a proxy for plain http", async () => {
    const received: unknown[] = [];
    const before = { ...process.env };
    await withServer(
      (request, response) => {
        received.push(request.headers);
        response.end("{}");
      },
      async (proxy) => {
        Object.assign(process.env, { http_proxy: proxy, HTTP_PROXY: proxy, NO_PROXY: "" });
        try {
          await retryingClient(emulator).send(GET);
        } finally {
          process.env = before;
        }
        expect(received).toEqual([]);
      },
    );
  });

  it("if an id has any other form than 32 hexadecimal digits, because it is rejected", () => {
    const parts = ["..", "/", "%2f", "?", "#", "\n", "@", ACCOUNT, "accounts/", "zones/"];
    const joined = fc.array(fc.constantFrom(...parts)).map((all) => all.join(""));
    fc.assert(
      fc.property(
        fc.constantFrom("accounts", "zones"),
        fc.oneof(fc.string(), joined),
        (kind, id) => {
          fc.pre(!/^[0-9a-f]{32}$/.test(id));
          expect(() => organizationEndpoint.path({ kind, id })).toThrow("is not a Cloudflare id");
        },
      ),
      { numRuns: 1000 },
    );
  });
});
