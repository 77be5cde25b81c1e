import { startEmulator, type Emulator } from "../../emulator/index.js";
import { ACCOUNT, call, ORGANIZATION, OTHER_ACCOUNT, rejectionOf, TEAM } from "./calls.js";

let emulator: Emulator;
beforeAll(async () => {
  emulator = await startEmulator({
    credentials: [
      { apiToken: "writer" },
      { apiToken: "reader", access: "read" },
      { apiToken: "revoker", access: "revoke" },
      { apiToken: "other-product", access: "none" },
      { email: "admin@example.com", apiKey: "key" },
    ],
  });
  emulator.seed("accounts", ACCOUNT, TEAM);
});
afterAll(() => emulator.close());

const bearer = (token: string) => ({ authorization: `Bearer ${token}` });
const get = (headers: Record<string, string>, path = ORGANIZATION) =>
  call(emulator, "GET", path, undefined, headers);
const write = (method: "PUT" | "POST", headers: Record<string, string>) =>
  call(emulator, method, ORGANIZATION, TEAM, headers);

describe("authentication", () => {
  it("accepts a known token, and a known pair of email and API key", async () => {
    expect((await get(bearer("writer"))).status).toBe(200);
    const pair = { "x-auth-email": "admin@example.com", "x-auth-key": "key" };
    expect((await write("PUT", pair)).status).toBe(200);
  });

  it.each<[string, Record<string, string>]>([
    ["no credential header", {}],
    ["an authorization header without a scheme", { authorization: "writer" }],
    ["a doubled scheme", { authorization: "Bearer Bearer writer" }],
    ["a space in the token", { authorization: "Bearer wri ter" }],
    ["a token and an API key", { ...bearer("writer"), "x-auth-key": "key" }],
  ])("rejects a request with %s with 400, code 6003 and chain 6111", async (_, headers) => {
    expect((await get(headers)).errors).toEqual([
      {
        code: 6003,
        message: "Invalid request headers",
        error_chain: [{ code: 6111, message: "Invalid format for Authorization header" }],
      },
    ]);
    expect((await get(headers)).status).toBe(400);
  });

  it.each<[string, Record<string, string>]>([
    ["6103", { "x-auth-email": "admin@example.com" }],
    ["6102", { "x-auth-key": "key" }],
  ])("rejects half of the pair of email and API key with chain %s", async (code, headers) => {
    const chain = [expect.objectContaining({ code: Number(code) })];
    expect((await get(headers)).errors).toMatchObject([{ code: 6003, error_chain: chain }]);
  });

  it("rejects an unknown pair of email and API key with 403 and 9103", async () => {
    const pair = { "x-auth-email": "admin@example.com", "x-auth-key": "wrong" };
    expect(rejectionOf(await get(pair))).toBe("403 9103 Unknown X-Auth-Key or X-Auth-Email");
  });
});

describe("authorization", () => {
  const elsewhere = `/accounts/${OTHER_ACCOUNT}/access/organizations`;

  it("checks the permission before the account: 10000 even if Access is not enabled", async () => {
    const missing = "403 10000 Authentication error";
    expect(rejectionOf(await get(bearer("other-product")))).toBe(missing);
    expect(rejectionOf(await get(bearer("other-product"), elsewhere))).toBe(missing);
    expect(rejectionOf(await get(bearer("reader"), elsewhere))).toMatch(/^403 9999 /);
  });

  it("lets a token with Revoke read and revoke users, and rejects its other writes", async () => {
    const revoke = `${ORGANIZATION}/revoke_user`;
    const user = { email: "user@example.com" };
    expect((await get(bearer("revoker"))).status).toBe(200);
    expect((await call(emulator, "POST", revoke, user, bearer("revoker"))).status).toBe(200);
    for (const method of ["PUT", "POST"] as const)
      expect(rejectionOf(await write(method, bearer("revoker")))).toBe(
        "403 10000 Authentication error",
      );
  });
});
