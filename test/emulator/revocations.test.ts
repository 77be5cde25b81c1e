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
    const { envelope } = await revoke({ email: "user@example.com" });
    expect(envelope).toEqual({ result: true, success: true });
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

  it("accepts only an email for a zone", async () => {
    const path = `${ZONE_ORGANIZATION}/revoke_user`;
    expect((await call(emulator, "POST", path, { email: "a@example.com" })).status).toBe(200);
    const rejected = await call(emulator, "POST", path, { email: "a@example.com", devices: true });
    expect(rejectionOf(rejected)).toMatch(/^400 12062 .*devices/);
  });

  it.each([
    ["either", [true, true]],
    ["query", [true, false]],
    ["body", [false, true]],
  ] as const)("revokeUserDevices %s: where devices is read from", async (place, devices) => {
    emulator.behavior.revokeUserDevices = place;
    await revoke({ email: "a@example.com" }, "?devices=true");
    await revoke({ email: "b@example.com", devices: true });
    expect(emulator.revocations.map((revocation) => revocation.devices)).toEqual(devices);
  });
});
