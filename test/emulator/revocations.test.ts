import { startEmulator, type Emulator } from "../../emulator/index.js";
import { ACCOUNT, call, ORGANIZATION, rejectionOf, ZONE, ZONE_ORGANIZATION } from "./calls.js";

let emulator: Emulator;
beforeEach(async () => {
  emulator = await startEmulator();
  emulator.seed("accounts", ACCOUNT);
  emulator.seed("zones", ZONE);
});
afterEach(() => emulator.close());

const revoke = (body: unknown, query = "") =>
  call(emulator, "POST", `${ORGANIZATION}/revoke_user${query}`, body);

describe("revoke_user", () => {
  it("returns only result and success", async () => {
    const response = await revoke({ email: "user@example.com" });
    expect(response.status).toBe(200);
    expect(response.envelope).toEqual({ result: true, success: true });
  });

  it("is recorded with its user and its options", async () => {
    await revoke({ email: "a@example.com" });
    await revoke(
      { email: "b@example.com", devices: true, user_uid: "uid", warp_session_reauth: false },
      "?devices=true",
    );
    expect(emulator.revocations).toEqual([
      { scopeType: "accounts", id: ACCOUNT, email: "a@example.com", devices: false },
      {
        scopeType: "accounts",
        id: ACCOUNT,
        email: "b@example.com",
        devices: true,
        user_uid: "uid",
        warp_session_reauth: false,
      },
    ]);
  });

  it("accepts devices in the query or in the body", async () => {
    await revoke({ email: "a@example.com" }, "?devices=true");
    await revoke({ email: "b@example.com", devices: true });
    expect(emulator.revocations.map(({ devices }) => devices)).toEqual([true, true]);
  });

  it("requires an email and rejects unknown fields", async () => {
    expect(rejectionOf(await revoke({ user_uid: "uid" }))).toMatch(/^400 12062 .* \| email: /);
    expect(rejectionOf(await revoke({ email: "a@example.com", body_devices: true }))).toMatch(
      /body_devices: unknown field$/,
    );
    expect(emulator.revocations).toEqual([]);
  });

  it("accepts only an email for a zone", async () => {
    const path = `${ZONE_ORGANIZATION}/revoke_user`;
    expect((await call(emulator, "POST", path, { email: "a@example.com" })).status).toBe(200);
    const rejected = await call(emulator, "POST", path, { email: "a@example.com", devices: true });
    expect(rejectionOf(rejected)).toMatch(/^400 12062 .*devices/);
  });

  it("is rejected with 9999 without an organization", async () => {
    emulator.remove("accounts", ACCOUNT);
    expect(rejectionOf(await revoke({ email: "a@example.com" }))).toMatch(/^403 9999 /);
  });
});
