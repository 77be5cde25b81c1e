import {
  EMULATOR_TOKEN,
  startEmulator,
  type AuditEntry,
  type Emulator,
} from "../../emulator/index.js";
import {
  ACCOUNT,
  call,
  DOH,
  ORGANIZATION,
  rejectionOf,
  TEAM,
  ZONE,
  type ApiResponse,
} from "./calls.js";

const LOG = `/accounts/${ACCOUNT}/logs/audit`;
const WINDOW = "since=2000-01-01&before=2100-01-01";

let emulator: Emulator;
beforeEach(async () => {
  emulator = await startEmulator({
    credentials: [
      {
        apiToken: EMULATOR_TOKEN,
        actor: { token_name: "CI deployments", email: "ci@example.com" },
      },
      { apiToken: "reader", access: "read" },
      { email: "admin@example.com", apiKey: "key" },
      { apiToken: "elsewhere", ids: [ZONE] },
    ],
  });
  emulator.seed("accounts", ACCOUNT, { ...TEAM, session_duration: "24h" });
});
afterEach(() => emulator.close());

const matching = (pattern: RegExp): unknown => expect.stringMatching(pattern);

const put = (settings: object, headers?: Record<string, string>) =>
  call(emulator, "PUT", ORGANIZATION, { ...TEAM, ...settings }, headers);

const read = (query = WINDOW, headers?: Record<string, string>): Promise<ApiResponse> =>
  call(emulator, "GET", `${LOG}?${query}`, undefined, headers);

async function entries(query = ""): Promise<AuditEntry[]> {
  const { result } = await read(`${WINDOW}&${query}`);
  return result as unknown as AuditEntry[];
}

const actors = async (query = "") => (await entries(query)).map(({ actor }) => actor?.email);

describe("the audit log", () => {
  it("records a PUT with the token, the request, the response and the ray id", async () => {
    const written = await put({ session_duration: "1h" });
    expect(await entries()).toEqual([
      {
        id: matching(/^[0-9a-f]{32}$/),
        account: { id: ACCOUNT, name: TEAM.name },
        action: {
          type: "update",
          description: `Update ${ORGANIZATION}`,
          result: "success",
          time: matching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/),
        },
        actor: {
          id: matching(/^[0-9a-f]{32}$/),
          type: "user",
          email: "ci@example.com",
          context: "api_token",
          ip_address: "127.0.0.1",
          token_id: matching(/^[0-9a-f]{32}$/),
          token_name: "CI deployments",
        },
        raw: {
          method: "PUT",
          uri: ORGANIZATION,
          status_code: 200,
          cf_ray_id: written.headers.get("cf-ray")?.split("-")[0],
          user_agent: matching(/./),
        },
        resource: {
          id: ACCOUNT,
          product: "access",
          type: "organizations",
          scope: "accounts",
          request: { ...TEAM, session_duration: "1h" },
          response: written.result,
        },
      },
    ]);
  });

  it("names the user of an API key", async () => {
    await put({}, { "x-auth-email": "admin@example.com", "x-auth-key": "key" });
    const [entry] = await entries();
    expect(entry?.actor).toMatchObject({ email: "admin@example.com", context: "api_key" });
    expect(entry?.actor).not.toHaveProperty("token_id");
  });

  it("records a rejected write as a failure, and a read not at all", async () => {
    await put({ session_duration: "a day" });
    await put({}, { authorization: "Bearer reader" });
    await call(emulator, "GET", ORGANIZATION);
    const recorded = (await entries()).map(({ action, raw }) => [action?.result, raw?.status_code]);
    expect(recorded).toEqual([
      ["failure", 403],
      ["failure", 400],
    ]);
  });

  it("records a write that took effect although its response was a 503", async () => {
    emulator.fault({ method: "PUT", status: 503, takesEffect: true });
    expect((await put({ session_duration: "2h" })).status).toBe(503);
    emulator.fault({ method: "PUT", status: 503 });
    expect((await put({ session_duration: "3h" })).status).toBe(503);
    expect(await entries()).toMatchObject([
      { action: { result: "success" }, resource: { request: { session_duration: "2h" } } },
    ]);
  });

  it("records the first write as a create, and DoH settings under their own URI", async () => {
    emulator.remove("accounts", ACCOUNT);
    await call(emulator, "POST", ORGANIZATION, TEAM);
    await call(emulator, "PUT", DOH, { doh_jwt_duration: "48h" });
    expect(await entries()).toMatchObject([
      { action: { type: "update" }, raw: { method: "PUT", uri: DOH, status_code: 201 } },
      { action: { type: "create" }, raw: { method: "POST", uri: ORGANIZATION } },
    ]);
  });

  it("names an invented person for an edit without an actor", async () => {
    emulator.edit("accounts", ACCOUNT, {});
    expect(await actors()).toEqual(["dashboard-user@example.com"]);
  });

  it("dates an entry no later than the updated_at of the write", async () => {
    await put({ session_duration: "1h" });
    const [entry] = await entries();
    const { result } = await call(emulator, "GET", ORGANIZATION);
    const time = Date.parse(String(entry?.action?.time));
    expect(time).toBeLessThanOrEqual(Date.parse(String(result.updated_at)));
  });

  it("does not record the edits of zones, which belong to no account here", () => {
    emulator.seed("zones", ZONE, { auth_domain: "zone.cloudflareaccess.com" });
    emulator.edit("zones", ZONE, { name: "Gadget Corp" });
    expect(emulator.auditLog(ZONE)).toEqual([]);
  });
});

