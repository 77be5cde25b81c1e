import { startEmulator, type Emulator } from "../../emulator/index.js";
import { ACCOUNT, call, DOH, ORGANIZATION, TEAM, ZONE } from "./calls.js";

let emulator: Emulator;
beforeEach(async () => {
  emulator = await startEmulator();
});
afterEach(() => emulator.close());

/** Sends a request as curl does: without a credential and without a content type for the body. */
async function control(method: string, path: string, body?: unknown) {
  const { origin } = new URL(emulator.baseUrl);
  const response = await fetch(`${origin}/_emulator${path}`, {
    method,
    ...(body === undefined ? {} : { body: typeof body === "string" ? body : JSON.stringify(body) }),
  });
  return { status: response.status, body: await response.json() };
}

describe("the controls over HTTP", () => {
  it("create, show, edit and remove the organization of an account or zone", async () => {
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

  it("create, show and edit DoH settings, and create service tokens", async () => {
    const token = await control("POST", `/accounts/${ACCOUNT}/service-tokens`, { name: "CI" });
    const { id } = token.body as { id: string };
    await control("PUT", `/accounts/${ACCOUNT}/doh`, { service_token_id: id });
    await control("PATCH", `/accounts/${ACCOUNT}/doh`, { doh_jwt_duration: "48h" });
    const shown = await control("GET", `/accounts/${ACCOUNT}/doh`);
    expect(shown.body).toEqual({ service_token_id: id, doh_jwt_duration: "48h" });
    expect((await call(emulator, "GET", DOH)).result).toMatchObject({ name: "CI" });
  });

  it("show and clear the requests, without the control requests themselves", async () => {
    await call(emulator, "GET", ORGANIZATION);
    const shown = await control("GET", "/requests");
    expect(shown.body).toMatchObject([{ method: "GET", path: ORGANIZATION, status: 403 }]);
    await control("DELETE", "/requests");
    expect(emulator.requests).toEqual([]);
  });

  it("record an edit in the audit log under the given actor, and add entries to the log", async () => {
    emulator.seed("accounts", ACCOUNT, TEAM);
    const log = `/accounts/${ACCOUNT}/audit-log`;
    await control("PATCH", `/accounts/${ACCOUNT}?actor=alex@example.com`, {
      is_ui_read_only: true,
    });
    await control("POST", log, { actor: { type: "system" } });
    expect((await control("GET", log)).body).toMatchObject([
      { actor: { email: "alex@example.com", context: "dash" } },
      { actor: { type: "system" } },
    ]);
  });

  it("show the revoked users", async () => {
    emulator.seed("accounts", ACCOUNT);
    await call(emulator, "POST", `${ORGANIZATION}/revoke_user`, { email: "user@example.com" });
    expect((await control("GET", "/revocations")).body).toMatchObject([
      { email: "user@example.com" },
    ]);
  });

  it("add and clear faults, with the pattern of a path as text", async () => {
    await control("POST", "/faults", { pathPattern: "/organizations$", status: 503, times: 2 });
    expect((await call(emulator, "GET", ORGANIZATION)).status).toBe(503);
    await control("DELETE", "/faults");
    expect((await call(emulator, "GET", ORGANIZATION)).status).toBe(403);
  });

  it("show and change behavior options", async () => {
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
    ["PATCH", `/accounts/${ACCOUNT}`, {}, /Cannot edit the organization/],
    ["PUT", `/accounts/${ACCOUNT}`, "{", /JSON/],
    ["PUT", `/accounts/${ACCOUNT}/doh`, { id: "x" }, /Unrecognized key: "id"/],
  ])("reject %s %s of invalid data with the reason", async (method, path, body, reason) => {
    const rejected = await control(method, path, body);
    expect(rejected.status).toBe(400);
    expect((rejected.body as { error: string }).error).toMatch(reason);
  });

  it("respond with 404 to other paths", async () => {
    expect((await control("GET", "/nothing")).status).toBe(404);
    expect((await control("PUT", "/accounts/my-account")).status).toBe(404);
  });
});
