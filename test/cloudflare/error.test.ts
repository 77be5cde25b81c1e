import dns from "node:dns";
import { EMULATOR_TOKEN, startEmulator, type Emulator, type Fault } from "../../emulator/index.js";
import { CloudflareClient, type ApiRequest } from "../../provider/cloudflare/client.js";
import { CloudflareError } from "../../provider/cloudflare/cloudflare-error.js";
import { isNotFound, mayBeApplied } from "../../provider/cloudflare/error.js";
import { ACCOUNT } from "../ids.js";
import { connectionTo, withoutRayId } from "./connection-to.js";
import { errorOf, rejection } from "./errors.js";
import { GET, POST, PUT } from "./requests.js";
import { retryingClient } from "./retrying-client.js";
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

/** The error of a request that is attempted once. */
const failureOf = (request: ApiRequest, server: { baseUrl: string } = emulator) =>
  cloudflareErrorOf(retryingClient(server, { retries: 0 }).send(request));

/** The error of a failed request. No property of it contains the credential. */
async function cloudflareErrorOf(sent: Promise<unknown>, credential = EMULATOR_TOKEN) {
  const error = await errorOf(sent);
  expect([error.message, error.stack, JSON.stringify(error)].join("\n")).not.toContain(credential);
  if (CloudflareError.is(error)) return error;
  throw error;
}

/** Shortens the 30 seconds that one attempt may take to 0.3, until the mocks are restored. */
function shortenAttemptTimeout(): void {
  const realSetTimeout = setTimeout;
  jest
    .spyOn(globalThis, "setTimeout")
    .mockImplementation((run, milliseconds = 0) =>
      realSetTimeout(run, milliseconds === 30_000 ? 300 : milliseconds),
    );
}

describe("CloudflareError", () => {
  it("has the status, the codes and the ray id of the response", async () => {
    emulator.remove("accounts", ACCOUNT);
    expect(await failureOf(GET)).toMatchObject({
      name: "CloudflareError",
      status: 403,
      codes: [9999],
      rayId: expect.stringMatching(/^[0-9a-f]{16}-[A-Z]{3}$/) as string,
    });
  });

  it("is recognized across copies of the package, unlike with instanceof", () => {
    const foreign = Object.assign(new Error("of another copy"), { isCloudflareError: true });
    expect(CloudflareError.is(foreign)).toBe(true);
    for (const other of [new Error("other"), undefined, null, "text", {}])
      expect(CloudflareError.is(other)).toBe(false);
  });
});

describe("The message of a CloudflareError", () => {
  /** The message of a GET with this response. */
  async function messageAfter(fault: Fault): Promise<string> {
    emulator.fault(fault);
    return withoutRayId((await failureOf(GET)).message);
  }

  it("contains the errors of the API with their causes, the ray id and a hint", async () => {
    const body = { ...PUT.body, session_duration: "", trusted_accounts: [] };
    const { message } = await failureOf({ ...PUT, body });
    expect(withoutRayId(message)).toMatchInlineSnapshot(`
      "PUT /accounts/023e105f4ecef8ad9ca31a8372d0c353/access/organizations was rejected with 400
        12062: access.api.error.invalid_org_config
          session_duration: is not a duration
          trusted_accounts: set by the server, not accepted in a request
        (ray id <ray>)
      Cloudflare rejected the settings. The lines above name the setting."
    `);
  });

  it.each([
    [{ apiToken: "mistyped" }, "mistyped", "API token from the environment"],
    [
      { apiKey: "the-key", email: "one@example.com" },
      "the-key",
      "email and global API key from the stack's configuration",
    ],
  ])("names the kind and source of the credential: %j", async (credentials, credential, name) => {
    const source = name.replace(/^.* from the /, "");
    const client = new CloudflareClient({ ...connectionTo(emulator, credentials), source });
    expect((await cloudflareErrorOf(client.send(GET), credential)).message).toContain(`he ${name}`);
  });

  it("contains the beginning of a response that is not from the API", async () => {
    const page =
      "<!doctype html>\n<html><title>Access denied</title>\n<p>Sign in to the proxy.</p></html>";
    expect(await messageAfter({ status: 403, body: page })).toMatchInlineSnapshot(`
      "GET /accounts/023e105f4ecef8ad9ca31a8372d0c353/access/organizations got 403 with a body that is not a response of Cloudflare's API (text/html; charset=UTF-8): <!doctype html> <html><title>Access denied</title> <p>Sign in to the proxy.</p><
        (ray id <ray>)"
    `);
  });

  it.each<[number, Fault]>([
    [204, {}],
    [404, { body: "" }],
  ])("says that a %i is empty", async (status, fault) => {
    expect(await messageAfter({ status, ...fault })).toMatch(
      `got ${status} with an empty body, which is not a response of Cloudflare's API\n`,
    );
  });

  it("is limited in length and lines, and contains no control characters", async () => {
    const errors = Array.from({ length: 1000 }, (_unused, index) => ({
      code: 1000 + index,
      message: `\u001b[2J\u202e${"long ".repeat(1000)}\nwarning: all is well\r`,
      error_chain: [{ message: "because" }],
    }));
    const message = await messageAfter(rejection(400, ...errors));
    const lines = message.split("\n");
    expect(lines).toHaveLength(33);
    expect(lines.at(-2)).toBe("  and 1970 more");
    expect(message.length).toBeLessThan(40_000);
    expect(lines.join("")).not.toMatch(/[\p{Cc}\p{Cf}]/u);
    expect(lines.filter((line) => line.startsWith("warning"))).toEqual([]);
  });
});