describe("a query of the audit log", () => {
  beforeEach(async () => {
    for (const email of ["a@example.com", "b@example.com", "c@example.com"])
      emulator.edit("accounts", ACCOUNT, {}, { email });
    await call(emulator, "PUT", DOH, { doh_jwt_duration: "48h" });
  });

  it.each([
    ["", ["ci@example.com", "c@example.com", "b@example.com", "a@example.com"]],
    ["direction=asc&limit=2", ["a@example.com", "b@example.com"]],
    ["actor_email=b@example.com&actor_email=c@example.com", ["c@example.com", "b@example.com"]],
    ["actor_email.not=b@example.com&actor_context=dash", ["c@example.com", "a@example.com"]],
    ["raw_method=POST", []],
  ])("filters and sorts entries: %s", async (query, expected) => {
    expect(await actors(query)).toEqual(expected);
  });

  it("returns the entries between since and before, which are dates or RFC 3339", async () => {
    expect((await read("since=2000-01-01T00:00:00Z&before=2000-01-02")).result).toEqual([]);
  });

  it.each([
    ["", /since: .*\| before: /],
    ["since=yesterday&before=2100-01-01", /since: /],
    [`${WINDOW}&direction=up`, /direction: /],
    [`${WINDOW}&limit=1001`, /limit: /],
    [`${WINDOW}&cursor=x`, /cursor: /],
  ])("rejects an invalid parameter with its name: %j", async (query, reason) => {
    const rejection = rejectionOf(await read(query));
    expect(rejection).toMatch(/^400 10001 /);
    expect(rejection).toMatch(reason);
  });

  it.each([
    ["both", ["count", "cursor", "cursors"]],
    ["cursor", ["count", "cursor"]],
    ["cursors", ["count", "cursors"]],
  ] as const)("names the next page as auditLogCursor says (%s)", async (form, keys) => {
    emulator.behavior.auditLogCursor = form;
    const first = await read(`${WINDOW}&limit=3`);
    const info = first.envelope.result_info as { cursor?: string; cursors?: { after: string } };
    expect(Object.keys(info)).toEqual(keys);
    const cursor = info.cursor ?? info.cursors?.after;
    const last = await read(`${WINDOW}&limit=3&cursor=${cursor}`);
    expect(last.result).toMatchObject([{ actor: { email: "a@example.com" } }]);
    expect(last.envelope.result_info).toEqual({ count: 1 });
  });

  it("is rejected for an account that the token does not reach", async () => {
    const rejected = await read(WINDOW, { authorization: "Bearer elsewhere" });
    expect(rejectionOf(rejected)).toBe("403 9109 Unauthorized to access requested resource");
  });
});

describe("the options of the audit log", () => {
  it.each([
    ["object", { ...TEAM, session_duration: "1h" }],
    ["text", JSON.stringify({ ...TEAM, session_duration: "1h" })],
    ["absent", undefined],
  ] as const)("auditLogRequest %s: the form of the request's body", async (form, request) => {
    emulator.behavior.auditLogRequest = form;
    await put({ session_duration: "1h" });
    const [entry] = await entries();
    expect(entry?.resource?.request).toEqual(request);
    expect(entry?.resource).toHaveProperty("response");
  });

  it.each([
    ["exact", [ORGANIZATION]],
    ["prefix", [DOH, ORGANIZATION]],
    ["ignored", [`${ORGANIZATION}/revoke_user`, DOH, ORGANIZATION]],
  ] as const)("auditLogFilter %s: what raw_uri compares", async (mode, uris) => {
    emulator.behavior.auditLogFilter = mode;
    await put({});
    await call(emulator, "PUT", DOH, { doh_jwt_duration: "48h" });
    await call(emulator, "POST", `${ORGANIZATION}/revoke_user`, { email: "u@example.com" });
    const filter = mode === "prefix" ? "&raw_method=PUT" : "";
    const found = await entries(`raw_uri=${ORGANIZATION}${filter}`);
    expect(found.map(({ raw }) => raw?.uri)).toEqual(uris);
  });

  it("auditLogRetentionDays: an older entry has disappeared", async () => {
    const daysAgo = (days: number) => ({
      action: { time: new Date(Date.now() - days * 24 * 3600e3).toISOString() },
    });
    emulator.addAuditEntry(ACCOUNT, daysAgo(31));
    emulator.addAuditEntry(ACCOUNT, daysAgo(29));
    expect(await entries()).toHaveLength(1);
    emulator.behavior.auditLogRetentionDays = 540;
    expect(await entries()).toHaveLength(2);
  });

  it.each([
    ["complete", { ...TEAM, session_duration: "24h", is_ui_read_only: true }],
    ["changes", { is_ui_read_only: true }],
  ] as const)("dashboardRequest %s: what the dashboard sends", async (form, request) => {
    emulator.behavior.dashboardRequest = form;
    emulator.edit("accounts", ACCOUNT, { is_ui_read_only: true });
    const [entry] = await entries();
    expect(entry?.resource?.request).toEqual(request);
  });
});
