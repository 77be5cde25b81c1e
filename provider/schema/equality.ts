import { isDeepStrictEqual } from "node:util";
import type { AnySetting, ListSetting, StringSetting } from "./definition.js";
import { parseDuration } from "./duration.js";
import { isObject } from "./values.js";

/** In the API's answers, absent, null, "", false, [] and {} all say: not set. */
export function isBlank(value: unknown): boolean {
  if (value === undefined || value === null || value === "" || value === false) return true;
  if (Array.isArray(value)) return value.length === 0;
  return isObject(value) && Object.keys(value).length === 0;
}

/** Whether a value leaves the setting unset. */
export function isEmpty(setting: AnySetting, value: unknown): boolean {
  return canonical(setting, value) === undefined;
}

/** Whether an answer shows a setting as unset: without it, empty, or with Cloudflare's default. */
export function isUnsetInResponse(setting: AnySetting, answered: unknown): boolean {
  const shownUnset = setting.type === "duration" ? setting.defaultValue : undefined;
  return isEmpty(setting, answered) || areEquivalent(setting, answered, shownUnset);
}

/** What states a setting empty, in the type of its argument. */
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
 * One form for all values that mean the same, undefined for all that leave the setting unset.
 * Comparing these forms makes "means the same" an equivalence by construction.
 */
function canonical(setting: AnySetting, value: unknown): unknown {
  if (isBlank(value)) return undefined;
  switch (setting.type) {
    case "duration":
      return (typeof value === "string" ? parseDuration(value) : undefined) ?? value;
    case "string":
      return inOneCase(setting, value);
    case "list":
      return Array.isArray(value)
        ? [
            ...new Set(
              value
                .map(withCurrentNames(setting.valueAliases))
                .map((item) => inOneCase(setting, item)),
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

/** Host names and UUIDs are the same in any case; the API may answer in lower case. */
function inOneCase({ format }: StringSetting | ListSetting, value: unknown): unknown {
  return format !== undefined && typeof value === "string" ? value.toLowerCase() : value;
}

function canonicalMembers(
  members: Readonly<Record<string, AnySetting>>,
  value: Readonly<Record<string, unknown>>,
): unknown {
  const entries = Object.entries(members)
    .map(([name, member]) => [name, canonical(member, value[name])] as const)
    .filter(([, form]) => form !== undefined);
  return entries.length === 0 ? undefined : Object.fromEntries(entries);
}

/** Turns items that the API has renamed into today's names. */
export function withCurrentNames(
  formerValues: Readonly<Record<string, string>> | undefined,
): (item: unknown) => unknown {
  if (formerValues === undefined) return (item) => item;
  const names = new Map(Object.entries(formerValues));
  return (item) => (typeof item === "string" ? (names.get(item) ?? item) : item);
}
