import { isKnownField, isObject, type Settings } from "./fields.js";

/**
 * Returns the settings of a request in their stored form: without empty ones, and without a disabled
 * inactivity policy, whose other members Cloudflare does not store.
 */
export function storedForm(settings: Settings): Settings {
  const { service_token_inactivity: inactivity, ...rest } = seededForm(settings);
  return inactivity === undefined || isDisabled(inactivity)
    ? rest
    : { ...rest, service_token_inactivity: inactivity };
}

/**
 * Returns the settings of a seed or an edit in their stored form. They may violate their bounds, as
 * live values can: `{"action":"","enabled":false,"inactivity_threshold_days":0}` stays unchanged. Of
 * the fields that the contract does not know, only null values are removed.
 */
export function seededForm(settings: Settings): Settings {
  const stored: Settings = {};
  for (const [key, value] of Object.entries(settings)) {
    const isWhole = !isKnownField(key) || key === "service_token_inactivity";
    const kept = isWhole ? (value ?? undefined) : withoutEmpty(value);
    if (kept !== undefined) stored[key] = structuredClone(kept);
  }
  return stored;
}

/** Whether a value is a disabled inactivity policy. */
export function isDisabled(inactivity: unknown): boolean {
  return isObject(inactivity) && inactivity.enabled === false;
}

/** Whether a value means unset: null, `""`, `[]` or `{}`. */
export function isEmpty(value: unknown): boolean {
  if (value === null || value === undefined || value === "") return true;
  if (Array.isArray(value)) return value.length === 0;
  return isObject(value) && Object.keys(value).length === 0;
}

function withoutEmpty(value: unknown): unknown {
  if (!isObject(value)) return isEmpty(value) ? undefined : value;
  const members = Object.entries(value).filter(([, member]) => !isEmpty(member));
  return members.length === 0 ? undefined : Object.fromEntries(members);
}
