import { startEmulator, type Emulator } from "../../emulator/index.js";
import {
  dohEndpoint,
  getSettings,
  organizationEndpoint,
} from "../../provider/cloudflare/endpoints.js";
import { isNotFound } from "../../provider/cloudflare/error.js";
import { ACCOUNT } from "../ids.js";
import { fc } from "../property.js";
import { hastenTries } from "./hastened.js";
import { GET, messageOf, repeating } from "./repeating.js";
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

/** What comes of an answer with this body, whatever the endpoint. */
async function outcomes(status: number, body: string): Promise<unknown[]> {
  const once = repeating(emulator, { retries: 0 });
  return Promise.all(
    [organizationEndpoint, dohEndpoint].map((endpoint) => {
      emulator.fault({ status, body, contentType: "application/json" });
      return getSettings(once, endpoint, TARGET).catch((error: unknown) => error);
    }),
  );
}

function nested(depth: number, open: string, close: string): string {
  return open.repeat(depth) + "1" + close.repeat(depth);
}

describe("an answer that is none of the API's", () => {
  const bodies: [string, string][] = [
    ["null", "null"],
    ["a number", "1"],
    ["a text", '"success"'],
    ["a list", '[{"success":true}]'],
    ["an envelope without success", '{"result":{},"errors":[]}'],
    ["an envelope whose success is a text", '{"success":"true","result":{}}'],
    ["an envelope whose success is inherited", '{"__proto__":{"success":true},"result":{}}'],
    ["two answers", '{"success":true,"result":{}}{"success":true}'],
    ["an answer with something before it", ')]}\',\n{"success":true,"result":{}}'],
    ["a list without end", "[".repeat(500_000)],
    ["an object nested too deep", `{"success":true,"result":${nested(200_000, '{"a":', "}")}}`],
    ["a list nested too deep", `{"success":true,"result":${nested(200_000, "[", "]")}}`],
    ["nothing but a byte order mark", "\ufeff"],
    ["bytes that are no text", "\u0000\u0001\ufffd"],
  ];

  it.each(bodies)("is an error, and never a missing organization: %s", async (_, body) => {
    for (const status of [200, 403, 404]) {
      for (const outcome of await outcomes(status, body)) {
        expect(outcome).toBeInstanceOf(Error);
        expect(isNotFound(outcome)).toBe(false);
        expect((outcome as Error).message).toMatch(/no answer of Cloudflare's API/);
        expect((outcome as Error).message.length).toBeLessThan(500);
      }
    }
  });

  it("is an error whatever it holds", async () => {
    const values = fc.oneof(fc.anything(), fc.json(), fc.constantFrom("not_enabled", 9999, {}));
    await fc.assert(
      fc.asyncProperty(values, fc.constantFrom(200, 403, 404, 500), async (value, status) => {
        const json = JSON.stringify(value) as string | undefined;
        const text = typeof value === "string" ? value : (json ?? "");
        for (const outcome of await outcomes(status, text)) {
          expect(outcome).toBeInstanceOf(Error);
          expect(isNotFound(outcome)).toBe(false);
        }
      }),
      { numRuns: 30 },
    );
  });
});

describe("an envelope with something strange in it", () => {
  it.each<[string, unknown]>([
    ["errors that are no list", { success: false, errors: "many" }],
    ["errors of any type", { success: false, errors: [null, 1, [], "text", { code: "1" }, {}] }],
    ["errors with chains of any type", { success: false, errors: [{ error_chain: 5 }] }],
    ["a result that is no object", { success: true, result: "text" }],
    ["a result that is a list", { success: true, result: [1] }],
    ["a result that is a number", { success: true, result: 7 }],
  ])("is an error, and never a missing organization: %s", async (_, body) => {
    for (const outcome of await outcomes(200, JSON.stringify(body))) {
      expect(outcome).toBeInstanceOf(Error);
      expect((outcome as Error).message).not.toBe("");
      expect(isNotFound(outcome)).toBe(false);
    }
  });

  it("keeps messages that a person can read: as many as one reads, and none that poses as another", async () => {
    const errors = Array.from({ length: 1000 }, (_unused, index) => ({
      code: 1000 + index,
      message: `\u001b[2J\u202e${"long ".repeat(1000)}\nwarning: all is well\r`,
      error_chain: [{ message: "because" }],
    }));
    emulator.fault({ status: 400, body: { success: false, errors } });
    const message = await messageOf(repeating(emulator).send(GET));
    const lines = message.split("\n");
    expect(lines).toHaveLength(33);
    expect(lines.at(-2)).toBe("  and 1970 more");
    expect(message.length).toBeLessThan(40_000);
    expect(lines.join("")).not.toMatch(/[\p{Cc}\p{Cf}]/u);
    expect(lines.filter((line) => line.startsWith("warning"))).toEqual([]);
  });

  it("does nothing to other objects, where it names what they all inherit", async () => {
    const poisoned = '{"auth_domain":"team.example.com","__proto__":{"polluted":true}}';
    const chain = '[{"code":9999,"message":"m","error_chain":[{"__proto__":{"polluted":true}}]}]';
    const bodies = [
      `{"success":true,"result":${poisoned},"constructor":{"prototype":{"polluted":true}}}`,
      `{"success":false,"errors":${chain},"__proto__":{"polluted":true}}`,
    ];
    for (const body of bodies) await outcomes(200, body);
    expect({}).not.toHaveProperty("polluted");
    expect(Object.prototype).not.toHaveProperty("polluted");
  });
});

describe("an answer that never ends", () => {
  it("is given up in time, however it trickles", async () => {
    hastenTries();
    try {
      await withServer(
        (_request, response) => {
          response.writeHead(200, { "content-type": "application/json" });
          const drip = setInterval(() => response.write(" "), 20);
          response.on("close", () => clearInterval(drip));
        },
        async (baseUrl) => {
          expect(
            await messageOf(repeating({ baseUrl }, { retries: 0 }).send(GET)),
          ).toMatchInlineSnapshot(
            `"GET /accounts/023e105f4ecef8ad9ca31a8372d0c353/access/organizations got no answer: none within 30 seconds"`,
          );
        },
      );
    } finally {
      jest.restoreAllMocks();
    }
  });

  it("is not read further than any answer is long", async () => {
    let sent = 0;
    await withServer(
      (_request, response) => {
        const chunk = "x".repeat(1024 * 1024);
        const pour = () => {
          while (sent < 100 && response.write(chunk)) sent += 1;
        };
        response.on("drain", () => {
          sent += 1;
          pour();
        });
        pour();
      },
      async (baseUrl) => {
        expect(await messageOf(repeating({ baseUrl }).send(GET))).toMatch("larger than 8 MiB");
        expect(sent).toBeLessThan(20);
      },
    );
  });
});
