import { EMULATOR_TOKEN, startEmulator, type Emulator } from "../../emulator/index.js";
import { resolveConnection } from "../../provider/cloudflare/credentials.js";
import { organizationEndpoint, revokeUser } from "../../provider/cloudflare/endpoints.js";
import type { Scope } from "../../provider/cloudflare/scope.js";
import { ACCOUNT } from "../ids.js";
import { fc } from "../property.js";
import { messageOf } from "./errors.js";
import { GET, PATH, PUT } from "./requests.js";
import { retryingClient } from "./retrying-client.js";
import { withServer } from "./with-server.js";

jest.setTimeout(60_000);

const SCOPE = { kind: "accounts", id: ACCOUNT } as const;

describe("The base URL", () => {
  const resolve = (baseUrl: string) =>
    resolveConnection([{ name: "environment", apiToken: "the-token", baseUrl }]).baseUrl;
  const rejectionOf = (baseUrl: string) => messageOf(Promise.resolve(baseUrl).then(resolve));

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

  it.each([
    "http://api.cloudflare.com/client/v4",
    "http://127.0.0.1.example.com/client/v4",
    "http://localhost.example.com/client/v4",
    "http://192.168.0.1/client/v4",
    "ftp://127.0.0.1/client/v4",
    "https://api.cloudflare.com",
    "https://api.cloudflare.com/client/v4/accounts",
    "https://api.cloudflare.com/client/v5",
    "https://user:the-password@api.cloudflare.com/client/v4",
    "https://api.cloudflare.com/client/v4?the-password=1",
    "https://api.cloudflare.com/client/v4#top",
    "api.cloudflare.com/client/v4",
    "not a URL",
  ])("cannot be %s", async (given) => {
    const message = await rejectionOf(given);
    expect(message).toMatch(/^The base URL /);
    expect(message).toContain("https://api.cloudflare.com/client/v4");
    expect(message).not.toMatch(/the-token|the-password/);
  });

  it("is rejected with the reason", async () => {
    const invalid = [
      "api.cloudflare.com",
      "http://api.cloudflare.com/client/v4",
      "https://api.cloudflare.com/v4",
      "https://user@api.cloudflare.com/client/v4",
    ];
    const messages = await Promise.all(invalid.map(rejectionOf));
    expect(messages.join("\n")).toMatchInlineSnapshot(`
      "The base URL is not a valid URL. Use a base URL such as https://api.cloudflare.com/client/v4.
      The base URL http://api.cloudflare.com is not https, so the credentials would be sent unencrypted. Plain http works for loopback addresses only. Use a base URL such as https://api.cloudflare.com/client/v4.
      The base URL https://api.cloudflare.com/v4 does not end in /client/v4. Use a base URL such as https://api.cloudflare.com/client/v4.
      The base URL must not contain credentials, a query or a fragment. Use a base URL such as https://api.cloudflare.com/client/v4."
    `);
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
    const parts = fc.constantFrom(
      "..",
      "/",
      "%2f",
      "?",
      "#",
      "\n",
      "@",
      ACCOUNT,
      "accounts/",
      "zones/",
    );
    const ids = fc.oneof(
      fc.string(),
      fc.array(parts).map((all) => all.join("")),
    );
    fc.assert(
      fc.property(fc.constantFrom("accounts", "zones"), ids, (kind, id) => {
        const path = pathOf({ kind, id });
        if (path !== undefined)
          expect(path).toMatch(/^\/(?:accounts|zones)\/[0-9a-f]{32}\/access\/organizations$/i);
      }),
      { numRuns: 1000 },
    );
  });

  it("if an email contains anything, because it is in the body", async () => {
    const client = retryingClient(emulator, { retries: 0 });
    const emails = fc.oneof(
      fc.string(),
      fc.constantFrom(
        "../../x@example.com",
        "a@b/../..",
        "?devices=true",
        "a@b\r\nHost: c",
        "\u0000",
      ),
    );
    await fc.assert(
      fc.asyncProperty(emails, async (email) => {
        emulator.clearRequests();
        await messageOf(revokeUser(client, SCOPE, { email }));
        expect(emulator.requests).toMatchObject([
          { path: `${PATH}/revoke_user`, query: {}, body: { email } },
        ]);
        expect(emulator.requests[0]?.headers.authorization).toBe(`Bearer ${EMULATOR_TOKEN}`);
      }),
      { numRuns: 50 },
    );
  });
});

/** The path of the organization; undefined if its id is rejected. */
function pathOf(scope: Scope): string | undefined {
  try {
    return organizationEndpoint.path(scope);
  } catch {
    return undefined;
  }
}
