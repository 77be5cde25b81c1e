import { EMULATOR_TOKEN, startEmulator, type Emulator } from "../../emulator/index.js";
import {
  ACCOUNT,
  call,
  DOH,
  ORGANIZATION,
  OTHER_ACCOUNT,
  rejectionOf,
  TEAM,
  ZONE,
  ZONE_ORGANIZATION,
} from "./calls.js";

let emulator: Emulator;
beforeAll(async () => {
  emulator = await startEmulator({
    credentials: [
      { apiToken: "writer" },
      { apiToken: "reader", access: "read" },
      { apiToken: "revoker", access: "revoke" },
      { apiToken: "other-product", access: "none" },
      { apiToken: "scoped", ids: [ACCOUNT] },
      { email: "admin@example.com", apiKey: "key" },
    ],
  });
  emulator.seed("accounts", ACCOUNT, TEAM);
  emulator.seed("zones", ZONE);
});
afterAll(() => emulator.close());

const bearer = (token: string) => ({ authorization: `Bearer ${token}` });
const get = (headers: Record<string, string>, path = ORGANIZATION) =>
  call(emulator, "GET", path, undefined, headers);
const put = (headers: Record<string, string>, path = ORGANIZATION) =>
  call(emulator, "PUT", path, TEAM, headers);

describe("authentication", () => {
  it("accepts a known token, and a known pair of email and API key", async () => {
    expect((await get(bearer("writer"))).status).toBe(200);
    const pair = { "x-auth-email": "admin@example.com", "x-auth-key": "key" };
    expect((await put(pair)).status).toBe(200);
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

  it("rejects unknown credentials with 403: code 9109 for a token, 9103 for a pair", async () => {
    expect(rejectionOf(await get(bearer("revoked")))).toBe("403 9109 Invalid access token");
    const pair = { "x-auth-email": "admin@example.com", "x-auth-key": "wrong" };
    expect(rejectionOf(await get(pair))).toBe("403 9103 Unknown X-Auth-Key or X-Auth-Email");
  });

  it("accepts one token with write access to every scope by default", async () => {
    const fresh = await startEmulator();
    fresh.seed("accounts", ACCOUNT);
    expect(EMULATOR_TOKEN).toHaveLength(40);
    expect((await call(fresh, "PUT", ORGANIZATION, TEAM)).status).toBe(200);
    await fresh.close();
  });

  it("accepts credentials that are added while the emulator runs", async () => {
    emulator.credentials.push({ apiToken: "late" });
    expect((await get(bearer("late"))).status).toBe(200);
    emulator.credentials.pop();
    expect((await get(bearer("late"))).status).toBe(403);
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

  it("rejects every write of a token that may only read", async () => {
    expect((await get(bearer("reader"))).status).toBe(200);
    for (const [method, path] of [
      ["PUT", ORGANIZATION],
      ["POST", ORGANIZATION],
      ["PUT", DOH],
      ["POST", `${ORGANIZATION}/revoke_user`],
    ] as const) {
      expect(rejectionOf(await call(emulator, method, path, {}, bearer("reader")))).toBe(
        "403 10000 Authentication error",
      );
    }
  });

  it("lets a token with Revoke read and revoke users, and rejects its other writes", async () => {
    const revoke = `${ORGANIZATION}/revoke_user`;
    const user = { email: "user@example.com" };
    expect((await get(bearer("revoker"))).status).toBe(200);
    expect((await call(emulator, "POST", revoke, user, bearer("revoker"))).status).toBe(200);
    expect(rejectionOf(await put(bearer("revoker")))).toBe("403 10000 Authentication error");
  });

  it("rejects requests for other accounts and zones than those of the credential with 9109", async () => {
    expect((await put(bearer("scoped"))).status).toBe(200);
    const rejected = "403 9109 Unauthorized to access requested resource";
    expect(rejectionOf(await get(bearer("scoped"), elsewhere))).toBe(rejected);
    expect(rejectionOf(await get(bearer("scoped"), ZONE_ORGANIZATION))).toBe(rejected);
  });
});
