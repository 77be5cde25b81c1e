import { EMULATOR_TOKEN, startEmulator, type Emulator } from "../../emulator/index.js";
import { CloudflareClient } from "../../provider/cloudflare/client.js";
import { revokeUser } from "../../provider/cloudflare/endpoints.js";
import { ACCOUNT, TEAM_DOMAIN } from "../ids.js";
import { connectionTo, withoutRayId } from "./connection-to.js";
import packageJson from "../../package.json";

const PATH = `/accounts/${ACCOUNT}/access/organizations`;
const PAIR = { apiKey: "the-global-api-key-of-someone", email: "one@example.com" };

let emulator: Emulator;
beforeEach(async () => {
  emulator = await startEmulator({ credentials: [{ apiToken: EMULATOR_TOKEN }, PAIR] });
  emulator.seed("accounts", ACCOUNT, { auth_domain: TEAM_DOMAIN, name: "Widget Corp" });
});
afterEach(() => emulator.close());

const client = (...[source]: [Parameters<typeof connectionTo>[1]?]) =>
  new CloudflareClient(connectionTo(emulator, source));
const lastRequest = () => emulator.requests.at(-1);

describe("a request", () => {
  it("carries a token as a bearer, and nothing of a key", async () => {
    await client().send({ method: "GET", path: PATH });
    const { headers } = lastRequest() ?? {};
    expect(headers?.authorization).toBe(`Bearer ${EMULATOR_TOKEN}`);
    expect(Object.keys(headers ?? {}).filter((name) => name.startsWith("x-auth"))).toEqual([]);
  });

  it("carries a key with its email, and no bearer", async () => {
    await client(PAIR).send({ method: "GET", path: PATH });
    expect(lastRequest()?.headers).toMatchObject({
      "x-auth-email": PAIR.email,
      "x-auth-key": PAIR.apiKey,
    });
    expect(lastRequest()?.headers).not.toHaveProperty("authorization");
  });

  it("names package and version", async () => {
    await client().send({ method: "GET", path: PATH });
    expect(lastRequest()?.headers["user-agent"]).toBe(
      `pulumi-cloudflare-zero-trust/${packageJson.version}`,
    );
  });

  it("has a JSON body when it writes, and none when it reads", async () => {
    const body = { auth_domain: TEAM_DOMAIN, name: "Gadget \u00e9\u4e16\u{1f512} Corp" };
    await client().send({ method: "PUT", path: PATH, body });
    expect(lastRequest()?.headers["content-type"]).toMatch("application/json");
    expect(lastRequest()?.body).toEqual(body);
    await client().send({ method: "GET", path: PATH });
    expect(lastRequest()?.body).toBeUndefined();
  });

  it("goes through a connection that is kept", async () => {
    const one = client();
    await one.send({ method: "GET", path: PATH });
    await one.send({ method: "GET", path: PATH });
    expect(emulator.requests.map(({ headers }) => headers.connection)).toEqual([
      "keep-alive",
      "keep-alive",
    ]);
  });
});

describe("an answer", () => {
  it("is its result, with what Cloudflare says besides", async () => {
    emulator.behavior.writeMessages.push({ code: 1234, message: "Saved, and noted." });
    const body = { auth_domain: TEAM_DOMAIN, name: "Gadget Corp" };
    const { result, messages } = await client().send({ method: "PUT", path: PATH, body });
    expect(result).toMatchObject(body);
    expect(messages).toEqual([{ code: 1234, text: "Saved, and noted.", chain: [] }]);
  });

  it.each([200, 201, 202])("may have the status %i", async (status) => {
    const result = { auth_domain: TEAM_DOMAIN };
    emulator.fault({ status, body: { success: true, result } });
    expect(await client().send({ method: "GET", path: PATH })).toEqual({ result, messages: [] });
  });
});

describe("the log of requests", () => {
  it("has a line for each: method, path, status, time, ray id, and nothing secret", async () => {
    const lines: string[] = [];
    const logging = new CloudflareClient(connectionTo(emulator), {
      onRequest: (line) => lines.push(withoutRayId(line).replace(/\d+ ms/, "<time>")),
    });
    await logging.send({ method: "GET", path: PATH });
    await logging.send({ method: "PUT", path: PATH, body: {} }).catch(() => undefined);
    emulator.fault({ reset: "before" });
    await logging.send({ method: "GET", path: PATH }).catch(() => undefined);
    expect(lines.join("\n")).toMatchInlineSnapshot(`
      "GET /accounts/023e105f4ecef8ad9ca31a8372d0c353/access/organizations 200 <time> ray <ray>
      PUT /accounts/023e105f4ecef8ad9ca31a8372d0c353/access/organizations 400 <time> ray <ray>
      GET /accounts/023e105f4ecef8ad9ca31a8372d0c353/access/organizations no answer <time>"
    `);
    expect(lines.join()).not.toContain(EMULATOR_TOKEN);
  });
});

describe("a revocation", () => {
  const target = { kind: "accounts", id: ACCOUNT } as const;

  it("says devices in query and body: the API documents both", async () => {
    await revokeUser(client(), target, { email: "one@example.com", devices: true });
    expect(lastRequest()).toMatchObject({
      method: "POST",
      path: `${PATH}/revoke_user`,
      query: { devices: "true" },
      body: { email: "one@example.com", devices: true },
    });
  });

  it("says nothing of devices where nothing is stated", async () => {
    await revokeUser(client(), target, { email: "one@example.com" });
    expect(lastRequest()).toMatchObject({ query: {}, body: { email: "one@example.com" } });
  });

  it("that answers false is an error", async () => {
    emulator.behavior.revokeUserResult = false;
    const revoked = revokeUser(client(), target, { email: "one@example.com" });
    await expect(revoked).rejects.toThrow(/answered false/);
  });
});
