import { startEmulator, type Emulator, type Fault } from "../../emulator/index.js";
import {
  dohEndpoint,
  getSettings,
  organizationEndpoint,
} from "../../provider/cloudflare/endpoints.js";
import { isNotFound } from "../../provider/cloudflare/error.js";
import { ACCOUNT } from "../ids.js";
import { fc } from "../property.js";
import { errorOf, messageOf, rejection, rejectionOf } from "./errors.js";
import { GET } from "./requests.js";
import { retryingClient } from "./retrying-client.js";

jest.setTimeout(60_000);

const SCOPE = { kind: "accounts", id: ACCOUNT } as const;

let emulator: Emulator;
beforeAll(async () => {
  emulator = await startEmulator();
  emulator.seed("accounts", ACCOUNT);
});
afterEach(() => emulator.clearFaults());
afterAll(() => emulator.close());

/** The errors of reading both settings objects, if the response has this body. */
async function errorsOf(status: number, body: string): Promise<Error[]> {
  const client = retryingClient(emulator, { retries: 0 });
  return Promise.all(
    [organizationEndpoint, dohEndpoint].map((endpoint) => {
      emulator.fault({ status, body, contentType: "application/json" });
      return errorOf(getSettings(client, endpoint, SCOPE));
    }),
  );
}

/** The error message of a GET with this response. */
function failureOf(fault: Fault): Promise<string> {
  emulator.fault(fault);
  return rejectionOf(emulator, GET);
}

describe("A response that is not from the API is reported with its beginning", () => {
  const page =
    "<!doctype html>\n<html><title>Access denied</title>\n<p>Sign in to the proxy.</p></html>";

  it("if it is an HTML page with the status of a rejection", async () => {
    expect(await failureOf({ status: 403, body: page })).toMatchInlineSnapshot(`
      "GET /accounts/023e105f4ecef8ad9ca31a8372d0c353/access/organizations got 403 with a body that is not a response of Cloudflare's API (text/html; charset=UTF-8): <!doctype html> <html><title>Access denied</title> <p>Sign in to the proxy.</p><
        (ray id <ray>)"
    `);
  });

  it("if it is JSON of another server", async () => {
    expect(await failureOf({ status: 404, body: { message: "Not Found" } })).toMatchInlineSnapshot(`
      "GET /accounts/023e105f4ecef8ad9ca31a8372d0c353/access/organizations got 404 with a body that is not a response of Cloudflare's API (application/json): {"message":"Not Found"}
        (ray id <ray>)"
    `);
  });

  it.each([
    [204, undefined],
    [404, ""],
  ])("if it is an empty %i", async (status, body) => {
    expect(await failureOf({ status, ...(body === undefined ? {} : { body }) })).toMatch(
      `got ${status} with an empty body, which is not a response of Cloudflare's API\n`,
    );
  });
});

function nested(depth: number, open: string, close: string): string {
  return open.repeat(depth) + "1" + close.repeat(depth);
}

describe("A response fails, and does not count as not found,", () => {
  it.each<[string, string]>([
    ["an envelope with an inherited success", '{"__proto__":{"success":true},"result":{}}'],
    ["two envelopes", '{"success":true,"result":{}}{"success":true}'],
    ["an envelope after other text", ')]}\',\n{"success":true,"result":{}}'],
    ["a list that does not end", "[".repeat(500_000)],
    [
      "an object that is nested too deeply",
      `{"success":true,"result":${nested(2e5, '{"a":', "}")}}`,
    ],
    ["a list that is nested too deeply", `{"success":true,"result":${nested(2e5, "[", "]")}}`],
    ["a byte order mark", "\ufeff"],
    ["control characters", "\u0000\u0001\ufffd"],
  ])("if its body is %s", async (_, body) => {
    for (const status of [200, 403, 404]) {
      for (const error of await errorsOf(status, body)) {
        expect(isNotFound(error)).toBe(false);
        expect(error.message).toMatch(/not a response of Cloudflare's API/);
        expect(error.message.length).toBeLessThan(500);
      }
    }
  });

  it.each<[string, unknown]>([
    ["errors that are not a list", { success: false, errors: "many" }],
    ["errors of any type", { success: false, errors: [null, 1, [], "text", { code: "1" }, {}] }],
    ["error chains of any type", { success: false, errors: [{ error_chain: 5 }] }],
  ])("if its envelope contains %s", async (_, body) => {
    for (const error of await errorsOf(200, JSON.stringify(body))) {
      expect(isNotFound(error)).toBe(false);
      expect(error.message).toMatch("was rejected with 200");
    }
  });

  it.each(["text", [1], 7])("if its result is %j instead of an object", async (result) => {
    for (const error of await errorsOf(200, JSON.stringify({ success: true, result }))) {
      expect(isNotFound(error)).toBe(false);
      expect(error.message).toMatch("is not an object.");
    }
  });

  it("if its body is any other value", async () => {
    const values = fc.oneof(fc.anything(), fc.json(), fc.constantFrom("not_enabled", 9999, {}));
    await fc.assert(
      fc.asyncProperty(values, fc.constantFrom(200, 403, 404, 500), async (value, status) => {
        const json = JSON.stringify(value) as string | undefined;
        const text = typeof value === "string" ? value : (json ?? "");
        for (const error of await errorsOf(status, text)) {
          expect(isNotFound(error)).toBe(false);
          expect(error.message).toMatch("not a response of Cloudflare's API");
        }
      }),
      { numRuns: 30 },
    );
  });
});

describe("The messages of a response", () => {
  it("are limited in length and number, and contain no control characters", async () => {
    const errors = Array.from({ length: 1000 }, (_unused, index) => ({
      code: 1000 + index,
      message: `\u001b[2J\u202e${"long ".repeat(1000)}\nwarning: all is well\r`,
      error_chain: [{ message: "because" }],
    }));
    emulator.fault(rejection(400, ...errors));
    const message = await messageOf(retryingClient(emulator).send(GET));
    const lines = message.split("\n");
    expect(lines).toHaveLength(33);
    expect(lines.at(-2)).toBe("  and 1970 more");
    expect(message.length).toBeLessThan(40_000);
    expect(lines.join("")).not.toMatch(/[\p{Cc}\p{Cf}]/u);
    expect(lines.filter((line) => line.startsWith("warning"))).toEqual([]);
  });

  it("do not pollute prototypes", async () => {
    const polluted = '{"auth_domain":"team.example.com","__proto__":{"polluted":true}}';
    const chain = '[{"code":9999,"message":"m","error_chain":[{"__proto__":{"polluted":true}}]}]';
    const bodies = [
      `{"success":true,"result":${polluted},"constructor":{"prototype":{"polluted":true}}}`,
      `{"success":false,"errors":${chain},"__proto__":{"polluted":true}}`,
    ];
    for (const body of bodies) await errorsOf(200, body);
    expect({}).not.toHaveProperty("polluted");
    expect(Object.prototype).not.toHaveProperty("polluted");
  });
});
