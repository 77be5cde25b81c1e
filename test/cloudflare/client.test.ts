import { EMULATOR_TOKEN, startEmulator, type Emulator } from "../../emulator/index.js";
import { CloudflareClient } from "../../provider/cloudflare/client.js";
import { ACCOUNT, TEAM_DOMAIN } from "../ids.js";
import { connectionTo, withoutRayId, type ConnectionOptions } from "./connection-to.js";
import { messageOf } from "./errors.js";
import { GET, PUT } from "./requests.js";
import { retryingClient } from "./retrying-client.js";
import packageJson from "../../package.json";

const PAIR = { apiKey: "the-global-api-key-of-someone", email: "one@example.com" };

let emulator: Emulator;
beforeEach(async () => {
  emulator = await startEmulator({ credentials: [{ apiToken: EMULATOR_TOKEN }, PAIR] });
  emulator.seed("accounts", ACCOUNT, { auth_domain: TEAM_DOMAIN, name: "Widget Corp" });
});
afterEach(() => emulator.close());

const client = (options?: ConnectionOptions) =>
  new CloudflareClient(connectionTo(emulator, options));
const lastRequest = () => emulator.requests.at(-1);

describe("A request", () => {
  it("carries an API token as a bearer token, without the headers of an API key", async () => {
    await client().send(GET);
    const { headers } = lastRequest() ?? {};
    expect(headers?.authorization).toBe(`Bearer ${EMULATOR_TOKEN}`);
    expect(Object.keys(headers ?? {}).filter((name) => name.startsWith("x-auth"))).toEqual([]);
  });

  it("carries an API key with its email, without a bearer token", async () => {
    await client(PAIR).send(GET);
    expect(lastRequest()?.headers).toMatchObject({
      "x-auth-email": PAIR.email,
      "x-auth-key": PAIR.apiKey,
    });
    expect(lastRequest()?.headers).not.toHaveProperty("authorization");
  });

  it("names the package and its version as the user agent", async () => {
    await client().send(GET);
    expect(lastRequest()?.headers["user-agent"]).toBe(
      `pulumi-cloudflare-zero-trust/${packageJson.version}`,
    );
  });

  it("has a JSON body if it is a PUT, and no body if it is a GET", async () => {
    const body = { auth_domain: TEAM_DOMAIN, name: "Gadget \u00e9\u4e16\u{1f512} Corp" };
    await client().send({ ...PUT, body });
    expect(lastRequest()?.headers["content-type"]).toMatch("application/json");
    expect(lastRequest()?.body).toEqual(body);
    await client().send(GET);
    expect(lastRequest()?.body).toBeUndefined();
  });

  it("uses a keep-alive connection", async () => {
    const one = client();
    await one.send(GET);
    await one.send(GET);
    for (const { headers } of emulator.requests) expect(headers.connection).toBe("keep-alive");
  });
});

describe("A successful response", () => {
  it("is returned as its result with the API's messages", async () => {
    emulator.behavior.writeMessages.push({ code: 1234, message: "Saved, and noted." });
    const { result, messages } = await client().send(PUT);
    expect(result).toMatchObject(PUT.body);
    expect(messages).toEqual([{ code: 1234, text: "Saved, and noted.", chain: [] }]);
  });

  it.each([200, 201, 202])("may have the status %i", async (status) => {
    const result = { auth_domain: TEAM_DOMAIN };
    emulator.fault({ status, body: { success: true, result } });
    expect(await client().send(GET)).toEqual({ result, messages: [] });
  });
});

describe("The debug log", () => {
  it("has a line with method, path, status, time and ray id for each attempt, also for one without a response", async () => {
    emulator.fault({ reset: "before" });
    emulator.fault({ status: 503 });
    const lines: string[] = [];
    const onRequest = (line: string) => lines.push(withoutRayId(line).replace(/\d+ ms/, "<time>"));
    await messageOf(retryingClient(emulator, { retries: 1 }, { onRequest }).send(GET));
    expect(lines.join("\n")).toMatchInlineSnapshot(`
      "GET /accounts/023e105f4ecef8ad9ca31a8372d0c353/access/organizations no response <time>
      GET /accounts/023e105f4ecef8ad9ca31a8372d0c353/access/organizations 503 <time> ray <ray>"
    `);
  });
});
