import { startEmulator, type Emulator } from "../../emulator/index.js";
import { ACCOUNT, call, ORGANIZATION, refusal, ZONE, ZONE_ORGANIZATION } from "./calls.js";

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
  it("answers result and success and nothing else", async () => {
    const answer = await revoke({ email: "user@example.com" });
    expect(answer.status).toBe(200);
    expect(answer.envelope).toEqual({ result: true, success: true });
  });

  it("remembers whom it signed out, and how", async () => {
    await revoke({ email: "a@example.com" });
    await revoke(
      { email: "b@example.com", devices: true, user_uid: "uid", warp_session_reauth: false },
      "?devices=true",
    );
    expect(emulator.revocations).toEqual([
      { level: "accounts", id: ACCOUNT, email: "a@example.com", devices: false },
      {
        level: "accounts",
        id: ACCOUNT,
        email: "b@example.com",
        devices: true,
        user_uid: "uid",
        warp_session_reauth: false,
      },
    ]);
  });

  it("takes devices from the query or the body", async () => {
    await revoke({ email: "a@example.com" }, "?devices=true");
    await revoke({ email: "b@example.com", devices: true });
    expect(emulator.revocations.map(({ devices }) => devices)).toEqual([true, true]);
  });

  it("needs an email and takes no other keys", async () => {
    expect(refusal(await revoke({ user_uid: "uid" }))).toMatch(/^400 12062 .* \| email: /);
    expect(refusal(await revoke({ email: "a@example.com", body_devices: true }))).toMatch(
      /body_devices: unknown field$/,
    );
    expect(emulator.revocations).toEqual([]);
  });

  it("takes only an email for a zone", async () => {
    const path = `${ZONE_ORGANIZATION}/revoke_user`;
    expect((await call(emulator, "POST", path, { email: "a@example.com" })).status).toBe(200);
    const refused = await call(emulator, "POST", path, { email: "a@example.com", devices: true });
    expect(refusal(refused)).toMatch(/^400 12062 .*devices/);
  });

  it("is 9999 without an organization", async () => {
    emulator.remove("accounts", ACCOUNT);
    expect(refusal(await revoke({ email: "a@example.com" }))).toMatch(/^403 9999 /);
  });
});
