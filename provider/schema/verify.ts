import { isDeepStrictEqual } from "node:util";
import { settingByRequestName } from "./codec.js";
import type { Definition, Setting } from "./definition.js";
import { isBlank, isUnsetInResponse, isZeroDuration } from "./equality.js";
import type { LiveObject } from "./codec.js";
import {
  isOmittedFrom,
  isSatisfiedBy,
  managedFields,
  valueIn,
  type ManagedField,
} from "./managed-fields.js";
import { isObject, type ApiObject, type SettingValues } from "./values.js";

/** The declared fields, among those with the given paths, that the live object shows differently. */
export function notApplied(
  definition: Definition,
  declared: SettingValues,
  paths: ReadonlySet<string>,
  live: LiveObject,
): string[] {
  return managedFields(definition, declared)
    .filter((field) => paths.has(field.path) && !isSatisfiedBy(field, live.settings))
    .filter((field) => !isOmittedFrom(live.raw, field))
    .map(({ path }) => path);
}

/**
 * What a write changed although the request did not ask for it, by property path or, for output-only
 * fields, by API name. The API does not document what it does to fields that a request lacks.
 */
export function sideEffects(
  definition: Definition,
  requested: ReadonlySet<string>,
  before: LiveObject,
  after: LiveObject,
): string[] {
  const isRequested = ({ path, input }: ManagedField) =>
    requested.has(path) ||
    // The request repeats the members of an atomic object that this release does not know.
    (requested.has(input) && definition.settings[input]?.type !== "atomic");
  const settings = [[before, after] as const, [after, before] as const].flatMap(([own, other]) =>
    managedFields(definition, own.settings)
      .filter((field) => !isRequested(field) && !isOmittedFrom(other.raw, field))
      .filter((field) => hasChanged(field, own.settings, other.settings))
      .map(({ path }) => path),
  );
  const outputOnly = definition.outputOnly.filter(
    (key) =>
      key !== definition.versionField &&
      Object.hasOwn(before.raw, key) &&
      Object.hasOwn(after.raw, key) && // a field that a response lacks has not changed
      !isSameResponse(before.raw[key], after.raw[key]),
  );
  return [...new Set([...settings, ...outputOnly])].sort();
}

/**
 * A default that a response begins or ceases to show is not a change. Neither is a setting's value while
 * the setting has no effect.
 */
function hasChanged(field: ManagedField, own: SettingValues, other: SettingValues): boolean {
  const { setting, value } = field;
  const flag = setting.effectiveWhile;
  if (flag !== undefined && (own[flag] !== true || other[flag] !== true)) return false;
  const unset =
    isUnsetInResponse(setting, value) && isUnsetInResponse(setting, valueIn(other, field));
  return !unset && !isSatisfiedBy(field, other);
}

function isSameResponse(before: unknown, after: unknown): boolean {
  return isDeepStrictEqual(before, after) || (isBlank(before) && isBlank(after));
}

/**
 * The fields of a request that the response lacks although the request gave them a value. An absent field may
 * be unset, or set and not returned. Only one more read can tell.
 */
export function missingFrom(
  definition: Definition,
  body: ApiObject,
  response: ApiObject,
): string[] {
  return Object.keys(body).filter((key) => {
    const setting = settingByRequestName(definition, key);
    if (setting === undefined || setting.mayBeOmitted || setting.effectiveWhile) return false;
    const names = [setting.responseName ?? setting.apiName, setting.formerApiName ?? key];
    return (
      !isUnsetInBody(setting, body[key]) && !names.some((name) => Object.hasOwn(response, name))
    );
  });
}

/** Whether a value of a request leaves the setting unset, and a response may rightly lack it. */
function isUnsetInBody(setting: Setting, value: unknown): boolean {
  if (setting.type !== "atomic") return isBlank(value) || isZeroDuration(setting, value);
  const flag = setting.members[setting.enabledBy]?.apiName ?? "";
  return !isObject(value) || value[flag] !== true;
}
