import { EMULATOR_TOKEN, startEmulator, type Emulator } from "../../emulator/index.js";
import {
  ACCOUNT,
  call,
  DOH,
  ORGANIZATION,
  OTHER_ACCOUNT,
  refusal,
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

describe("credentials", () => {
  it("are a known token, or a known pair of email and key", async () => {
    expect((await get(bearer("writer"))).status).toBe(200);
    const pair = { "x-auth-email": "admin@example.com", "x-auth-key": "key" };
    expect((await put(pair)).status).toBe(200);
  });

  it.each<[string, Record<string, string>]>([
    ["no header at all", {}],
    ["no scheme", { authorization: "writer" }],
    ["a doubled scheme", { authorization: "Bearer Bearer writer" }],
    ["a space in the token", { authorization: "Bearer wri ter" }],
    ["both kinds at once", { ...bearer("writer"), "x-auth-key": "key" }],
  ])("with %s are garbled: 400, 6003, chain 6111", async (_, headers) => {
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
  ])("with half a pair are garbled: chain %s", async (code, headers) => {
    const chain = [expect.objectContaining({ code: Number(code) })];
    expect((await get(headers)).errors).toMatchObject([{ code: 6003, error_chain: chain }]);
  });

  it("that are unknown get 403: 9109 for a token, 9103 for a pair", async () => {
    expect(refusal(await get(bearer("revoked")))).toBe("403 9109 Invalid access token");
    const pair = { "x-auth-email": "admin@example.com", "x-auth-key": "wrong" };
    expect(refusal(await get(pair))).toBe("403 9103 Unknown X-Auth-Key or X-Auth-Email");
  });

  it("default to one token that writes everywhere", async () => {
    const fresh = await startEmulator();
    fresh.seed("accounts", ACCOUNT);
    expect(EMULATOR_TOKEN).toHaveLength(40);
    expect((await call(fresh, "PUT", ORGANIZATION, TEAM)).status).toBe(200);
    await fresh.close();
  });

  it("may change while the emulator runs", async () => {
    emulator.credentials.push({ apiToken: "late" });
    expect((await get(bearer("late"))).status).toBe(200);
    emulator.credentials.pop();
    expect((await get(bearer("late"))).status).toBe(403);
  });
});

describe("permission", () => {
  const elsewhere = `/accounts/${OTHER_ACCOUNT}/access/organizations`;

  it("is looked at before the account: 10000 even where Access is not enabled", async () => {
    const refused = "403 10000 Authentication error";
    expect(refusal(await get(bearer("other-product")))).toBe(refused);
    expect(refusal(await get(bearer("other-product"), elsewhere))).toBe(refused);
    expect(refusal(await get(bearer("reader"), elsewhere))).toMatch(/^403 9999 /);
  });

  it("to read lets nothing be written", async () => {
    expect((await get(bearer("reader"))).status).toBe(200);
    for (const [method, path] of [
      ["PUT", ORGANIZATION],
      ["POST", ORGANIZATION],
      ["PUT", DOH],
      ["POST", `${ORGANIZATION}/revoke_user`],
    ] as const) {
      expect(refusal(await call(emulator, method, path, {}, bearer("reader")))).toBe(
        "403 10000 Authentication error",
      );
    }
  });

  it("ends where the credential's accounts and zones end: 9109", async () => {
    expect((await put(bearer("scoped"))).status).toBe(200);
    const refused = "403 9109 Unauthorized to access requested resource";
    expect(refusal(await get(bearer("scoped"), elsewhere))).toBe(refused);
    expect(refusal(await get(bearer("scoped"), ZONE_ORGANIZATION))).toBe(refused);
  });
});
