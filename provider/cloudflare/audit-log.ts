import { z } from "zod";
import type { Sender } from "./client.js";
import { CloudflareError } from "./cloudflare-error.js";
import { isRejectedCredential, messageOf } from "./error.js";
import { isId } from "./scope.js";

/*
 * Version 2 of Cloudflare's audit logs: `GET /accounts/{account_id}/logs/audit`. Every field is optional
 * in the API. A field with an unexpected value counts as absent, so that it does not hide the others.
 */

const text = z.string().min(1).optional().catch(undefined);

const entrySchema = z.object({
  id: text,
  action: z.object({ result: text, time: text }).partial().catch({}).default({}),
  actor: z
    .object({
      type: text,
      email: text,
      context: text,
      token_name: text,
      ip_address: text,
    })
    .partial()
    .catch({})
    .default({}),
  raw: z
    .object({
      method: text,
      uri: text,
      status_code: z.number().optional().catch(undefined),
      cf_ray_id: text,
      user_agent: text,
    })
    .partial()
    .catch({})
    .default({}),
  resource: z.object({ request: z.unknown() }).partial().catch({}).default({}),
});

/** An entry of the audit log, under the API's names. */
export type AuditLogEntry = z.infer<typeof entrySchema>;

export interface AuditLogQuery {
  readonly accountId: string;
  /** The path of the API that was written, such as `/accounts/<id>/access/organizations`. */
  readonly path: string;
  /** The beginning and the end of the time to search. */
  readonly since: Date;
  readonly before: Date;
}

const PAGE_SIZE = 100;
/** The entries of all other paths may be between those of one path, if the API does not filter them. */
const MAX_PAGES = 5;

/**
 * Reads the successful writes to one path, newest first, until the caller stops. It sends one request
 * for each page, at most 5 and one more if the API rejects the filter.
 *
 * The next page is requested by the time of the oldest entry, because the field of the cursor in
 * responses is not known for certain.
 *
 * @throws CloudflareError if a request fails, Error if a response is not a list.
 */
export async function* successfulWrites(
  client: Sender,
  query: AuditLogQuery,
): AsyncGenerator<AuditLogEntry, void> {
  const seen = new Set<string>();
  let { before } = query;
  let isFiltered = true;
  for (let page = 0; page < MAX_PAGES; page++) {
    let read: Page;
    try {
      read = await readPage(client, { ...query, before }, isFiltered);
    } catch (error) {
      if (!isFiltered || !CloudflareError.is(error) || error.status !== 400) throw error;
      isFiltered = false;
      read = await readPage(client, { ...query, before }, isFiltered);
    }
    const added = read.entries.filter((entry) => !seen.has(keyOf(entry)));
    for (const entry of added) {
      seen.add(keyOf(entry));
      if (isSuccessfulWrite(entry, query.path)) yield entry;
    }
    const times = added.map(({ action }) => Date.parse(action.time ?? ""));
    const oldest = Math.min(...times.filter((time) => !Number.isNaN(time)));
    if (!read.isFull || oldest === Infinity) return;
    before = new Date(oldest + 1000); // Times have whole seconds, and several entries may share one.
  }
}

interface Page {
  readonly entries: readonly AuditLogEntry[];
  /** Whether there may be another page. Items that are not entries count, too. */
  readonly isFull: boolean;
}

async function readPage(
  client: Sender,
  { accountId, path, since, before }: AuditLogQuery,
  isFiltered: boolean,
): Promise<Page> {
  if (!isId(accountId)) throw new Error(`${JSON.stringify(accountId)} is not an account id.`);
  const { result } = await client.send({
    method: "GET",
    path: `/accounts/${accountId}/logs/audit`,
    query: {
      since: since.toISOString(),
      before: before.toISOString(),
      direction: "desc",
      limit: PAGE_SIZE,
      ...(isFiltered ? { raw_uri: path } : {}),
    },
  });
  const items = z.array(z.unknown()).safeParse(result);
  if (!items.success) throw new Error("Cloudflare's response is not an audit log.");
  return {
    entries: items.data.flatMap((item) => entrySchema.safeParse(item).data ?? []),
    isFull: items.data.length >= PAGE_SIZE,
  };
}

function keyOf({ id, action, raw }: AuditLogEntry): string {
  return id ?? JSON.stringify([action.time, raw.cf_ray_id, raw.method, raw.uri]);
}

/** The filter of the API may match a prefix, or be ignored. */
function isSuccessfulWrite({ action, raw }: AuditLogEntry, path: string): boolean {
  const uri = raw.uri
    ?.replace(/[?#].*$/, "")
    .replace(/\/+$/, "")
    .toLowerCase();
  const isPath = uri === path.toLowerCase() || uri?.endsWith(`/client/v4${path.toLowerCase()}`);
  const isWrite = raw.method === undefined || /^(?:POST|PUT|PATCH)$/i.test(raw.method);
  const isSuccess =
    action.result === undefined ? (raw.status_code ?? 200) < 300 : action.result === "success";
  return isPath === true && isWrite && isSuccess;
}

/** The body of the logged request: an object, a JSON text, or absent. */
export function requestIn({
  resource,
}: AuditLogEntry): Readonly<Record<string, unknown>> | undefined {
  return object.safeParse(resource.request).data ?? object.safeParse(parsed(resource.request)).data;
}

const object = z.record(z.string(), z.unknown());

function parsed(value: unknown): unknown {
  if (typeof value !== "string") return undefined;
  try {
    return JSON.parse(value);
  } catch {
    return undefined;
  }
}

/** Explains why the audit log could not be read. */
export function auditLogFailure(error: unknown): {
  readonly reason: string;
  /** Whether the log of another account may be readable. */
  readonly isAboutAccount: boolean;
} {
  if (!CloudflareError.is(error)) return { reason: messageOf(error), isAboutAccount: false };
  const { status, failure } = error;
  if (isRejectedCredential(error))
    return { reason: `Cloudflare rejects the ${failure.credential}`, isAboutAccount: false };
  if (status === 401 || status === 403)
    return {
      reason: `the ${failure.credential} cannot read the audit log. Add the permission "Account Settings" (Read)`,
      isAboutAccount: true,
    };
  const outcome =
    status === undefined ? "Cloudflare did not respond" : `the response was ${status}`;
  return { reason: `the audit log could not be read: ${outcome}`, isAboutAccount: status === 404 };
}
