import { startEmulator, type Emulator, type BehaviorOptions } from "../../emulator/index.js";
import { ACCOUNT, call, DOH, ORGANIZATION, rejectionOf, TEAM } from "./calls.js";

let emulator: Emulator;
afterEach(() => emulator.close());

/** Starts an emulator with the organization of one account. */
async function start(behavior: BehaviorOptions) {
  emulator = await startEmulator({ behavior });
  emulator.seed("accounts", ACCOUNT, { ...TEAM, session_duration: "24h" });
}

describe("the behavior options of DoH settings", () => {
  const TOKEN_ID = "f174e90a-fafe-4643-bbbc-4a0ed4fc8415";
  const OTHER_TOKEN_ID = "0b6d4b7f-4c0c-4d1e-9f62-5a1f4f3e2d1c";
  const doh = (method: string, body?: unknown) => call(emulator, method, DOH, body);

  it.each<[NonNullable<BehaviorOptions["dohUnset"]>, number, unknown]>([
    ["null", 200, null],
    ["empty", 200, {}],
    ["default_duration", 200, { doh_jwt_duration: "24h" }],
    ["not_found", 404, null],
    ["not_enabled", 403, null],
  ])("dohUnset %s: GET answers %d", async (dohUnset, status, result) => {
    await start({ dohUnset });
    expect(await doh("GET")).toMatchObject({ status, result });
  });

  it("dohResponse: a response lacks the token or the duration", async () => {
    await start({ dohResponse: "duration_only" });
    emulator.seedDoh(ACCOUNT, { service_token_id: TOKEN_ID, doh_jwt_duration: "24h" });
    expect((await doh("GET")).result).toEqual({ doh_jwt_duration: "24h" });
    emulator.behavior.dohResponse = "token_only";
    expect((await doh("GET")).result).toMatchObject({ id: TOKEN_ID });
    expect((await doh("GET")).result).not.toHaveProperty("doh_jwt_duration");
  });

  it("dohPutStatus and dohPutMerges: PUT answers 200 and keeps omitted settings", async () => {
    await start({ dohPutStatus: 200, dohPutMerges: true });
    emulator.seedDoh(ACCOUNT, { service_token_id: TOKEN_ID, doh_jwt_duration: "24h" });
    const response = await doh("PUT", { doh_jwt_duration: "48h" });
    expect(response).toMatchObject({
      status: 200,
      result: { id: TOKEN_ID, doh_jwt_duration: "48h" },
    });
  });

  it("dohNull rejected: PUT rejects null", async () => {
    await start({ dohNull: "rejected" });
    expect(rejectionOf(await doh("PUT", { service_token_id: null }))).toMatch(
      /^400 12062 .* \| service_token_id: null is not accepted$/,
    );
  });

  it("dohActiveToken protected: PUT rejects another token while the first one is enabled", async () => {
    await start({ dohActiveToken: "protected" });
    emulator.seedDoh(ACCOUNT, { service_token_id: TOKEN_ID });
    emulator.addServiceToken(ACCOUNT, { id: OTHER_TOKEN_ID });
    expect((await doh("PUT", { service_token_id: TOKEN_ID })).status).toBe(201);
    expect(rejectionOf(await doh("PUT", { service_token_id: OTHER_TOKEN_ID }))).toMatch(
      /^400 12062 .* \| service_token_id: /,
    );
    emulator.addServiceToken(ACCOUNT, { id: TOKEN_ID, enabled: false });
    expect((await doh("PUT", { service_token_id: OTHER_TOKEN_ID })).status).toBe(201);
  });
});

describe("the behavior options of revoke_user", () => {
  const revoke = (query = "", body: object = {}) =>
    call(emulator, "POST", `${ORGANIZATION}/revoke_user${query}`, {
      email: "user@example.com",
      ...body,
    });

  it("revokeUserResult and revokeUserFullEnvelope: the result is false, in a full envelope", async () => {
    await start({ revokeUserResult: false, revokeUserFullEnvelope: true });
    expect((await revoke()).envelope).toEqual({
      success: true,
      errors: [],
      messages: [],
      result: false,
    });
  });

  it("revokeUserDevices: devices is read from the query or from the body only", async () => {
    await start({ revokeUserDevices: "query" });
    await revoke("", { devices: true });
    await revoke("?devices=true");
    emulator.behavior.revokeUserDevices = "body";
    await revoke("?devices=true");
    await revoke("", { devices: true });
    expect(emulator.revocations.map(({ devices }) => devices)).toEqual([false, true, false, true]);
  });
});
