import { isKnownField, isObject, type Settings } from "./fields.js";

/**
 * Settings of a request as they are stored: without the ones that are empty, and without a disabled
 * inactivity policy, whose other members Cloudflare does not remember.
 */
export function normalForm(settings: Settings): Settings {
  const { service_token_inactivity: inactivity, ...rest } = seededForm(settings);
  return inactivity === undefined || isDisabled(inactivity)
    ? rest
    : { ...rest, service_token_inactivity: inactivity };
}

/**
 * Settings of a seed or an edit as they are stored. They may violate their own bounds, as live values
 * can: `{"action":"","enabled":false,"inactivity_threshold_days":0}` stays as it is. Of fields that
 * the contract does not know, only null is removed.
 */
export function seededForm(settings: Settings): Settings {
  const stored: Settings = {};
  for (const [key, value] of Object.entries(settings)) {
    const isWhole = !isKnownField(key) || key === "service_token_inactivity";
    const kept = isWhole ? (value ?? undefined) : withoutEmptiness(value);
    if (kept !== undefined) stored[key] = structuredClone(kept);
  }
  return stored;
}

/** Whether a value is an inactivity policy that is switched off. */
export function isDisabled(inactivity: unknown): boolean {
  return isObject(inactivity) && inactivity.enabled === false;
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
