import { requestIn, type AuditLogEntry } from "../../cloudflare/audit-log.js";
import { decodeValue } from "../../schema/codec.js";
import type { AnySetting, Definition } from "../../schema/definition.js";
import { areEquivalent, isEmpty, isUnsetInResponse } from "../../schema/equality.js";
import { isObject } from "../../schema/values.js";
import type { ChangedBy, SettingDrift } from "./report-schema.js";

/** What the writes to an object say about a drifted setting. */
export interface Explanation {
  readonly changedBy?: ChangedBy;
  /** Whether older writes cannot say more, because one of the writes set another value. */
  readonly isFinal: boolean;
}

/**
 * Finds the write that set the live value of a drifted setting. The writes are those to the object,
 * newest first.
 *
 * Each write of the complete object repeats all values, so the newest write with the live value only
 * repeats it. The oldest one after a write with another value set it. Without such an older write, the
 * oldest one probably did: the log is limited, and an earlier write may have set the value. If no logged
 * request contains the setting, the newest write before the object last changed probably did.
 */
export function explainChange(
  definition: Definition,
  drift: Pick<SettingDrift, "setting" | "live">,
  writes: readonly AuditLogEntry[],
  changedAt: string | undefined,
): Explanation {
  let oldest: AuditLogEntry | undefined;
  let newest: AuditLogEntry | undefined;
  let isFinal = false;
  for (const write of writes) {
    const isLive = requestsLiveValue(definition, drift, write);
    if (isLive === false) {
      isFinal = true;
      break;
    }
    if (isLive === true) oldest = write;
    else if (isBefore(write, changedAt)) newest ??= write;
  }
  const match = oldest !== undefined && isFinal ? "exact" : "probable";
  const found = oldest ?? newest;
  return found === undefined ? { isFinal } : { changedBy: changedByOf(found, match), isFinal };
}

/** Whether a logged request sets the live value; undefined if it does not contain the setting. */
function requestsLiveValue(
  definition: Definition,
  { setting: path, live }: Pick<SettingDrift, "setting" | "live">,
  write: AuditLogEntry,
): boolean | undefined {
  const request = requestIn(write);
  const requested = request && requestedValue(definition, path, request);
  if (requested === undefined || live === MASKED) return undefined;
  const { setting, value } = requested;
  const shown = live ?? undefined;
  return isEmpty(setting, value)
    ? isUnsetInResponse(setting, shown)
    : areEquivalent(setting, value, shown);
}

/** The engine masks secrets, so their live values cannot be compared. */
const MASKED = "[secret]";

/** The value of a setting in a request body, in the form of an input; undefined without the setting. */
function requestedValue(
  { settings }: Definition,
  path: string,
  request: Readonly<Record<string, unknown>>,
): { readonly setting: AnySetting; readonly value: unknown } | undefined {
  const [input = "", ...rest] = path.split(".");
  const member = rest.join(".");
  const setting = settings[input];
  if (setting === undefined)
    return Object.hasOwn(request, member)
      ? { setting: { apiName: member, type: "json" }, value: request[member] }
      : undefined;
  const { apiName, formerApiName = apiName, responseName = apiName } = setting;
  const key = [apiName, formerApiName, responseName].find((name) => Object.hasOwn(request, name));
  if (key === undefined) return undefined;
  const value = decodeValue(setting, request[key]);
  if (setting.type !== "object") return { setting, value };
  // A PUT replaces the object, so it clears the properties that it does not contain.
  const memberSetting = setting.members[member];
  return memberSetting === undefined
    ? undefined
    : { setting: memberSetting, value: isObject(value) ? value[member] : undefined };
}

/** Times in the audit log have whole seconds, and the object changes a moment after the request. */
const TOLERANCE_MS = 2000;

function isBefore({ action }: AuditLogEntry, changedAt: string | undefined): boolean {
  const [time, limit] = [Date.parse(action.time ?? ""), Date.parse(changedAt ?? "")];
  return Number.isNaN(time) || Number.isNaN(limit) || time <= limit + TOLERANCE_MS;
}

function changedByOf(
  { action, actor, raw }: AuditLogEntry,
  match: "exact" | "probable",
): ChangedBy {
  const { email, context = "", token_name: tokenName, ip_address: ipAddress } = actor;
  const isToken = context === "api_token" || context === "oauth";
  const name = (isToken ? tokenName : undefined) ?? email ?? tokenName;
  const via = CONTEXTS[context];
  return {
    match,
    actor: name ?? ACTOR_TYPES[actor.type ?? ""] ?? "unnamed actor",
    ...(via === undefined ? {} : { via }),
    ...(action.time === undefined ? {} : { at: action.time }),
    ...(raw.cf_ray_id === undefined ? {} : { rayId: raw.cf_ray_id }),
    ...(email === undefined ? {} : { email }),
    ...(tokenName === undefined ? {} : { tokenName }),
    ...(ipAddress === undefined ? {} : { ipAddress }),
    ...(raw.user_agent === undefined ? {} : { userAgent: raw.user_agent }),
  };
}

const CONTEXTS: Readonly<Record<string, ChangedBy["via"]>> = {
  api: "API",
  api_key: "API key",
  api_token: "API token",
  dash: "dashboard",
  oauth: "OAuth",
  origin_ca_key: "Origin CA key",
};

/** Actors without an email, such as Cloudflare's own systems. */
const ACTOR_TYPES: Readonly<Record<string, string>> = {
  account: "account",
  cloudflare_admin: "Cloudflare staff",
  delegated_service: "Cloudflare service",
  system: "Cloudflare system",
  user: "unnamed user",
};
