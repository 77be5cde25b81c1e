import { apiNameIn, isOutputOnly, inputByResponseName } from "./codec.js";
import type { AtomicSetting, Definition, ScopeKind, Setting } from "./definition.js";
import { inUnits } from "./duration.js";
import { isBlank } from "./equality.js";
import { isObject, type ApiObject } from "./values.js";

/** The part of the live object that the API accepts in a request. */
export function writableLive(
  definition: Definition,
  raw: ApiObject,
  kind: ScopeKind,
): Map<string, unknown> {
  const body = new Map<string, unknown>();
  for (const [key, value] of Object.entries(raw)) {
    const setting = inputByResponseName(definition, key)?.setting;
    if (setting === undefined) {
      // An unknown field may be a setting: leaving it out of a full replace could reset it.
      const mayBeSetting = definition.additionalSettings && !isOutputOnly(definition, key);
      if (mayBeSetting) body.set(key, value);
      continue;
    }
    if (key === setting.formerApiName && key !== apiNameIn(raw, setting)) continue;
    if (kind === "zones" && !setting.zone) continue;
    const writable = writableValue(setting, value);
    if (writable !== undefined)
      body.set(setting.responseName === key ? setting.apiName : key, writable);
  }
  return body;
}

/**
 * A live value in the form that the API accepts. Unset values and members are left out, because the API
 * rejects empty durations and other empty values that it returned itself (12062). An explicit false stays.
 */
export function writableValue(setting: Setting, value: unknown): unknown {
  if (value !== false && isBlank(value)) return undefined;
  if (setting.type === "duration" && setting.units !== undefined && typeof value === "string")
    return inUnits(value, setting.units);
  if (setting.type === "atomic" && isObject(value))
    return isInvalidDefault(setting, value) ? undefined : value;
  if (setting.type !== "object" || !isObject(value)) return value;
  const members = new Map(Object.values(setting.members).map((member) => [member.apiName, member]));
  const kept = Object.entries(value).flatMap(([apiName, member]) => {
    const known = members.get(apiName) ?? ({ apiName, type: "string" } as const);
    const writable = writableValue(known, member);
    return writable === undefined ? [] : [[apiName, writable] as const];
  });
  return kept.length === 0 ? undefined : Object.fromEntries(kept);
}

/** The API can return a switched-off object that breaks its own constraints, and rejects it in requests. */
function isInvalidDefault({ members, enabledBy }: AtomicSetting, value: ApiObject): boolean {
  const flag = members[enabledBy]?.apiName ?? "";
  return (
    value[flag] !== true &&
    Object.values(members).some((member) => !isValid(member, value[member.apiName]))
  );
}

/** Whether a live value is one that the API accepts. */
export function isValid(setting: Setting, value: unknown): boolean {
  switch (setting.type) {
    case "boolean":
      return typeof value === "boolean";
    case "integer":
      return typeof value === "number" && value >= setting.min && value <= setting.max;
    case "string":
      return typeof value === "string" && value !== ""; // the API adds values
    default:
      return !isBlank(value);
  }
}
