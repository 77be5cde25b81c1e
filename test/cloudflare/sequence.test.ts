import { startEmulator, type Emulator, type Fault } from "../../emulator/index.js";
import type { CloudflareClient } from "../../provider/cloudflare/client.js";
import { RetryableError } from "../../provider/cloudflare/error.js";
import type { RetryOptions } from "../../provider/cloudflare/retry-options.js";
import { ACCOUNT } from "../ids.js";
import { messageOf, SUCCESS } from "./errors.js";
import { GET, logOf, PATH, PUT, readAndWrite } from "./requests.js";
import { retryingClient } from "./retrying-client.js";

let emulator: Emulator;
beforeEach(async () => {
  emulator = await startEmulator();
  emulator.seed("accounts", ACCOUNT);
});
afterEach(() => emulator.close());

describe("An operation of several requests", () => {
  it("may send more requests than it announced", async () => {
    await retryingClient(emulator).sequence(1, async (sender) => {
      await readAndWrite(sender);
      await sender.send(GET);
    });
    expect(logOf(emulator)).toEqual(["GET 200", "PUT 200", "GET 200"]);
  });

  it("starts again at its first request after a 503", async () => {
    emulator.fault({ status: 503, method: "PUT" });
    await retryingClient(emulator).sequence(2, readAndWrite);
    expect(logOf(emulator)).toEqual(["GET 200", "PUT 503", "GET 200", "PUT 200"]);
  });

  it("starts again at its first request if a response is stale", async () => {
    let reads = 0;
    await retryingClient(emulator).sequence(2, async (sender) => {
      await sender.send(GET);
      reads += 1;
      if (reads < 3) throw new RetryableError("The response is stale.");
      return sender.send(PUT);
    });
    expect(logOf(emulator)).toEqual(["GET 200", "GET 200", "GET 200", "PUT 200"]);
  });

  it("is not restarted after an error of its own, which is thrown unchanged", async () => {
    const own = new Error("The response cannot be read.");
    const failed = retryingClient(emulator).sequence(2, async (sender) => {
      await sender.send(GET);
      throw own;
    });
    await expect(failed).rejects.toBe(own);
    expect(logOf(emulator)).toEqual(["GET 200"]);
  });
});

describe("The retry budget of an operation of several requests", () => {
  it("counts the failures of all its requests", async () => {
    emulator.fault({ status: 503, method: "GET" });
    emulator.fault({ status: 503, method: "PUT", times: Infinity });
    const client = retryingClient(emulator, { retries: 2 });
    expect(await messageOf(client.sequence(2, readAndWrite))).toMatch(
      `PUT ${PATH} was rejected with 503 (3 attempts; retries is 2)`,
    );
    expect(logOf(emulator)).toEqual(["GET 503", "GET 200", "PUT 503", "GET 200", "PUT 503"]);
  });

  it.each([
    [429, { maxRateLimitTime: 1.5 }, "a wait of 1 s more exceeds maxRateLimitTime"],
    [503, { maxRetryTime: 1.9 }, "another attempt exceeds maxRetryTime"],
  ])("adds up the waits after a %i to each of its requests", async (status, options, reason) => {
    for (const method of ["GET", "PUT"])
      emulator.fault({ status, headers: { "retry-after": "1" }, method });
    const client = retryingClient(emulator, options);
    expect(await messageOf(client.sequence(2, readAndWrite))).toMatch(`(2 attempts; ${reason})`);
    expect(logOf(emulator)).toEqual([`GET ${status}`, "GET 200", `PUT ${status}`]);
  });

  it("fails with the last error after too many stale responses", async () => {
    const stale = new RetryableError("The response is stale.");
    const failed = retryingClient(emulator, { retries: 2 }).sequence(1, async (sender) => {
      await sender.send(GET);
      throw stale;
    });
    await expect(failed).rejects.toBe(stale);
    expect(emulator.requests).toHaveLength(3);
  });
});

describe("The permits of an operation of several requests", () => {
  /** The share of the documented 1,200 requests that the limiter leaves to other clients. */
  const RESERVE = 12;

  /** A client that knows that this number of its own requests remains. */
  async function clientWith(
    remaining: number,
    resetSeconds: number,
    retryOptions: Partial<RetryOptions> = {},
  ): Promise<CloudflareClient> {
    const client = retryingClient(emulator, retryOptions);
    const headers = { ratelimit: `"default";r=${RESERVE + remaining};t=${resetSeconds}` };
    emulator.fault({ headers, times: Infinity });
    await client.send(GET);
    emulator.clearRequests();
    return client;
  }

  it("are admitted together, so that a write does not wait while its read grows old", async () => {
    const client = await clientWith(1, 1);
    const startedAt = Date.now();
    emulator.clearFaults();
    await client.sequence(2, readAndWrite);
    expect(logOf(emulator)).toEqual(["GET 200", "PUT 200"]);
    expect(emulator.requests[0]?.startedAt).toBeGreaterThan(startedAt + 900);
  });

  it("are held until the operation ends, also the unused one", async () => {
    const client = await clientWith(3, 300);
    let end: () => void = () => undefined;
    const first = client.sequence(2, async (sender) => {
      await sender.send(GET);
      await new Promise<void>((resolve) => (end = resolve));
    });
    const second = client.sequence(2, readAndWrite);
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(logOf(emulator)).toEqual(["GET 200"]);
    end();
    await Promise.all([first, second]);
    expect(logOf(emulator)).toEqual(["GET 200", "GET 200", "PUT 200"]);
  });

  it("are given back if the operation does not use them", async () => {
    const client = await clientWith(3, 300);
    for (let operation = 0; operation < 3; operation += 1)
      await client.sequence(2, (sender) => sender.send(GET));
    expect(logOf(emulator)).toEqual(["GET 200", "GET 200", "GET 200"]);
  });

  it.each<[string, Fault]>([
    ["is rejected", { status: 400, headers: { ratelimit: '"default";r=15;t=300' } }],
    ["gets no response", { reset: "before" }],
  ])("are given back if a request %s", async (_, fault) => {
    const client = await clientWith(5, 300, { retries: 0 });
    emulator.clearFaults();
    emulator.fault(fault);
    expect(await messageOf(client.sequence(2, readAndWrite))).not.toBe(SUCCESS);
    emulator.clearRequests();
    await client.sequence(2, readAndWrite);
    expect(logOf(emulator)).toEqual(["GET 200", "PUT 200"]);
  });

  it("are given back while the operation waits for its next attempt", async () => {
    const client = await clientWith(3, 300);
    emulator.clearFaults();
    const headers = { ratelimit: '"default";r=15;t=300' };
    emulator.fault({ status: 503, method: "PUT", headers: { ...headers, "retry-after": "1" } });
    emulator.fault({ headers, times: Infinity });
    const retried = client.sequence(2, readAndWrite);
    await new Promise((resolve) => setTimeout(resolve, 200));
    await client.sequence(2, readAndWrite);
    expect(logOf(emulator)).toEqual(["GET 200", "PUT 503", "GET 200", "PUT 200"]);
    await retried;
  });
});
