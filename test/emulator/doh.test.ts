import { startEmulator, type Emulator } from "../../emulator/index.js";
import { ACCOUNT, call, DOH, rejectionOf } from "./calls.js";

const TOKEN_ID = "f174e90a-fafe-4643-bbbc-4a0ed4fc8415";

let emulator: Emulator;
beforeEach(async () => {
  emulator = await startEmulator();
  emulator.seed("accounts", ACCOUNT);
  emulator.addServiceToken(ACCOUNT, { id: TOKEN_ID, name: "CI" });
});
afterEach(() => emulator.close());

const put = (body?: unknown) => call(emulator, "PUT", DOH, body);
const get = () => call(emulator, "GET", DOH);

describe("DoH settings", () => {
  it("are rejected with 9999 without an organization", async () => {
    emulator.remove("accounts", ACCOUNT);
    expect(rejectionOf(await get())).toMatch(/^403 9999 /);
    expect(rejectionOf(await put({}))).toMatch(/^403 9999 /);
  });

  it("are null until they are set", async () => {
    expect(await get()).toMatchObject({ status: 200, result: null });
    expect(emulator.doh(ACCOUNT)).toBeUndefined();
  });

  it("are returned with 201 as the service token, under id, and the duration", async () => {
    const made = await put({ service_token_id: TOKEN_ID, doh_jwt_duration: "800h" });
    expect(made.status).toBe(201);
    expect(made.result).toMatchObject({
      id: TOKEN_ID,
      name: "CI",
      duration: "8760h",
      enabled: true,
      doh_jwt_duration: "800h",
    });
    expect(made.result.client_id).toMatch(/^[0-9a-f]{32}\.access$/);
    expect(made.result).not.toHaveProperty("service_token_id");
    expect(await get()).toMatchObject({ status: 200, result: made.result });
  });

  it("are replaced as a whole by PUT", async () => {
    await put({ service_token_id: TOKEN_ID, doh_jwt_duration: "800h" });
    const { result } = await put({ doh_jwt_duration: "24h" });
    expect(result).toEqual({ doh_jwt_duration: "24h" });
    await put();
    expect(emulator.doh(ACCOUNT)).toBeUndefined();
  });

  it("are cleared by null", async () => {
    await put({ service_token_id: TOKEN_ID, doh_jwt_duration: "800h" });
    await put({ service_token_id: TOKEN_ID, doh_jwt_duration: null });
    expect(emulator.doh(ACCOUNT)).toEqual({ service_token_id: TOKEN_ID });
  });

  it("include the default duration only with the explicit personality", async () => {
    await put({ service_token_id: TOKEN_ID });
    expect((await get()).result).not.toHaveProperty("doh_jwt_duration");
    emulator.personality = "explicit";
    expect((await get()).result).toMatchObject({ id: TOKEN_ID, doh_jwt_duration: "24h" });
  });

  it("cannot name a token that does not exist, or its client id", async () => {
    const { client_id } = emulator.addServiceToken(ACCOUNT);
    for (const service_token_id of ["00000000-0000-4000-8000-000000000000", client_id]) {
      expect(rejectionOf(await put({ service_token_id }))).toBe(
        "404 12002 access.api.error.service_token_not_found",
      );
    }
  });

  it.each<[string, object]>([
    ["doh_jwt_duration: is not a duration", { doh_jwt_duration: "" }],
    ["doh_jwt_duration: must be at most the key rotation", { doh_jwt_duration: "2161h" }],
    ["service_token_id: ", { service_token_id: "" }],
    ["id: unknown field", { id: TOKEN_ID }],
  ])("are rejected with the reason %s", async (reason, body) => {
    expect(rejectionOf(await put(body))).toContain(
      `400 12062 access.api.error.invalid_org_config | ${reason}`,
    );
  });

  it("can be seeded and edited, which creates the token and the organization that they need", async () => {
    const fresh = await startEmulator();
    fresh.seedDoh(ACCOUNT, { service_token_id: TOKEN_ID, doh_jwt_duration: "24h" });
    expect((await call(fresh, "GET", DOH)).result).toMatchObject({ id: TOKEN_ID });
    fresh.editDoh(ACCOUNT, { service_token_id: null, doh_jwt_duration: "1h" });
    expect(fresh.doh(ACCOUNT)).toEqual({ doh_jwt_duration: "1h" });
    await fresh.close();
  });
});

describe("the Access keys", () => {
  const KEYS = `/accounts/${ACCOUNT}/access/keys`;

  it("have a rotation interval of 21 to 365 days", async () => {
    expect((await call(emulator, "GET", KEYS)).result).toMatchObject({
      key_rotation_interval_days: 90,
      days_until_next_rotation: 90,
    });
    const changed = await call(emulator, "PUT", KEYS, { key_rotation_interval_days: 21 });
    expect(changed).toMatchObject({ status: 200, result: { key_rotation_interval_days: 21 } });
    for (const key_rotation_interval_days of [20, 366, 30.5]) {
      const rejected = await call(emulator, "PUT", KEYS, { key_rotation_interval_days });
      expect(rejectionOf(rejected)).toMatch(/^400 12062 .*key_rotation_interval_days/);
    }
  });

  it("limit the DoH JWT duration to the rotation interval", async () => {
    await call(emulator, "PUT", KEYS, { key_rotation_interval_days: 21 });
    expect((await put({ doh_jwt_duration: "504h" })).status).toBe(201);
    expect((await put({ doh_jwt_duration: "505h" })).status).toBe(400);
  });

  it("are rejected with 9999 without an organization", async () => {
    emulator.remove("accounts", ACCOUNT);
    expect(rejectionOf(await call(emulator, "GET", KEYS))).toMatch(/^403 9999 /);
  });
});
