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

describe("authentication", () => {
  const MALFORMED = "400 6003 Invalid request headers";

  it.each<[string, Record<string, string>, string]>([
    ["no credential header", {}, `${MALFORMED} | 6111 `],
    ["an authorization without a scheme", { authorization: "writer" }, `${MALFORMED} | 6111 `],
    ["a doubled scheme", { authorization: "Bearer Bearer writer" }, `${MALFORMED} | 6111 `],
    ["a space in the token", { authorization: "Bearer wri ter" }, `${MALFORMED} | 6111 `],
    [
      "a token and an API key",
      { ...bearer("writer"), "x-auth-key": "key" },
      `${MALFORMED} | 6111 `,
    ],
    ["an API key without an email", { "x-auth-key": "key" }, `${MALFORMED} | 6102 `],
    [
      "an email without an API key",
      { "x-auth-email": "admin@example.com" },
      `${MALFORMED} | 6103 `,
    ],
    [
      "an unknown API key",
      { "x-auth-email": "admin@example.com", "x-auth-key": "wrong" },
      "403 9103 Unknown X-Auth-Key or X-Auth-Email",
    ],
  ])("rejects %s", async (_, headers, rejection) => {
    expect(rejectionOf(await get(headers))).toContain(rejection);
  });
});

describe("authorization", () => {
  const elsewhere = `/accounts/${OTHER_ACCOUNT}/access/organizations`;

  it("checks the permission before the account: 10000 even if Access is not enabled", async () => {
    expect(rejectionOf(await get(bearer("other-product"), elsewhere))).toMatch(/^403 10000 /);
    expect(rejectionOf(await get(bearer("reader"), elsewhere))).toMatch(/^403 9999 /);
  });

  it.each(["PUT", "POST"])("rejects a %s with a token that may only revoke users", async (verb) => {
    const rejected = await call(emulator, verb, ORGANIZATION, TEAM, bearer("revoker"));
    expect(rejectionOf(rejected)).toMatch(/^403 10000 /);
  });
});
