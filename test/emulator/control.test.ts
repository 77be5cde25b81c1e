import { startEmulator, type Emulator } from "../../emulator/index.js";
import { ACCOUNT, call, DOH, ORGANIZATION, TEAM, ZONE } from "./calls.js";

let emulator: Emulator;
beforeEach(async () => {
  emulator = await startEmulator();
});
afterEach(() => emulator.close());

/** As curl does it: no credential, and a body without a content type of its own. */
async function control(method: string, path: string, body?: unknown) {
  const { origin } = new URL(emulator.baseUrl);
  const response = await fetch(`${origin}/_emulator${path}`, {
    method,
    ...(body === undefined ? {} : { body: typeof body === "string" ? body : JSON.stringify(body) }),
  });
  return { status: response.status, body: await response.json() };
}

describe("the control routes", () => {
  it("seed, show, edit and remove the organization of an account or zone", async () => {
    expect(await control("PUT", `/accounts/${ACCOUNT}`, TEAM)).toMatchObject({ status: 200 });
    expect(emulator.organization("accounts", ACCOUNT)).toMatchObject(TEAM);
    await control("PATCH", `/accounts/${ACCOUNT}`, { session_duration: "1h" });
    const shown = await control("GET", `/accounts/${ACCOUNT}`);
    expect(shown.body).toMatchObject({ ...TEAM, session_duration: "1h" });
    await control("DELETE", `/accounts/${ACCOUNT}`);
    expect((await control("GET", `/accounts/${ACCOUNT}`)).status).toBe(404);

    await control("PUT", `/zones/${ZONE}`);
    expect(emulator.organization("zones", ZONE)).toBeDefined();
  });

  it("seed, show and edit DoH settings, and make service tokens", async () => {
    const token = await control("POST", `/accounts/${ACCOUNT}/service-tokens`, { name: "CI" });
    const { id } = token.body as { id: string };
    await control("PUT", `/accounts/${ACCOUNT}/doh`, { service_token_id: id });
    await control("PATCH", `/accounts/${ACCOUNT}/doh`, { doh_jwt_duration: "48h" });
    const shown = await control("GET", `/accounts/${ACCOUNT}/doh`);
    expect(shown.body).toEqual({ service_token_id: id, doh_jwt_duration: "48h" });
    expect((await call(emulator, "GET", DOH)).result).toMatchObject({ name: "CI" });
  });

  it("show and clear the requests, among which they are not", async () => {
    await call(emulator, "GET", ORGANIZATION);
    const shown = await control("GET", "/requests");
    expect(shown.body).toMatchObject([{ method: "GET", path: ORGANIZATION, status: 403 }]);
    await control("DELETE", "/requests");
    expect(emulator.requests).toEqual([]);
  });

  it("show revocations", async () => {
    emulator.seed("accounts", ACCOUNT);
    await call(emulator, "POST", `${ORGANIZATION}/revoke_user`, { email: "user@example.com" });
    expect((await control("GET", "/revocations")).body).toMatchObject([
      { email: "user@example.com" },
    ]);
  });

  it("inject and clear faults; a pattern is a text", async () => {
    await control("POST", "/faults", { pathPattern: "/organizations$", status: 503, times: 2 });
    expect((await call(emulator, "GET", ORGANIZATION)).status).toBe(503);
    await control("DELETE", "/faults");
    expect((await call(emulator, "GET", ORGANIZATION)).status).toBe(403);
  });

  it("show and move behavior", async () => {
    await control("PATCH", "/behavior", { neverEnabled: "sparse" });
    expect((await call(emulator, "GET", ORGANIZATION)).status).toBe(200);
    expect((await control("GET", "/behavior")).body).toMatchObject({
      neverEnabled: "sparse",
      putMerges: false,
    });
  });

  it.each<[string, string, unknown, RegExp]>([
    ["POST", "/faults", { sttus: 503 }, /Unrecognized key: "sttus"/],
    ["PATCH", "/behavior", { putMergers: true }, /Unrecognized key: "putMergers"/],
    ["PATCH", `/accounts/${ACCOUNT}`, {}, /There is no organization/],
    ["PUT", `/accounts/${ACCOUNT}`, "{", /JSON/],
    ["PUT", `/accounts/${ACCOUNT}/doh`, { id: "x" }, /Unrecognized key: "id"/],
  ])("refuse %s %s with the reason", async (method, path, body, reason) => {
    const refused = await control(method, path, body);
    expect(refused.status).toBe(400);
    expect((refused.body as { error: string }).error).toMatch(reason);
  });

  it("answer 404 to anything else", async () => {
    expect((await control("GET", "/nothing")).status).toBe(404);
    expect((await control("PUT", "/accounts/my-account")).status).toBe(404);
  });
});