describe("A failed write", () => {
  const envelope = (success: boolean) => ({ success, result: null, errors: [], messages: [] });
  const page = "<html>Welcome</html>";

  const CASES: [failure: string, fault: Fault, isRetryable: boolean, mayBeApplied: boolean][] = [
    ["a response that takes longer than the attempt may", { delayMs: 3000 }, true, true],
    ["a connection that is reset before the write", { reset: "before" }, true, true],
    ["a connection that is reset after the write", { reset: "after" }, true, true],
    ["a response that breaks off", { truncateAfter: 20 }, true, true],
    ["a response that is too large", { body: "x".repeat(9 * 1024 * 1024) }, false, true],
    ["408", { status: 408 }, true, true],
    ["429", { status: 429 }, true, false],
    ["429 with an HTML page", { status: 429, body: page }, true, false],
    ["500", { status: 500 }, true, true],
    ["502 with an HTML page", { status: 502, body: page }, true, true],
    ["501", { status: 501 }, false, false],
    ["505", { status: 505 }, false, false],
    ["520 of Cloudflare's edge", { status: 520 }, true, true],
    ["400", { status: 400 }, false, false],
    ["403 with an HTML page", { status: 403, body: page }, false, false],
    ["409", { status: 409 }, false, false],
    ["a redirect", { status: 302, headers: { location: "/client/v4" } }, false, false],
    ["200 with an HTML page", { status: 200, body: page }, false, true],
    ["200 with an empty body", { status: 200, body: "" }, false, true],
    ["200 without success", { status: 200, body: envelope(false) }, false, false],
    ["201 without success", { status: 201, body: envelope(false) }, false, false],
  ];

  it.each(CASES)(
    "is retryable, and may have been applied, only if its reason says so: %s",
    async (_, fault, isRetryable, isApplied) => {
      if (fault.delayMs !== undefined) shortenAttemptTimeout();
      for (const request of [PUT, POST]) {
        emulator.fault(fault);
        const error = await failureOf(request);
        expect(error.failure.isRetryable).toBe(isRetryable);
        expect(mayBeApplied(error)).toBe(isApplied);
      }
    },
  );

  it("is retryable and was not applied if the connection is refused", async () => {
    await emulator.close();
    const error = await failureOf(PUT);
    expect(error.message).toMatch("ECONNREFUSED");
    expect(error.failure.isRetryable).toBe(true);
    expect(mayBeApplied(error)).toBe(false);
  });

  it("is retryable and was not applied if the host name cannot be resolved", async () => {
    const code = "ENOTFOUND";
    const lookup = (...args: unknown[]) =>
      (args.at(-1) as (error: Error) => void)(Object.assign(new Error(code), { code }));
    jest.spyOn(dns, "lookup").mockImplementation(lookup);
    const error = await failureOf(PUT, { baseUrl: "http://localhost:1/client/v4" });
    expect(error.message).toMatch(code);
    expect(error.failure.isRetryable).toBe(true);
    expect(mayBeApplied(error)).toBe(false);
  });

  it("may have been applied if the reason of the failure is unknown", () => {
    expect(mayBeApplied(new Error("a program error"))).toBe(true);
  });
});

describe("A response that is not complete", () => {
  it.each([200, 404])("counts as none if it is a %i that breaks off", async (status) => {
    emulator.fault({ status, truncateAfter: 40 });
    const error = await failureOf(GET);
    expect(isNotFound(error)).toBe(false);
    expect(error.message).toMatchInlineSnapshot(
      `"GET /accounts/023e105f4ecef8ad9ca31a8372d0c353/access/organizations got no response: the response broke off"`,
    );
  });

  it("counts as none after 30 seconds, although it continues", async () => {
    shortenAttemptTimeout();
    await withServer(
      (_request, response) => {
        response.writeHead(200, { "content-type": "application/json" });
        const drip = setInterval(() => response.write(" "), 20);
        response.on("close", () => clearInterval(drip));
      },
      async (baseUrl) => {
        const { message } = await failureOf(GET, { baseUrl });
        expect(message).toMatch("got no response: timed out after 30 seconds");
      },
    );
  });

  it("is not read further than the largest response that is accepted", async () => {
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
        expect((await failureOf(GET, { baseUrl })).message).toMatch("larger than 8 MiB");
        expect(sentMiB).toBeLessThan(20);
      },
    );
  });
});
