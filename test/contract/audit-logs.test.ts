import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Audit } from "cloudflare/resources/accounts/logs/audit";
import { createClient } from "cloudflare/tree-shakable";
import { EMULATOR_TOKEN, startEmulator, type Emulator } from "../../emulator/index.js";
import { successfulWrites } from "../../provider/cloudflare/audit-log.js";
import { connect } from "../../provider/cloudflare/connect.js";
import { call } from "../emulator/calls.js";
import { ACCOUNT, SERVICE_TOKEN, TEAM_DOMAIN } from "../ids.js";
import type { Schema } from "./contract.js";
import { referenceClientOptions, referenceFor } from "./reference.js";
import { schemaViolations } from "./violations.js";

// The official client is large, and the first test loads it.
jest.setTimeout(60_000);

const contract = JSON.parse(
  readFileSync(join(__dirname, "openapi-audit-logs.json"), "utf8"),
) as Contract;

interface Contract {
  readonly paths: {
    readonly "/accounts/{account_id}/logs/audit": {
      readonly get: {
        readonly parameters: readonly { name: string; required?: boolean }[];
        readonly responses: Record<"200", { content: Record<string, { schema: Schema }> }>;
      };
    };
  };
}

const operation = contract.paths["/accounts/{account_id}/logs/audit"].get;
const WINDOW = { since: "2000-01-01", before: "2100-01-01" };

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

describe("The audit log of the emulator", () => {
  it.each(["object", "text", "absent"] as const)(
    "returns what the contract describes (auditLogRequest: %s)",
    async (form) => {
      emulator.behavior.auditLogRequest = form;
      const query = new URLSearchParams({ ...WINDOW, limit: "2" });
      const path = `/accounts/${ACCOUNT}/logs/audit?${query.toString()}`;
      const { envelope } = await call(emulator, "GET", path);
      const { "application/json": json } = operation.responses["200"].content;
      expect(schemaViolations(json?.schema ?? {}, envelope, "response")).toEqual([]);
    },
  );

  it("requires the query parameters that the contract requires", async () => {
    const required = operation.parameters
      .filter(({ required }) => required)
      .map(({ name }) => name);
    expect(required).toEqual(["account_id", "since", "before"]);
    const { account_id, since } = { account_id: ACCOUNT, ...WINDOW };
    const withoutBefore = officialLog().list({ account_id, since } as never);
    await expect(withoutBefore).rejects.toMatchObject({ status: 400 });
  });
});

describe("The official client of the audit log", () => {
  it.each(["both", "cursors"] as const)(
    "reads every entry of the emulator, page by page (auditLogCursor: %s)",
    async (form) => {
      emulator.behavior.auditLogCursor = form;
      const seen: unknown[] = [];
      for await (const entry of officialLog().list({ account_id: ACCOUNT, ...WINDOW, limit: 1 }))
        seen.push(entry);
      expect(seen).toHaveLength(3);
      expect(seen).toEqual(emulator.auditLog(ACCOUNT).reverse());
    },
  );

  it("excludes entries by the not form of a filter", async () => {
    const params = { account_id: ACCOUNT, ...WINDOW, actor_context: { not: ["dash" as const] } };
    const { result } = await officialLog().list(params);
    expect(result.map(({ actor }) => actor?.context)).toEqual(["api_token", "api_token"]);
  });

  it("rejects with 403 and 10000 if the permission is missing", async () => {
    emulator.behavior.auditLogPermission = "missing";
    await expect(officialLog().list({ account_id: ACCOUNT, ...WINDOW })).rejects.toMatchObject({
      status: 403,
      errors: [{ code: 10000 }],
    });
  });
});

describe("The provider's client of the audit log", () => {
  const PATH = `/accounts/${ACCOUNT}/access/organizations`;
  const query = {
    since: new Date(Date.now() - 24 * 3600 * 1000),
    before: new Date(Date.now() + 60_000),
  };

  async function ownEntries() {
    const config: Record<string, string> = {
      "zerotrust:apiToken": EMULATOR_TOKEN,
      "zerotrust:baseUrl": emulator.baseUrl,
    };
    const client = await connect(
      (key) => config[key],
      () => undefined,
    );
    const entries: { id?: string | undefined }[] = [];
    const writes = successfulWrites(client, { accountId: ACCOUNT, path: PATH, ...query });
    for await (const entry of writes) entries.push(entry);
    return entries;
  }

  const officialParams = {
    account_id: ACCOUNT,
    since: query.since.toISOString(),
    before: query.before.toISOString(),
    direction: "desc" as const,
    limit: 100,
  };

  it("sends the same request as the official client, and filters by URI in addition", async () => {
    emulator.clearRequests();
    await ownEntries();
    await officialLog().list(officialParams);
    const [own, official, ...more] = emulator.requests;
    expect(more).toEqual([]);
    expect(own?.query).toEqual({ ...official?.query, raw_uri: PATH });
    expect([own?.method, own?.path]).toEqual([official?.method, official?.path]);
  });

  it("reads the same entries as the official client", async () => {
    const { result } = await officialLog().list(officialParams);
    const official = result.filter(({ raw }) => raw?.uri === PATH).map(({ id }) => id);
    expect(official).toHaveLength(2);
    expect((await ownEntries()).map(({ id }) => id)).toEqual(official);
  });
});
