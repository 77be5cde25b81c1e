import { encodeValue, unknownMembers, withFormerItemNames } from "./codec.js";
import type { AtomicSetting, ObjectSetting, Setting } from "./definition.js";
import { isBlank } from "./equality.js";
import { isEmptyObject, type ManagedField } from "./managed-fields.js";
import { isObject, type ApiObject } from "./values.js";
import { isValid, writableValue } from "./writable-live.js";

/**
 * The value that a request gives a setting: the live value with the written fields merged over it.
 *
 * @param isIgnored Whether a member, by its input name, keeps its live value although the whole is written.
 */
export function mergedValue(
  setting: Setting,
  fields: readonly ManagedField[],
  declared: unknown,
  liveValue: unknown,
  isIgnored: (member: string) => boolean,
): unknown {
  switch (setting.type) {
    case "atomic": {
      const isWritten = fields.some(({ member }) => member === undefined);
      const value = isWritten
        ? writtenAtomic(setting, declared, liveValue, isIgnored)
        : unchangedAtomic(setting, liveValue);
      return withMembers(value, fields);
    }
    case "object": {
      const live = asObject(writableValue(setting, liveValue));
      if (!isEmptyObject(declared)) return nullIfEmpty(withMembers(live, fields));
      const ignored = Object.entries(live).filter(([name]) => isIgnored(memberName(setting, name)));
      return nullIfEmpty(Object.fromEntries(ignored));
    }
    default:
      return nullIfEmpty(declared);
  }
}

/** An object with the values of fields that are members. A member that is declared empty is left out. */
function withMembers(value: ApiObject, fields: readonly ManagedField[]): ApiObject {
  const merged = new Map(Object.entries(value));
  for (const { member, setting, value: declared } of fields) {
    if (member === undefined) continue;
    const { apiName } = setting;
    if (declared !== false && isBlank(declared)) merged.delete(apiName);
    else merged.set(apiName, withFormerItemNames(merged.get(apiName), setting, declared));
  }
  return Object.fromEntries(merged);
}

function memberName({ members }: ObjectSetting | AtomicSetting, apiName: string): string {
  const names = Object.keys(members);
  return names.find((name) => members[name]?.apiName === apiName) ?? apiName;
}

/** The declared members of an atomic object, and the live ones that are ignored or that this release does not know. */
function writtenAtomic(
  setting: AtomicSetting,
  declared: unknown,
  liveValue: unknown,
  isIgnored: (member: string) => boolean,
): ApiObject {
  if (!isObject(declared) || isEmptyObject(declared)) return clearedAtomic(setting, liveValue);
  const encoded = asObject(encodeValue(setting, declared));
  const ignored = Object.entries(asObject(liveValue)).filter(([name]) =>
    isIgnored(memberName(setting, name)),
  );
  return { ...unknownMembers(setting, liveValue), ...encoded, ...Object.fromEntries(ignored) };
}

/** The live members of an atomic object. If the API would reject them, the object is off anyway. */
function unchangedAtomic(setting: AtomicSetting, liveValue: unknown): ApiObject {
  const value = writableValue(setting, liveValue);
  return isObject(value) ? value : clearedAtomic(setting, liveValue);
}

/** The API rejects null for an atomic object: a complete one switches it off. */
function clearedAtomic(setting: AtomicSetting, liveValue: unknown): ApiObject {
  const members = Object.values(setting.members);
  const kept = Object.entries(asObject(liveValue)).filter(([apiName, value]) => {
    const member = members.find((one) => one.apiName === apiName);
    return member === undefined ? value !== null : isValid(member, value);
  });
  return {
    ...asObject(encodeValue(setting, setting.clearedValue)),
    ...Object.fromEntries(kept),
    ...asObject(encodeValue(setting, { [setting.enabledBy]: false })),
  };
}

/** Null clears a setting. The API rejects other empty values. */
export function nullIfEmpty(value: unknown): unknown {
  return value !== false && isBlank(value) ? null : value;
}

function asObject(value: unknown): ApiObject {
  return isObject(value) ? value : {};
}
