import { isKnownField, isObject, type Settings } from "./fields.js";

/**
 * Settings as they are stored: what means "unset" is absent. Keys that the contract does not know
 * keep their values, only null goes: nobody can tell what is empty for them.
 */
export function normalForm(settings: Settings): Settings {
  const stored: Settings = {};
  for (const [key, value] of Object.entries(settings)) {
    const kept = isKnownField(key) ? withoutEmptiness(value) : (value ?? undefined);
    if (kept === undefined || isSwitchedOff(key, kept)) continue;
    stored[key] = structuredClone(kept);
  }
  return stored;
}

/** Whether a value is one of the spellings of "unset": null, `""`, `[]`, `{}`. */
export function isEmpty(value: unknown): boolean {
  if (value === null || value === undefined || value === "") return true;
  if (Array.isArray(value)) return value.length === 0;
  return isObject(value) && Object.keys(value).length === 0;
}

function withoutEmptiness(value: unknown): unknown {
  if (!isObject(value)) return isEmpty(value) ? undefined : value;
  const members = Object.entries(value).filter(([, member]) => !isEmpty(member));
  return members.length === 0 ? undefined : Object.fromEntries(members);
}

/** A disabled inactivity rule is no rule: its other two members are not remembered. */
function isSwitchedOff(key: string, value: unknown): boolean {
  return key === "service_token_inactivity" && isObject(value) && value.enabled === false;
}
