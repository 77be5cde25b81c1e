import { startEmulator, type Emulator, type Fault } from "../../emulator/index.js";
import type { ApiRequest } from "../../provider/cloudflare/client.js";
import { CloudflareError } from "../../provider/cloudflare/cloudflare-error.js";
import { mayBeApplied } from "../../provider/cloudflare/error.js";
import { ACCOUNT } from "../ids.js";
import { cloudflareErrorOf } from "./errors.js";
import { GET, POST, PUT } from "./requests.js";
import { retryingClient } from "./retrying-client.js";
import { shortenAttemptTimeout } from "./shorten-attempt-timeout.js";

let emulator: Emulator;
beforeEach(async () => {
  emulator = await startEmulator();
});
afterEach(async () => {
  jest.restoreAllMocks();
  await emulator.close();
});

/** The error of a request that is attempted once. */
const failureOf = (request: ApiRequest) =>
  cloudflareErrorOf(retryingClient(emulator, { retries: 0 }).send(request));

describe("CloudflareError", () => {
  it("has the status, the codes and the ray id of the response", async () => {
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
      emulator.seed("accounts", ACCOUNT);
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

  it("may have been applied if the reason of the failure is unknown", () => {
    expect(mayBeApplied(new Error("a program error"))).toBe(true);
  });
});
