import { isDeepStrictEqual } from "node:util";
import type { AnySetting, Description } from "./description.js";
import { emptyOf, isEmpty, isShownUnset, sameMeaning } from "./meaning.js";
import { isObject, type SettingValues } from "./values.js";

/** One setting that the program states: the unit in which things are compared, written and reported. */
export interface ManagedSetting {
  /** Where it stands among the arguments, as Pulumi writes it: `loginDesign.headerText`. */
  readonly path: string;
  /** The argument, and the member of it where that is an object or `additionalSettings`. */
  readonly argument: string;
  readonly member: string | undefined;
  readonly setting: AnySetting;
  readonly value: unknown;
}

/**
 * The settings that arguments state, one by one. An object counts member by member; an empty one
 * states that all its members are empty. An argument that is left out is not managed.
 */
export function managedSettings(description: Description, stated: SettingValues): ManagedSetting[] {
  return [...managedByArgument(description, stated).values()].flat();
}

function managedByArgument(
  description: Description,
  stated: SettingValues,
): Map<string, ManagedSetting[]> {
  const managed = new Map<string, ManagedSetting[]>();
  for (const [argument, setting] of Object.entries(description.settings)) {
    const value = stated[argument];
    if (value === undefined) continue;
    managed.set(
      argument,
      setting.type === "object" && isObject(value)
        ? managedMembers(argument, Object.entries(setting.members), value)
        : [{ path: argument, argument, member: undefined, setting, value }],
    );
  }
  const additional = stated.additionalSettings;
  if (description.passThrough && isObject(additional)) {
    const members = Object.keys(additional).map(
      (wire) => [wire, { wire, type: "json" }] satisfies [string, AnySetting],
    );
    managed.set("additionalSettings", managedMembers("additionalSettings", members, additional));
  }
  return managed;
}

function managedMembers(
  argument: string,
  members: readonly (readonly [string, AnySetting])[],
  value: SettingValues,
): ManagedSetting[] {
  const all = Object.keys(value).length === 0;
  return members
    .filter(([member]) => all || value[member] !== undefined)
    .map(([member, setting]) => ({
      path: `${argument}.${member}`,
      argument,
      member,
      setting,
      value: value[member],
    }));
}

/** What some set of values holds for a managed setting. */
export function valueIn(
  values: SettingValues,
  { argument, member }: Pick<ManagedSetting, "argument" | "member">,
): unknown {
  const value = values[argument];
  if (member === undefined) return value;
  return isObject(value) && Object.hasOwn(value, member) ? value[member] : undefined;
}

/**
 * Whether `live` holds what a managed setting asks for. A setting that is meaningful only while a
 * boolean is on counts as held unless that boolean is on in `live` or in one of the `others`.
 */
export function isInForce(
  managed: ManagedSetting,
  live: SettingValues,
  ...others: readonly SettingValues[]
): boolean {
  const flag = managed.setting.meaningfulWhile;
  if (flag !== undefined && ![live, ...others].some((values) => values[flag] === true)) return true;
  const { setting, value } = managed;
  const shown = valueIn(live, managed);
  if (shown === value) return true;
  return isEmpty(setting, value)
    ? isShownUnset(setting, shown)
    : sameMeaning(setting, value, shown);
}

/**
 * Whether two sets of arguments state the same settings with the same meaning. Which settings are
 * stated counts too: a newly stated `false` over an absent value must be recorded, or its later
 * drift would go unnoticed.
 */
export function statesTheSame(
  description: Description,
  one: SettingValues,
  other: SettingValues,
): boolean {
  if (isDeepStrictEqual(one, other)) return true;
  const ones = managedSettings(description, one);
  const others = new Set(managedSettings(description, other).map(({ path }) => path));
  return (
    ones.length === others.size &&
    ones.every((managed) => others.has(managed.path) && isStatedAlike(managed, one, other))
  );
}

function isStatedAlike(managed: ManagedSetting, one: SettingValues, other: SettingValues): boolean {
  const flag = managed.setting.meaningfulWhile;
  // Where neither states the flag, nothing here tells whether it is on in the live object.
  const isOff = flag !== undefined && one[flag] === false && other[flag] === false;
  return isOff || sameMeaning(managed.setting, managed.value, valueIn(other, managed));
}

/**
 * The live values of exactly the settings that were stated, in the spelling of the statement where
 * they still mean the same. A setting that is gone reads as its type's empty value, so that it
 * stays managed.
 */
export function projectLive(
  description: Description,
  stated: SettingValues,
  live: SettingValues,
): SettingValues {
  const projected = [...managedByArgument(description, stated)].map(([argument, managed]) => {
    if (managed.every((one) => isInForce(one, live))) return [argument, stated[argument]] as const;
    const values = managed.map((one) => [one.member, projectOne(one, live)] as const);
    const [first] = values;
    return first?.[0] === undefined
      ? ([argument, first?.[1]] as const)
      : ([argument, Object.fromEntries(values)] as const);
  });
  return Object.fromEntries(projected);
}

function projectOne(managed: ManagedSetting, live: SettingValues): unknown {
  const kept = isInForce(managed, live) ? managed.value : undefined;
  return kept ?? valueIn(live, managed) ?? emptyOf(managed.setting);
}
