import { Semaphore } from "async-mutex";
import {
  auditLogFailure,
  successfulWrites,
  type AuditLogEntry,
} from "../../cloudflare/audit-log.js";
import type { CloudflareClient } from "../../cloudflare/client.js";
import { parseScope } from "../../cloudflare/scope.js";
import type { CheckedStack } from "./check.js";
import type { RefreshedResource } from "./engine-events.js";
import { explainChange } from "./explain-change.js";
import type { ResourceReport } from "./report-schema.js";

export interface ChangedByOptions {
  /** The beginning of the time to search. */
  readonly since: Date;
  readonly concurrency: number;
  /** Connects with the credentials in the environment. It is only called after a drift was found. */
  readonly connect: () => Promise<CloudflareClient>;
}

/** The writes to one object, newest first, or the reason why they are not known. */
type Writes = { readonly writes: readonly AuditLogEntry[] } | { readonly reason: string };

/**
 * Adds to each drifted setting who changed it, from the audit log of the account. Never throws: without
 * an answer, the report says why.
 */
export async function withChangedBy(
  checked: readonly CheckedStack[],
  options: ChangedByOptions,
): Promise<CheckedStack[]> {
  const readWrites = writesReader(options, driftedByObject(checked));
  const slots = new Semaphore(options.concurrency);
  return Promise.all(
    checked.map(async ({ resources, report, ...stack }) => {
      const byUrn = new Map(resources.map((resource) => [resource.report.urn, resource]));
      const reports = await Promise.all(
        report.resources.map(async (reported) => {
          const resource = byUrn.get(reported.urn);
          if (resource === undefined || reported.settings.length === 0) return reported;
          const found = await slots.runExclusive(() => readWrites(resource));
          return explained(reported, resource, found, options.since);
        }),
      );
      return { ...stack, resources, report: { ...report, resources: reports } };
    }),
  );
}

/** The drifted resources of each object. Several stacks may manage different settings of one object. */
function driftedByObject(checked: readonly CheckedStack[]): Map<string, RefreshedResource[]> {
  const objects = new Map<string, RefreshedResource[]>();
  for (const resource of checked.flatMap(({ resources }) => resources)) {
    if (resource.report.settings.length === 0) continue;
    const key = objectOf(resource);
    objects.set(key, [...(objects.get(key) ?? []), resource]);
  }
  return objects;
}

function objectOf({ type, report }: RefreshedResource): string {
  return `${type.token} ${report.id}`;
}

/** Reads the writes of each object once, and nothing more after a failure that is not the account's. */
function writesReader(
  { since, connect }: ChangedByOptions,
  drifted: ReadonlyMap<string, readonly RefreshedResource[]>,
): (resource: RefreshedResource) => Promise<Writes> {
  const objects = new Map<string, Promise<Writes>>();
  let client: Promise<CloudflareClient> | undefined;
  let unavailable: string | undefined;

  const read = async (resource: RefreshedResource): Promise<Writes> => {
    const scope = parseScope(resource.report.id);
    if (scope?.kind !== "accounts") return { reason: "Cloudflare has no audit log of zones" };
    if (unavailable !== undefined) return { reason: unavailable };
    const path = resource.type.endpoint.path(scope);
    const sharing = drifted.get(objectOf(resource)) ?? [resource];
    const before = endOf(sharing);
    try {
      client ??= connect();
      const query = { accountId: scope.id, path, since, before };
      const writes: AuditLogEntry[] = [];
      for await (const write of successfulWrites(await client, query)) {
        writes.push(write);
        if (sharing.every((one) => isExplained(one, writes))) break;
      }
      return { writes };
    } catch (error) {
      const { reason, isAboutAccount } = auditLogFailure(error);
      if (!isAboutAccount) unavailable = reason;
      return { reason };
    }
  };
  return (resource) => {
    const key = objectOf(resource);
    const found = objects.get(key) ?? read(resource);
    objects.set(key, found);
    return found;
  };
}

/** The end of the time to search. The clocks of this machine and of Cloudflare may differ. */
function endOf(resources: readonly RefreshedResource[]): Date {
  const changes = resources.map(({ report }) => Date.parse(report.changedAt ?? "") + 1000);
  return new Date(Math.max(Date.now(), ...changes.filter((time) => !Number.isNaN(time))));
}

/** Whether older writes cannot say more about any of the drifted settings. */
function isExplained(
  { type, report }: RefreshedResource,
  writes: readonly AuditLogEntry[],
): boolean {
  return report.settings.every(
    (drift) => explainChange(type.definition, drift, writes, report.changedAt).isFinal,
  );
}

function explained(
  report: ResourceReport,
  { type }: RefreshedResource,
  found: Writes,
  since: Date,
): ResourceReport {
  const unknown = (reason: string) => ({ match: "unknown", reason }) as const;
  if ("reason" in found)
    return {
      ...report,
      settings: report.settings.map((drift) => ({ ...drift, changedBy: unknown(found.reason) })),
    };
  const { writes } = found;
  const reason =
    writes.length === 0
      ? `the audit log has no write since ${since.toISOString().slice(0, 10)}. Entries appear with a delay and are kept for a limited time`
      : "no write in the audit log explains the live value";
  const changedAt = report.changedAt ?? writes[0]?.action.time;
  return {
    ...report,
    ...(changedAt === undefined ? {} : { changedAt }),
    settings: report.settings.map((drift) => {
      const { changedBy } = explainChange(type.definition, drift, writes, report.changedAt);
      return { ...drift, changedBy: changedBy ?? unknown(reason) };
    }),
  };
}
