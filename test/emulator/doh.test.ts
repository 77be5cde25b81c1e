import { startEmulator, type Behavior, type Emulator } from "../../emulator/index.js";
import { OTHER_SERVICE_TOKEN, SERVICE_TOKEN } from "../ids.js";
import { ACCOUNT, call, DOH, rejectionOf } from "./calls.js";

let emulator: Emulator;
beforeEach(async () => {
  emulator = await startEmulator();
  emulator.seed("accounts", ACCOUNT);
  emulator.addServiceToken(ACCOUNT, { id: SERVICE_TOKEN, name: "CI" });
});
afterEach(() => emulator.close());

const KEYS = `/accounts/${ACCOUNT}/access/keys`;

const put = (body?: unknown) => call(emulator, "PUT", DOH, body);
const get = () => call(emulator, "GET", DOH);

describe("DoH settings", () => {
  it.each([
    ["GET", DOH],
    ["PUT", DOH],
    ["GET", KEYS],
  ])("are rejected with 9999 without an organization: %s %s", async (method, path) => {
    emulator.remove("accounts", ACCOUNT);
    const body = method === "PUT" ? {} : undefined;
    expect(rejectionOf(await call(emulator, method, path, body))).toMatch(/^403 9999 /);
  });

  it("are returned with 201 as the service token, under id, and the duration", async () => {
    const made = await put({ service_token_id: SERVICE_TOKEN, doh_jwt_duration: "800h" });
    expect(made).toMatchObject({
      status: 201,
      result: { id: SERVICE_TOKEN, name: "CI", duration: "8760h", doh_jwt_duration: "800h" },
    });
    expect(await get()).toMatchObject({ status: 200, result: made.result });
  });

  it("are replaced as a whole by PUT", async () => {
    await put({ service_token_id: SERVICE_TOKEN, doh_jwt_duration: "800h" });
    const { result } = await put({ doh_jwt_duration: "24h" });
    expect(result).toEqual({ doh_jwt_duration: "24h" });
    await put();
    expect(emulator.doh(ACCOUNT)).toBeUndefined();
  });

  it("include the default duration only with the explicit personality", async () => {
    await put({ service_token_id: SERVICE_TOKEN });
    expect((await get()).result).not.toHaveProperty("doh_jwt_duration");
    emulator.personality = "explicit";
    expect((await get()).result).toMatchObject({ id: SERVICE_TOKEN, doh_jwt_duration: "24h" });
  });

  it("cannot name a service token by its client id", async () => {
    const { client_id } = emulator.addServiceToken(ACCOUNT);
    expect(rejectionOf(await put({ service_token_id: client_id }))).toMatch(/^404 12002 /);
  });

  it.each<[string, object]>([
    ["doh_jwt_duration: is not a duration", { doh_jwt_duration: "" }],
    ["service_token_id: ", { service_token_id: "" }],
  ])("are rejected with the reason %s", async (reason, body) => {
    expect(rejectionOf(await put(body))).toContain(
      `400 12062 access.api.error.invalid_org_config | ${reason}`,
    );
  });
});

describe("the behavior options of DoH settings", () => {
  const duration = { doh_jwt_duration: "24h" };

  it.each<[Behavior["dohUnset"], number, unknown]>([
    ["null", 200, null],
    ["empty", 200, {}],
    ["default_duration", 200, duration],
    ["not_found", 404, null],
    ["not_enabled", 403, null],
  ])("dohUnset %s: GET responds with %d", async (dohUnset, status, result) => {
    emulator.behavior.dohUnset = dohUnset;
    expect(await get()).toMatchObject({ status, result });
  });

  it("dohResponse duration_only: GET returns no service token", async () => {
    emulator.seedDoh(ACCOUNT, { service_token_id: SERVICE_TOKEN, ...duration });
    emulator.behavior.dohResponse = "duration_only";
    expect((await get()).result).toEqual(duration);
  });

  it("dohPutStatus and dohPutMerges: PUT responds with 200 and keeps omitted settings", async () => {
    Object.assign(emulator.behavior, { dohPutStatus: 200, dohPutMerges: true });
    emulator.seedDoh(ACCOUNT, { service_token_id: SERVICE_TOKEN, ...duration });
    const response = await put({ doh_jwt_duration: "48h" });
    expect(response).toMatchObject({
      status: 200,
      result: { id: SERVICE_TOKEN, doh_jwt_duration: "48h" },
    });
  });

  it("dohNull rejected: PUT rejects null", async () => {
    emulator.behavior.dohNull = "rejected";
    expect(rejectionOf(await put({ service_token_id: null }))).toMatch(
      /^400 12062 .* \| service_token_id: null is not accepted$/,
    );
  });

  it("dohActiveToken protected: PUT rejects another token while the first one is enabled", async () => {
    emulator.behavior.dohActiveToken = "protected";
    emulator.seedDoh(ACCOUNT, { service_token_id: SERVICE_TOKEN });
    emulator.addServiceToken(ACCOUNT, { id: OTHER_SERVICE_TOKEN });
    expect((await put({ service_token_id: SERVICE_TOKEN })).status).toBe(201);
    expect(rejectionOf(await put({ service_token_id: OTHER_SERVICE_TOKEN }))).toMatch(
      /^400 12062 .* \| service_token_id: /,
    );
    emulator.addServiceToken(ACCOUNT, { id: SERVICE_TOKEN, enabled: false });
    expect((await put({ service_token_id: OTHER_SERVICE_TOKEN })).status).toBe(201);
  });
});

describe("the Access keys", () => {
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
});
