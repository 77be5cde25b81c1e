import { isDeepStrictEqual } from "node:util";
import type { Definition } from "./definition.js";
import { isSatisfiedBy, managedFields, valueIn, type ManagedField } from "./managed-fields.js";
import { isBlank, isUnsetInResponse } from "./equality.js";
import { isObject, type SettingValues, type ApiObject } from "./values.js";
import { decodeSettings, unknownMembersIn } from "./codec.js";

/** The stated settings that an answer does not show as asked. */
export function notApplied(
  definition: Definition,
  stated: SettingValues,
  answer: ApiObject,
): ManagedField[] {
  const live = decodeSettings(definition, answer);
  return managedFields(definition, stated).filter((managed) => !isSatisfiedBy(managed, live));
}

/**
 * The stated settings that an answer says nothing of, by name: older forms of the DoH answer lack
 * either part. One that was just written is in force all the same.
 */
export function omittedSettings(
  { settings }: Definition,
  stated: SettingValues,
  answer: ApiObject,
): string[] {
  return Object.entries(settings)
    .filter(
      ([name, setting]) =>
        setting.mayBeOmitted === true &&
        !isBlank(stated[name]) &&
        !Object.hasOwn(answer, setting.responseName ?? setting.apiName),
    )
    .map(([name]) => name);
}

/**
 * What a write changed although nobody asked for it, by path or, where only answers carry it, by
 * wire name. What the API does to keys that it is not sent is documented nowhere, so every write
 * is looked at afterwards.
 */
export function sideEffects(
  definition: Definition,
  stated: SettingValues,
  before: ApiObject,
  answer: ApiObject,
): string[] {
  const asked = new Set(managedFields(definition, stated).map(({ path }) => path));
  const one = decodeSettings(definition, before);
  const other = decodeSettings(definition, answer);
  const moved = [
    ...managedFields(definition, one).filter((live) => hasMoved(live, one, other)),
    ...managedFields(definition, other).filter((live) => hasMoved(live, other, one)),
  ].map(({ path }) => path);

  const volatile = new Set(Object.values(definition.computed).map(({ apiName: wire }) => wire));
  const answered = definition.outputOnly.filter(
    (key) => !volatile.has(key) && !sameAnswer(before[key], answer[key]),
  );
  const untyped = untypedMoved(definition, stated, before, answer);
  return [
    ...new Set([...moved.filter((path) => !asked.has(path)), ...untyped, ...answered]),
  ].sort();
}

/** Members that nobody here knows, and that are others now. An object that is stated empty asks for that. */
function untypedMoved(
  definition: Definition,
  stated: SettingValues,
  before: ApiObject,
  answer: ApiObject,
): string[] {
  const [one, other] = [unknownMembersIn(definition, before), unknownMembersIn(definition, answer)];
  return [...new Set([...one.keys(), ...other.keys()])]
    .filter((name) => definition.settings[name]?.type === "atomic" || !isEmptyObject(stated[name]))
    .flatMap((name) => {
      const members = { ...one.get(name), ...other.get(name) };
      return Object.keys(members)
        .filter((wire) => !sameAnswer(one.get(name)?.[wire], other.get(name)?.[wire]))
        .map((wire) => `${name}.${wire}`);
    });
}

function isEmptyObject(value: unknown): boolean {
  return isObject(value) && Object.keys(value).length === 0;
}

/**
 * An answer that begins to show a default, or ceases to, is no move; nor is what a setting becomes
 * while it has no meaning.
 */
function hasMoved(live: ManagedField, own: SettingValues, other: SettingValues): boolean {
  const { setting, value } = live;
  const flag = setting.effectiveWhile;
  if (flag !== undefined && (own[flag] !== true || other[flag] !== true)) return false;
  const unset =
    isUnsetInResponse(setting, value) && isUnsetInResponse(setting, valueIn(other, live));
  return !unset && !isSatisfiedBy(live, other);
}

function sameAnswer(before: unknown, after: unknown): boolean {
  return isDeepStrictEqual(before, after) || (isBlank(before) && isBlank(after));
}
