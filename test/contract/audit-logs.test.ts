import { Audit } from "cloudflare/resources/accounts/logs/audit";
import { createClient } from "cloudflare/tree-shakable";
import { EMULATOR_TOKEN, startEmulator, type Emulator } from "../../emulator/index.js";
import { successfulWrites, type AuditLogEntry } from "../../provider/cloudflare/audit-log.js";
import { connect } from "../../provider/cloudflare/connect.js";
import { ACCOUNT, SERVICE_TOKEN, TEAM_DOMAIN } from "../ids.js";
import { referenceClientOptions, referenceFor } from "./reference.js";

// The official client is large, and the first test loads it.
jest.setTimeout(60_000);

const PATH = `/accounts/${ACCOUNT}/access/organizations`;
const WINDOW = {
  since: new Date(Date.now() - 24 * 3600 * 1000),
  before: new Date(Date.now() + 24 * 3600 * 1000),
};
/** The parameters of the official client for the request that the provider sends. */
const PARAMS = {
  account_id: ACCOUNT,
  since: WINDOW.since.toISOString(),
  before: WINDOW.before.toISOString(),
  direction: "desc" as const,
  limit: 100,
};

let emulator: Emulator;
beforeEach(async () => {
  emulator = await startEmulator();
  emulator.seed("accounts", ACCOUNT, { auth_domain: TEAM_DOMAIN });
  emulator.addServiceToken(ACCOUNT, { id: SERVICE_TOKEN });
  const organizations = referenceFor(emulator, "accounts");
  await organizations.update({ account_id: ACCOUNT, auth_domain: TEAM_DOMAIN, name: "Widget" });
  await organizations.doh.update({ account_id: ACCOUNT, service_token_id: SERVICE_TOKEN });
  emulator.edit("accounts", ACCOUNT, { is_ui_read_only: true }, { email: "alex@example.com" });
});
afterEach(() => emulator.close());

/** The audit log as the official client reads it. */
function officialLog() {
  return createClient({ resources: [Audit], ...referenceClientOptions(emulator, "accounts") })
    .accounts.logs.audit;
}

describe("The official client of the audit log", () => {
  it.each(["both", "cursors"] as const)(
    "reads every entry of the emulator, page by page (auditLogCursor: %s)",
    async (form) => {
      emulator.behavior.auditLogCursor = form;
      const seen: unknown[] = [];
      for await (const entry of officialLog().list({ ...PARAMS, limit: 1 })) seen.push(entry);
      expect(seen).toHaveLength(3);
      expect(seen).toEqual(emulator.auditLog(ACCOUNT).reverse());
    },
  );

  it("excludes entries by the not form of a filter", async () => {
    const { result } = await officialLog().list({ ...PARAMS, actor_context: { not: ["dash"] } });
    expect(result.map(({ actor }) => actor?.context)).toEqual(["api_token", "api_token"]);
  });
});

describe("The provider's client of the audit log", () => {
  async function ownEntries(): Promise<AuditLogEntry[]> {
    const config: Record<string, string> = {
      "zerotrust:apiToken": EMULATOR_TOKEN,
      "zerotrust:baseUrl": emulator.baseUrl,
    };
    const client = await connect(
      (key) => config[key],
      () => undefined,
    );
    const entries: AuditLogEntry[] = [];
    const writes = successfulWrites(client, { accountId: ACCOUNT, path: PATH, ...WINDOW });
    for await (const entry of writes) entries.push(entry);
    return entries;
  }

  it("sends the same request as the official client, and filters by URI in addition", async () => {
    emulator.clearRequests();
    await ownEntries();
    await officialLog().list(PARAMS);
    const [own, official, ...more] = emulator.requests;
    expect(more).toEqual([]);
    expect(own?.query).toEqual({ ...official?.query, raw_uri: PATH });
    expect([own?.method, own?.path]).toEqual([official?.method, official?.path]);
  });

  it("reads the same values as the official client, under the names in its types", async () => {
    const { result } = await officialLog().list(PARAMS);
    const official = result
      .filter(({ raw }) => raw?.uri === PATH)
      .map(({ id, action, actor, raw, resource }) => ({
        id,
        action: { result: action?.result, time: action?.time },
        actor: {
          type: actor?.type,
          email: actor?.email,
          context: actor?.context,
          token_name: actor?.token_name,
          ip_address: actor?.ip_address,
        },
        raw: {
          method: raw?.method,
          uri: raw?.uri,
          status_code: raw?.status_code,
          cf_ray_id: raw?.cf_ray_id,
          user_agent: raw?.user_agent,
        },
        resource: { request: resource?.request },
      }));
    expect(official).toHaveLength(2);
    expect(await ownEntries()).toEqual(official);
  });
});
