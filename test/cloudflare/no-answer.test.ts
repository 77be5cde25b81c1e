import { EMULATOR_TOKEN, startEmulator, type Emulator, type Fault } from "../../emulator/index.js";
import { CloudflareClient } from "../../provider/cloudflare/client.js";
import { isNotFound } from "../../provider/cloudflare/error.js";
import { ACCOUNT } from "../ids.js";
import { connectionTo, withoutRayId } from "./connection-to.js";
import { hastenTries } from "./hastened.js";
import { errorOf } from "./refusal-of.js";

const GET = { method: "GET", path: `/accounts/${ACCOUNT}/access/organizations` } as const;

let emulator: Emulator;
beforeEach(async () => {
  emulator = await startEmulator();
  emulator.seed("accounts", ACCOUNT);
});
afterEach(() => emulator.close());

/** What a person reads when a request comes to nothing. */
async function trouble(fault: Fault | undefined): Promise<string> {
  emulator.clearFaults();
  if (fault !== undefined) emulator.fault({ ...fault, times: Infinity });
  const error = await errorOf(emulator, GET);
  expect(isNotFound(error)).toBe(false);
  expect([error.message, error.stack, JSON.stringify(error)].join()).not.toContain(EMULATOR_TOKEN);
  return withoutRayId(error.message);
}

describe("what is no answer of the API is an error, and never a missing organization", () => {
  it("a page", async () => {
    const page =
      "<!doctype html>\n<html><title>Access denied</title>\n<p>Sign in to the proxy.</p></html>";
    expect(await trouble({ status: 403, body: page })).toMatchInlineSnapshot(`
      "GET /accounts/023e105f4ecef8ad9ca31a8372d0c353/access/organizations got 403 with something that is no answer of Cloudflare's API (text/html; charset=UTF-8): <!doctype html> <html><title>Access denied</title> <p>Sign in to the proxy.</p><
        (ray id <ray>)"
    `);
    expect(await trouble({ status: 404, body: page })).toMatch(/got 404/);
  });

  it("a page with the status of success", async () => {
    expect(await trouble({ body: "<html>Welcome</html>" })).toMatchInlineSnapshot(`
      "GET /accounts/023e105f4ecef8ad9ca31a8372d0c353/access/organizations got 200 with something that is no answer of Cloudflare's API (text/html; charset=UTF-8): <html>Welcome</html>
        (ray id <ray>)"
    `);
  });

  it("an empty body", async () => {
    expect(await trouble({ status: 204 })).toMatchInlineSnapshot(`
      "GET /accounts/023e105f4ecef8ad9ca31a8372d0c353/access/organizations got 204 with an empty body, which is no answer of Cloudflare's API
        (ray id <ray>)"
    `);
    expect(await trouble({ status: 404, body: "" })).toMatch(/got 404 with an empty body/);
  });

  it("JSON of someone else", async () => {
    expect(await trouble({ status: 404, body: { message: "Not Found" } })).toMatchInlineSnapshot(`
      "GET /accounts/023e105f4ecef8ad9ca31a8372d0c353/access/organizations got 404 with something that is no answer of Cloudflare's API (application/json): {"message":"Not Found"}
        (ray id <ray>)"
    `);
  });

  it("half an answer", async () => {
    expect(await trouble({ truncateAfter: 40 })).toMatchInlineSnapshot(
      `"GET /accounts/023e105f4ecef8ad9ca31a8372d0c353/access/organizations got no answer: the answer broke off"`,
    );
  });

  it("half an answer, which is asked for again where something is tried twice", async () => {
    emulator.fault({ truncateAfter: 40 });
    const limits = { retries: "1", minBackoff: "0" };
    const client = new CloudflareClient(connectionTo(emulator, { limits }));
    await expect(client.send(GET)).resolves.toBeDefined();
    expect(emulator.requests).toHaveLength(2);
  });

  it("an answer without end", async () => {
    const body = { success: true, result: { auth_domain: "x".repeat(9 * 1024 * 1024) } };
    expect(await trouble({ body })).toMatchInlineSnapshot(
      `"GET /accounts/023e105f4ecef8ad9ca31a8372d0c353/access/organizations got no answer: what came is larger than 8 MiB"`,
    );
  });

  it("a redirect, which is not followed", async () => {
    const headers = { location: `${emulator.baseUrl}/elsewhere` };
    expect(await trouble({ status: 302, body: "", headers })).toMatchInlineSnapshot(`
      "GET /accounts/023e105f4ecef8ad9ca31a8372d0c353/access/organizations was redirected (302), which is not followed since it would carry the credentials elsewhere
        (ray id <ray>)"
    `);
    expect(emulator.requests.map(({ path }) => path)).toEqual([GET.path]);
  });

  it("a connection that breaks", async () => {
    expect(await trouble({ reset: "before" })).toMatchInlineSnapshot(
      `"GET /accounts/023e105f4ecef8ad9ca31a8372d0c353/access/organizations got no answer: socket hang up"`,
    );
    expect(await trouble({ reset: "after" })).toMatch(/got no answer/);
  });

  it("nobody who listens", async () => {
    await emulator.close();
    expect((await trouble(undefined)).replace(/:\d+/, ":<port>")).toMatchInlineSnapshot(`
      "GET /accounts/023e105f4ecef8ad9ca31a8372d0c353/access/organizations got no answer: connect ECONNREFUSED 127.0.0.1:<port>
      Check the network connection, the base URL (CLOUDFLARE_BASE_URL, or baseUrl of the Provider or the stack configuration), and the proxy (HTTPS_PROXY)."
    `);
  });
});

describe("an answer that does not come", () => {
  it("is waited for 30 seconds", async () => {
    hastenTries();
    try {
      expect(await trouble({ delayMs: 5_000 })).toMatchInlineSnapshot(
        `"GET /accounts/023e105f4ecef8ad9ca31a8372d0c353/access/organizations got no answer: none within 30 seconds"`,
      );
    } finally {
      jest.restoreAllMocks();
    }
  });
});

describe("a credential that comes back in an answer", () => {
  it.each([
    ["as it is", EMULATOR_TOKEN],
    ["in a header of the request", `Bearer ${EMULATOR_TOKEN}`],
    ["in base64", Buffer.from(EMULATOR_TOKEN).toString("base64")],
    ["in an address", encodeURIComponent(EMULATOR_TOKEN)],
  ])("%s is not repeated", async (_, text) => {
    expect(await trouble({ status: 502, body: `<p>${text}</p>` })).toMatch("[redacted]");
    const errors = [{ code: 1, message: text, error_chain: [{ message: text }] }];
    const message = await trouble({ status: 400, body: { success: false, errors } });
    expect(message).toMatch("[redacted]");
    expect(message).not.toContain(text);
  });
});
