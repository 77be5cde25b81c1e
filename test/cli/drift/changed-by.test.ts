import { withChangedBy } from "../../../provider/cli/drift/changed-by.js";
import type { CheckedStack } from "../../../provider/cli/drift/check.js";
import { clientFromEnvironment } from "../../../provider/cli/environment.js";
import {
  dohSettingsType,
  organizationType,
  type ResourceType,
} from "../../../provider/registry.js";
import type { SettingDrift } from "../../../provider/cli/drift/report-schema.js";
import { ACCOUNT, OTHER_ACCOUNT, ZONE } from "../../ids.js";
import { useCommandFixture } from "../run-command.js";
import { DRIFT, drifted, resource, stack } from "./reports.js";

const fixture = useCommandFixture();
beforeEach(() => {
  for (const account of [ACCOUNT, OTHER_ACCOUNT])
    fixture.emulator.seed("accounts", account, { session_duration: "12h" });
  fixture.emulator.clearRequests();
});

function checked({
  id = `accounts/${ACCOUNT}`,
  settings = [DRIFT],
  type = organizationType,
}: { id?: string; settings?: SettingDrift[]; type?: ResourceType } = {}): CheckedStack {
  const changedAt = type === organizationType ? { changedAt: new Date().toISOString() } : {};
  const report = resource({ id, settings, ...changedAt });
  const hasDrifted = settings.length > 0;
  return {
    dir: ".",
    resources: [{ type, declared: {}, drifted: hasDrifted, report }],
    report: hasDrifted ? drifted("prod", report) : stack("prod"),
  };
}

async function reports(...stacks: CheckedStack[]) {
  const options = {
    since: new Date(Date.now() - 30 * 24 * 3600 * 1000),
    concurrency: 1,
    connect: () => clientFromEnvironment(() => undefined),
  };
  return (await withChangedBy(stacks, options)).map(({ report }) => report.resources[0]);
}

async function changes(...stacks: CheckedStack[]) {
  return (await reports(...stacks)).map((report) => report?.settings[0]?.changedBy);
}

/** Two people change the session duration, one after the other. */
function edit(account = ACCOUNT): void {
  const { emulator } = fixture;
  emulator.edit("accounts", account, { session_duration: "24h" }, { email: "kim@example.com" });
  emulator.edit("accounts", account, { session_duration: "48h" }, { email: "alex@example.com" });
}

describe("withChangedBy", () => {
  it("names who changed the setting by one request for each drifted resource", async () => {
    edit();
    edit(OTHER_ACCOUNT);
    const [first, second] = await changes(checked(), checked({ id: `accounts/${OTHER_ACCOUNT}` }));
    for (const changedBy of [first, second])
      expect(changedBy).toMatchObject({
        match: "exact",
        actor: "alex@example.com",
        via: "dashboard",
        email: "alex@example.com",
        ipAddress: "192.0.2.10",
        userAgent: "Mozilla/5.0",
        at: expect.stringMatching(/Z$/) as string,
        rayId: expect.stringMatching(/^[0-9a-f]{16}$/) as string,
      });
    expect(fixture.emulator.requests.map(({ path }) => path)).toEqual([
      `/accounts/${ACCOUNT}/logs/audit`,
      `/accounts/${OTHER_ACCOUNT}/logs/audit`,
    ]);
  });

  it("reads the log of an object once if it is in two stacks", async () => {
    edit();
    await changes(checked(), checked());
    expect(fixture.emulator.requests).toHaveLength(1);
  });

  it("reads far enough for each stack if several manage different settings of one object", async () => {
    const edits: [string, Record<string, string>][] = [
      ["pat", { name: "Gadget" }],
      ["sam", { name: "Widget" }],
      ["kim", { session_duration: "24h" }],
      ["alex", { session_duration: "48h" }],
    ];
    for (const [user, change] of edits)
      fixture.emulator.edit("accounts", ACCOUNT, change, { email: `${user}@example.com` });
    const drift = { setting: "name", declared: "Widget Corp", live: "Widget" };
    expect(await changes(checked(), checked({ settings: [drift] }))).toMatchObject([
      { match: "exact", actor: "alex@example.com" },
      { match: "exact", actor: "sam@example.com" },
    ]);
    expect(fixture.emulator.requests).toHaveLength(1);
  });

  it("sends no request without drift, and none for zones", async () => {
    const [zone] = await changes(checked({ id: `zones/${ZONE}` }), checked({ settings: [] }));
    expect(zone).toEqual({ match: "unknown", reason: "Cloudflare has no audit log of zones" });
    expect(fixture.emulator.requests).toEqual([]);
  });

  it("finds when DoH settings last changed", async () => {
    fixture.emulator.editDoh(ACCOUNT, { doh_jwt_duration: "36h" }, { email: "kim@example.com" });
    fixture.emulator.editDoh(ACCOUNT, { doh_jwt_duration: "48h" }, { email: "sam@example.com" });
    const drift = { setting: "dohJwtDuration", declared: "24h", live: "48h" };
    const [found] = await reports(checked({ settings: [drift], type: dohSettingsType }));
    expect(found).toMatchObject({
      changedAt: expect.stringMatching(/Z$/) as string,
      settings: [{ changedBy: { match: "exact", actor: "sam@example.com" } }],
    });
  });

  it.each([
    ["auditLogPermission", "missing", /Add the permission "Account Settings" \(Read\)$/],
    ["auditLogDelayMs", 60_000, /^the audit log has no write since \d{4}-\d\d-\d\d\. /],
  ] as const)("gives a reason if the log has no answer: %s %s", async (name, value, reason) => {
    Object.assign(fixture.emulator.behavior, { [name]: value });
    edit();
    const [changedBy] = await changes(checked());
    expect(changedBy?.match).toBe("unknown");
    expect(changedBy?.reason).toMatch(reason);
  });

  it.each([
    ["auditLogRequest", "object", "exact"],
    ["auditLogRequest", "absent", "probable"],
    ["dashboardRequest", "changes", "exact"],
    ["dashboardRequest", "complete", "exact"],
  ] as const)("names the actor with the behavior %s %s", async (name, value, match) => {
    Object.assign(fixture.emulator.behavior, { [name]: value });
    edit();
    expect(await changes(checked())).toMatchObject([{ match, actor: "alex@example.com" }]);
  });

  it("asks no further after a failure that is not about one account", async () => {
    fixture.emulator.fault({ method: "GET", status: 409, times: 10 });
    const found = await changes(checked(), checked({ id: `accounts/${OTHER_ACCOUNT}` }));
    const reason = "the audit log could not be read: the response was 409";
    expect(found).toEqual([
      { match: "unknown", reason },
      { match: "unknown", reason },
    ]);
    expect(fixture.emulator.requests).toHaveLength(1);
  });

  it("gives a reason without credentials in the environment", async () => {
    Reflect.deleteProperty(process.env, "CLOUDFLARE_API_TOKEN");
    const [changedBy] = await changes(checked());
    expect(changedBy?.match).toBe("unknown");
    expect(changedBy?.reason).toMatch(/credentials/);
  });
});
