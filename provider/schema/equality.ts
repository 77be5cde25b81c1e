import { domainToASCII } from "node:url";
import { isDeepStrictEqual } from "node:util";
import type { AnySetting, ListSetting, StringSetting } from "./definition.js";
import { parseDuration } from "./duration.js";
import { isObject } from "./values.js";

/** In responses, absent, null, "", false, [] and {} all mean that nothing is set. */
export function isBlank(value: unknown): boolean {
  if (value === undefined || value === null || value === "" || value === false) return true;
  if (Array.isArray(value)) return value.length === 0;
  return isObject(value) && Object.keys(value).length === 0;
}

/** Whether a value leaves the setting unset. */
export function isEmpty(setting: AnySetting, value: unknown): boolean {
  return canonical(setting, value) === undefined;
}

/** Whether a response shows a setting as unset: absent, empty, or with Cloudflare's default. */
export function isUnsetInResponse(setting: AnySetting, value: unknown): boolean {
  const shown = setting.type === "duration" ? setting.shownWhileUnset : undefined;
  return isEmpty(setting, value) || areEquivalent(setting, value, shown);
}

/** Whether a value is a duration of zero, such as "0m". The API may return it as "0s" or leave it out. */
export function isZeroDuration(setting: AnySetting, value: unknown): boolean {
  return setting.type === "duration" && typeof value === "string" && parseDuration(value) === 0n;
}

/** The empty value of a setting, in the type of its input. */
export function emptyValue(setting: AnySetting): unknown {
  switch (setting.type) {
    case "boolean":
      return false;
    case "list":
      return [];
    case "object":
    case "atomic":
      return {};
    case "json":
      return null;
    default:
      return "";
  }
}

/** Whether two values of a setting mean the same to the API: "24h" and "1440m", lists in another order. */
export function areEquivalent(setting: AnySetting, one: unknown, other: unknown): boolean {
  return one === other || isDeepStrictEqual(canonical(setting, one), canonical(setting, other));
}

/**
 * Returns one form for all equivalent values, and undefined for all values that leave the setting unset.
 * Because these forms are compared, equivalence is reflexive, symmetric and transitive by construction.
 */
function canonical(setting: AnySetting, value: unknown): unknown {
  if (isBlank(value)) return undefined;
  switch (setting.type) {
    case "duration":
      return (typeof value === "string" ? parseDuration(value) : undefined) ?? value;
    case "string":
      return canonicalText(setting, value);
    case "list":
      return Array.isArray(value)
        ? [
            ...new Set(
              value
                .map(withCurrentNames(setting.valueAliases))
                .map((item) => canonicalText(setting, item)),
            ),
          ].sort()
        : value;
    case "object":
      return isObject(value) ? canonicalMembers(setting.members, value) : value;
    case "atomic":
      if (!isObject(value)) return value;
      return value[setting.enabledBy] === true
        ? canonicalMembers(setting.members, value)
        : undefined;
    default:
      return value;
  }
}

/** Host names and UUIDs are equivalent in any case, and host names in their Unicode and ASCII forms. */
function canonicalText({ format }: StringSetting | ListSetting, value: unknown): unknown {
  if (format === undefined || typeof value !== "string") return value;
  const text = value.toLowerCase();
  return format === "zoneName" ? asciiHost(text) : text;
}

/** The ASCII form of a host name, without a trailing dot. Text that is not a host name stays unchanged. */
export function asciiHost(text: string): string {
  const host = text.replace(/\.$/, "");
  return HOST_NAME.test(host) ? domainToASCII(host) || host : host;
}

/** Without this test, domainToASCII would ignore paths and decode escapes. */
const HOST_NAME = /^[\p{L}\p{M}\p{N}.-]+$/u;

function canonicalMembers(
  members: Readonly<Record<string, AnySetting>>,
  value: Readonly<Record<string, unknown>>,
): unknown {
  const entries = Object.entries(members)
    .map(([name, member]) => [name, canonical(member, value[name])] as const)
    .filter(([, form]) => form !== undefined);
  return entries.length === 0 ? undefined : Object.fromEntries(entries);
}

/** Replaces items that the API has renamed by their current names. */
export function withCurrentNames(
  valueAliases: Readonly<Record<string, string>> | undefined,
): (item: unknown) => unknown {
  if (valueAliases === undefined) return (item) => item;
  const names = new Map(Object.entries(valueAliases));
  return (item) => (typeof item === "string" ? (names.get(item) ?? item) : item);
}
