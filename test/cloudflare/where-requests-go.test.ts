import fc from "fast-check";
import { EMULATOR_TOKEN, startEmulator, type Emulator } from "../../emulator/index.js";
import { organizationEndpoint, revokeUser } from "../../provider/cloudflare/endpoints.js";
import type { Scope } from "../../provider/cloudflare/scope.js";
import { ACCOUNT } from "../ids.js";
import { connectionTo } from "./connection-to.js";
import { GET, messageOf, PATH, PUT, repeating } from "./repeating.js";
import { withServer } from "./with-server.js";

jest.setTimeout(60_000);

const TARGET = { kind: "accounts", id: ACCOUNT } as const;

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

describe("the credentials stay here", () => {
  it.each([301, 302, 303, 307, 308])("where a %i points elsewhere", async (status) => {
    const received: string[] = [];
    await withServer(
      (request, response) => {
        received.push(request.url ?? "");
        response.end("{}");
      },
      async (elsewhere) => {
        emulator.fault({
          status,
          body: "",
          headers: { location: `${elsewhere}/accounts` },
          times: 2,
        });
        for (const request of [GET, PUT])
          expect(await messageOf(repeating(emulator).send(request))).toMatch(
            `was redirected (${status}), which is not followed`,
          );
        expect(emulator.requests).toHaveLength(2);
        expect(received).toEqual([]);
      },
    );
  });

  it("where the environment names a proxy for what is not encrypted", async () => {
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
          await repeating(emulator).send(GET);
        } finally {
          process.env = before;
        }
        expect(received).toEqual([]);
      },
    );
  });

  it.each(["http://api.cloudflare.com/client/v4", "http://10.0.0.1/client/v4"])(
    "where they would travel in clear: %s",
    (baseUrl) => {
      expect(() => connectionTo({ baseUrl })).toThrow("is not https");
    },
  );
});

describe("nothing that a program states changes where a request goes", () => {
  it("no id but one of 32 hexadecimal digits reaches a path", () => {
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
    const id = fc.oneof(
      fc.string(),
      fc.array(parts).map((all) => all.join("")),
    );
    fc.assert(
      fc.property(fc.constantFrom("accounts", "zones"), id, (level, id) => {
        const path = pathOf({ kind: level, id });
        if (path !== undefined)
          expect(path).toMatch(/^\/(?:accounts|zones)\/[0-9a-f]{32}\/access\/organizations$/i);
      }),
      { numRuns: 1000 },
    );
  });

  it("no email does: it travels in the body", async () => {
    const client = repeating(emulator, { retries: 0 });
    const email = fc.oneof(
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
      fc.asyncProperty(email, async (text) => {
        emulator.clearRequests();
        await messageOf(revokeUser(client, TARGET, { email: text }));
        expect(emulator.requests).toMatchObject([
          { path: `${PATH}/revoke_user`, query: {}, body: { email: text } },
        ]);
        expect(emulator.requests[0]?.headers.authorization).toBe(`Bearer ${EMULATOR_TOKEN}`);
      }),
      { numRuns: 50 },
    );
  });
});

/** Undefined where the id is refused. */
function pathOf(target: Scope): string | undefined {
  try {
    return organizationEndpoint.path(target);
  } catch {
    return undefined;
  }
}
