import { startEmulator, type Emulator, type Fault } from "../../emulator/index.js";
import { CancelledError, RetryableError } from "../../provider/cloudflare/error.js";
import type { RetryOptions } from "../../provider/cloudflare/retry-options.js";
import { ACCOUNT } from "../ids.js";
import { errorOf, messageOf } from "./errors.js";
import { GET, logOf, PATH, readAndWrite, until } from "./requests.js";
import { retryingClient } from "./retrying-client.js";

let emulator: Emulator;
let abort: AbortController;
let lines: string[];
beforeEach(async () => {
  emulator = await startEmulator();
  emulator.seed("accounts", ACCOUNT);
  abort = new AbortController();
  lines = [];
});
afterEach(() => emulator.close());

const cancellableClient = (retryOptions: Partial<RetryOptions> = {}) =>
  retryingClient(emulator, retryOptions, {
    log: (line) => lines.push(line),
    signal: abort.signal,
  });

/** Cancels, and returns how an operation ends that was waiting until then. */
async function errorAfterCancelling(waiting: Promise<unknown>): Promise<Error> {
  const ended = errorOf(waiting);
  const cancelledAt = performance.now();
  abort.abort();
  const error = await ended;
  expect(performance.now() - cancelledAt).toBeLessThan(500); // half of the shortest wait
  return error;
}

/** Some time in which a wait begins, or ends although it should not. */
const shortly = () => new Promise((resolve) => setTimeout(resolve, 50));

describe("A cancellation immediately ends", () => {
  it("the wait for the first response, but not the first request", async () => {
    emulator.fault({ delayMs: 1000 });
    const client = cancellableClient();
    const first = client.send(GET);
    const waiting = client.send(GET);
    await until(() => emulator.requests.length === 1);
    expect(await errorAfterCancelling(waiting)).toBeInstanceOf(CancelledError);
    await first;
    expect(logOf(emulator)).toEqual(["GET 200"]);
  });

  it("the bounded wait for the rate limit", async () => {
    emulator.fault({ headers: { ratelimit: '"default";r=0;t=3' } });
    const client = cancellableClient();
    await client.send(GET);
    const waiting = client.sendOnce(GET);
    await shortly();
    expect(await errorAfterCancelling(waiting)).toBeInstanceOf(CancelledError);
    expect(emulator.requests).toHaveLength(1);
  });

  it("all operations that wait for the rate limit", async () => {
    emulator.fault({ headers: { ratelimit: '"default";r=0;t=200' } });
    const client = cancellableClient();
    await client.send(GET);
    const queued = Array.from({ length: 5 }, () => errorOf(client.sequence(2, readAndWrite)));
    await until(() => lines.length > 0);
    await errorAfterCancelling(Promise.all(queued));
    for (const error of await Promise.all(queued)) {
      expect(error).toBeInstanceOf(CancelledError);
      expect(error.message).toBe("Cancelled while waiting to send a request to Cloudflare.");
    }
    expect(emulator.requests).toHaveLength(1);
  });

  it("the wait of a running operation for one more permit", async () => {
    emulator.fault({ headers: { ratelimit: '"default";r=0;t=200' } });
    const waiting = cancellableClient().sequence(1, readAndWrite);
    await until(() => lines.length > 0);
    expect(await errorAfterCancelling(waiting)).toBeInstanceOf(CancelledError);
    expect(logOf(emulator)).toEqual(["GET 200"]);
  });

  it.each<[string, Fault, string]>([
    ["a 429", { status: 429 }, "was rejected with 429 (cancelled)"],
    ["a 503", { status: 503 }, "was rejected with 503 (cancelled)"],
    ["a network error", { reset: "before" }, "got no response: socket hang up (cancelled)"],
  ])("the wait for a retry after %s", async (_, fault, message) => {
    emulator.fault({ ...fault, times: Infinity });
    const waiting = cancellableClient({ minBackoff: 30, maxBackoff: 30 }).send(GET);
    await until(() => lines.length > 0);
    expect((await errorAfterCancelling(waiting)).message).toContain(message);
    expect(emulator.requests).toHaveLength(1);
  });
});

describe("A cancellation before the next attempt", () => {
  it("reports the failure of the attempt before, because its request may have been applied", async () => {
    const headers = { ratelimit: '"default";r=0;t=200' };
    emulator.fault({ method: "PUT", status: 503, headers });
    const waiting = cancellableClient().sequence(2, readAndWrite);
    await until(() => lines.length > 0);
    expect((await errorAfterCancelling(waiting)).message).toMatch(
      `PUT ${PATH} was rejected with 503 (cancelled)`,
    );
  });

  it("reports the cancellation if the response was only stale", async () => {
    const waiting = cancellableClient({ minBackoff: 30, maxBackoff: 30 }).sequence(1, async () => {
      await Promise.resolve();
      throw new RetryableError("The response is stale.");
    });
    await until(() => lines.length > 0);
    expect(lines[0]).toMatch("Cloudflare's response is out of date. Retrying in");
    expect(await errorAfterCancelling(waiting)).toBeInstanceOf(CancelledError);
  });
});

describe("After a cancellation", () => {
  it("a running operation sends no further request, although it has a permit", async () => {
    emulator.fault({ delayMs: 200 });
    const running = errorOf(cancellableClient().sequence(2, readAndWrite));
    await until(() => emulator.requests.length === 1);
    abort.abort();
    expect(await running).toBeInstanceOf(CancelledError);
    expect(logOf(emulator)).toEqual(["GET 200"]);
  });

  it("no operation starts, although it would not have to wait", async () => {
    const client = cancellableClient();
    await client.send(GET);
    abort.abort();
    for (const operation of [
      client.send(GET),
      client.sendOnce(GET),
      client.sequence(2, readAndWrite),
    ])
      expect(await errorOf(operation)).toBeInstanceOf(CancelledError);
    expect(emulator.requests).toHaveLength(1);
  });

  it("a failed request is not retried", async () => {
    emulator.fault({ status: 503, delayMs: 200, times: Infinity });
    const sent = messageOf(cancellableClient().send(GET));
    await until(() => emulator.requests.length === 1);
    abort.abort();
    expect(await sent).toMatch("was rejected with 503 (cancelled)");
    expect(emulator.requests).toHaveLength(1);
  });
});
