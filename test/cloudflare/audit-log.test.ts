import { startEmulator, type AuditEntry, type Emulator, type Fault } from "../../emulator/index.js";
import {
  auditLogFailure,
  requestIn,
  successfulWrites,
  type AuditLogEntry,
} from "../../provider/cloudflare/audit-log.js";
import { CloudflareClient, type Sender } from "../../provider/cloudflare/client.js";
import { ACCOUNT } from "../ids.js";
import { connectionTo } from "./connection-to.js";
import { errorOf, rejection } from "./errors.js";
import { PATH } from "./requests.js";

let emulator: Emulator;
beforeEach(async () => {
  emulator = await startEmulator();
  emulator.seed("accounts", ACCOUNT);
});
afterEach(() => emulator.close());

async function writes(
  count = Infinity,
  sender: Sender = new CloudflareClient(connectionTo(emulator)),
): Promise<AuditLogEntry[]> {
  const query = { accountId: ACCOUNT, path: PATH, since: daysAgo(30), before: new Date() };
  const found: AuditLogEntry[] = [];
  for await (const write of successfulWrites(sender, query)) {
    found.push(write);
    if (found.length >= count) break;
  }
  return found;
}

const daysAgo = (days: number) => new Date(Date.now() - days * 24 * 3600 * 1000);

/** An entry for a write some minutes ago. */
function entry(minutes: number, { uri = PATH, result = "success", method = "PUT" } = {}) {
  const time = new Date(Date.now() - minutes * 60_000).toISOString().replace(/\.\d+/, "");
  return {
    id: `id-${minutes}-${uri}`,
    action: { time, result },
    actor: { email: `user${minutes}@example.com` },
    raw: { method, uri, status_code: result === "success" ? 200 : 403 },
  };
}

const add = (...entries: AuditEntry[]) => {
  for (const one of entries) emulator.addAuditEntry(ACCOUNT, one);
};

const emails = (entries: readonly AuditLogEntry[]) => entries.map(({ actor }) => actor.email);

describe("successfulWrites", () => {
  it.each(["exact", "prefix", "ignored", "rejected"] as const)(
    "returns the successful writes to one path, newest first, if the API's filter is %s",
    async (mode) => {
      emulator.behavior.auditLogFilter = mode;
      add(
        entry(5),
        entry(4, { uri: `${PATH}/doh` }),
        entry(3, { result: "failure" }),
        entry(2, { method: "DELETE" }),
        entry(1),
      );
      expect(emails(await writes())).toEqual(["user1@example.com", "user5@example.com"]);
      expect(emulator.requests).toHaveLength(mode === "rejected" ? 2 : 1);
    },
  );

  it("returns each write of several pages once, also those of the same second", async () => {
    for (let number = 250; number > 0; number--)
      add({ ...entry(number), action: entry(Math.ceil(number / 3)).action });
    expect(emails(await writes())).toEqual(
      Array.from({ length: 250 }, (_, index) => `user${index + 1}@example.com`),
    );
    expect(emulator.requests).toHaveLength(3);
  });

  it.each<[string, unknown]>([
    ["an entry without a time", { ...entry(1), action: { result: "success" } }],
    ["an entry with an invalid time", { ...entry(1), action: { time: "yesterday" } }],
    ["an item that is not an entry", "not an entry"],
  ])("reads the next page after a full page with %s", async (_, strange) => {
    const recent = Array.from({ length: 99 }, (__, index) => entry(index + 2));
    const pages: unknown[][] = [[strange, ...recent], [entry(200)]];
    const sender = { send: () => Promise.resolve({ result: pages.shift(), messages: [] }) };
    expect(emails(await writes(Infinity, sender))).toContain("user200@example.com");
  });

  it("stops after 5 pages", async () => {
    emulator.behavior.auditLogFilter = "ignored";
    add(entry(800));
    for (let minute = 700; minute > 0; minute--) add(entry(minute, { uri: "/other" }));
    expect(await writes()).toEqual([]);
    expect(emulator.requests).toHaveLength(5);
  });

  it("stops if all entries of a page have the same time", async () => {
    emulator.behavior.auditLogFilter = "ignored";
    for (let number = 0; number < 150; number++)
      add({ ...entry(1, { uri: "/other" }), id: `id-${number}` });
    expect(await writes()).toEqual([]);
    expect(emulator.requests.length).toBeLessThanOrEqual(2);
  });

  it("sends no request for a page that the caller does not need", async () => {
    for (let minute = 150; minute > 0; minute--) add(entry(minute));
    expect(await writes(1)).toHaveLength(1);
    expect(emulator.requests).toHaveLength(1);
  });

  it("treats an unexpected value as absent and keeps the rest of the entry", async () => {
    const strange = { ...entry(1), actor: 42, resource: [], id: 7 } as unknown as AuditEntry;
    const partly = { ...entry(2), actor: { email: 1, context: "dash" } } as unknown as AuditEntry;
    add("not an entry" as unknown as AuditEntry, partly, strange);
    emulator.behavior.auditLogFilter = "ignored";
    expect((await writes()).map(({ actor }) => actor)).toEqual([{}, { context: "dash" }]);
  });
});

describe("requestIn", () => {
  const withRequest = (request: unknown) => ({ resource: { request } }) as AuditLogEntry;

  it.each([
    ["an object", { name: "Team" }, { name: "Team" }],
    ["a JSON text", '{"name":"Team"}', { name: "Team" }],
    ["a text that is not JSON", "name=Team", undefined],
    ["a list", [1], undefined],
    ["nothing", undefined, undefined],
  ])("reads %s", (_, request, expected) => {
    expect(requestIn(withRequest(request))).toEqual(expected);
  });
});

describe("auditLogFailure", () => {
  it.each<[string, Fault, string, boolean]>([
    [
      "names the permission if it is missing",
      rejection(403, { code: 10000 }),
      'the API token from the environment cannot read the audit log. Add the permission "Account Settings" (Read)',
      true,
    ],
    [
      "does not name a permission if Cloudflare rejects the credential",
      rejection(403, { code: 9109, message: "Invalid access token" }),
      "Cloudflare rejects the API token from the environment",
      false,
    ],
    [
      "gives the status of another failure",
      { status: 404 },
      "the audit log could not be read: the response was 404",
      true,
    ],
  ])("%s", async (_, fault, reason, isAboutAccount) => {
    emulator.fault(fault);
    expect(auditLogFailure(await errorOf(writes()))).toEqual({ reason, isAboutAccount });
  });
});
