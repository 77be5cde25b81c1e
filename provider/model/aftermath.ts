import { isDeepStrictEqual } from "node:util";
import type { Description } from "./description.js";
import { isInForce, managedSettings, valueIn, type ManagedSetting } from "./managed.js";
import { isBlank, isShownUnset } from "./meaning.js";
import { isObject, type SettingValues, type WireObject } from "./values.js";
import { readSettings, untypedIn } from "./wire.js";

/** The stated settings that an answer does not show as asked. */
export function unheeded(
  description: Description,
  stated: SettingValues,
  answer: WireObject,
): ManagedSetting[] {
  const live = readSettings(description, answer);
  return managedSettings(description, stated).filter((managed) => !isInForce(managed, live));
}

/**
 * The stated settings that an answer says nothing of, by name: older forms of the DoH answer lack
 * either part. One that was just written is in force all the same.
 */
export function unanswered(
  { settings }: Description,
  stated: SettingValues,
  answer: WireObject,
): string[] {
  return Object.entries(settings)
    .filter(
      ([name, setting]) =>
        setting.mayGoUnanswered === true &&
        !isBlank(stated[name]) &&
        !Object.hasOwn(answer, setting.answeredAs ?? setting.wire),
    )
    .map(([name]) => name);
}

/**
 * What a write changed although nobody asked for it, by path or, where only answers carry it, by
 * wire name. What the API does to keys that it is not sent is documented nowhere, so every write
 * is looked at afterwards.
 */
export function disturbed(
  description: Description,
  stated: SettingValues,
  before: WireObject,
  answer: WireObject,
): string[] {
  const asked = new Set(managedSettings(description, stated).map(({ path }) => path));
  const one = readSettings(description, before);
  const other = readSettings(description, answer);
  const moved = [
    ...managedSettings(description, one).filter((live) => hasMoved(live, one, other)),
    ...managedSettings(description, other).filter((live) => hasMoved(live, other, one)),
  ].map(({ path }) => path);

  const volatile = new Set(Object.values(description.computed).map(({ wire }) => wire));
  const answered = description.responseOnly.filter(
    (key) => !volatile.has(key) && !sameAnswer(before[key], answer[key]),
  );
  const untyped = untypedMoved(description, stated, before, answer);
  return [
    ...new Set([...moved.filter((path) => !asked.has(path)), ...untyped, ...answered]),
  ].sort();
}

/** Members that nobody here knows, and that are others now. An object that is stated empty asks for that. */
function untypedMoved(
  description: Description,
  stated: SettingValues,
  before: WireObject,
  answer: WireObject,
): string[] {
  const [one, other] = [untypedIn(description, before), untypedIn(description, answer)];
  return [...new Set([...one.keys(), ...other.keys()])]
    .filter((name) => description.settings[name]?.type === "whole" || !isEmptyObject(stated[name]))
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
function hasMoved(live: ManagedSetting, own: SettingValues, other: SettingValues): boolean {
  const { setting, value } = live;
  const flag = setting.meaningfulWhile;
  if (flag !== undefined && (own[flag] !== true || other[flag] !== true)) return false;
  const unset = isShownUnset(setting, value) && isShownUnset(setting, valueIn(other, live));
  return !unset && !isInForce(live, other);
}

function sameAnswer(before: unknown, after: unknown): boolean {
  return isDeepStrictEqual(before, after) || (isBlank(before) && isBlank(after));
}
