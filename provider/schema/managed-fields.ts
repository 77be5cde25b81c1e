import { isDeepStrictEqual } from "node:util";
import type { AnySetting, Definition } from "./definition.js";
import { emptyValue, isEmpty, isUnsetInResponse, areEquivalent } from "./equality.js";
import { isObject, type SettingValues } from "./values.js";

/** One setting that the program states: the unit in which things are compared, written and reported. */
export interface ManagedField {
  /** Where it stands among the arguments, as Pulumi writes it: `loginDesign.headerText`. */
  readonly path: string;
  /** The input, and the member of it where that is an object or `additionalSettings`. */
  readonly input: string;
  readonly member: string | undefined;
  readonly setting: AnySetting;
  readonly value: unknown;
}

/**
 * The settings that arguments state, one by one. An object counts member by member; an empty one
 * states that all its members are empty. An argument that is left out is not managed.
 */
export function managedFields(definition: Definition, stated: SettingValues): ManagedField[] {
  return [...managedByArgument(definition, stated).values()].flat();
}

function managedByArgument(
  definition: Definition,
  stated: SettingValues,
): Map<string, ManagedField[]> {
  const managed = new Map<string, ManagedField[]>();
  for (const [input, setting] of Object.entries(definition.settings)) {
    const value = stated[input];
    if (value === undefined) continue;
    managed.set(
      input,
      setting.type === "object" && isObject(value)
        ? managedMembers(input, Object.entries(setting.members), value)
        : [{ path: input, input, member: undefined, setting, value }],
    );
  }
  const additional = stated.additionalSettings;
  if (definition.additionalSettings && isObject(additional)) {
    const members = Object.keys(additional).map(
      (wire) => [wire, { apiName: wire, type: "json" }] satisfies [string, AnySetting],
    );
    managed.set("additionalSettings", managedMembers("additionalSettings", members, additional));
  }
  return managed;
}

function managedMembers(
  input: string,
  members: readonly (readonly [string, AnySetting])[],
  value: SettingValues,
): ManagedField[] {
  const all = Object.keys(value).length === 0;
  return members
    .filter(([member]) => all || value[member] !== undefined)
    .map(([member, setting]) => ({
      path: `${input}.${member}`,
      input,
      member,
      setting,
      value: value[member],
    }));
}

/** What some set of values holds for a managed setting. */
export function valueIn(
  values: SettingValues,
  { input, member }: Pick<ManagedField, "input" | "member">,
): unknown {
  const value = values[input];
  if (member === undefined) return value;
  return isObject(value) && Object.hasOwn(value, member) ? value[member] : undefined;
}

/**
 * Whether `live` holds what a managed setting asks for. A setting that is meaningful only while a
 * boolean is on counts as held unless that boolean is on in `live` or in one of the `others`.
 */
export function isSatisfiedBy(
  managed: ManagedField,
  live: SettingValues,
  ...others: readonly SettingValues[]
): boolean {
  const flag = managed.setting.effectiveWhile;
  if (flag !== undefined && ![live, ...others].some((values) => values[flag] === true)) return true;
  const { setting, value } = managed;
  const shown = valueIn(live, managed);
  if (shown === value) return true;
  return isEmpty(setting, value)
    ? isUnsetInResponse(setting, shown)
    : areEquivalent(setting, value, shown);
}

/**
 * Whether two sets of arguments state the same settings with the same meaning. Which settings are
 * stated counts too: a newly stated `false` over an absent value must be recorded, or its later
 * drift would go unnoticed.
 */
export function declaresTheSame(
  definition: Definition,
  one: SettingValues,
  other: SettingValues,
): boolean {
  if (isDeepStrictEqual(one, other)) return true;
  const ones = managedFields(definition, one);
  const others = new Set(managedFields(definition, other).map(({ path }) => path));
  return (
    ones.length === others.size &&
    ones.every((managed) => others.has(managed.path) && isStatedAlike(managed, one, other))
  );
}

function isStatedAlike(managed: ManagedField, one: SettingValues, other: SettingValues): boolean {
  const flag = managed.setting.effectiveWhile;
  // Where neither states the flag, nothing here tells whether it is on in the live object.
  const isOff = flag !== undefined && one[flag] === false && other[flag] === false;
  return isOff || areEquivalent(managed.setting, managed.value, valueIn(other, managed));
}

/**
 * The live values of exactly the settings that were stated, in the spelling of the statement where
 * they still mean the same. A setting that is gone reads as its type's empty value, so that it
 * stays managed.
 */
export function liveInputs(
  definition: Definition,
  stated: SettingValues,
  live: SettingValues,
): SettingValues {
  const projected = [...managedByArgument(definition, stated)].map(([input, managed]) => {
    if (managed.every((one) => isSatisfiedBy(one, live))) return [input, stated[input]] as const;
    const values = managed.map((one) => [one.member, projectOne(one, live)] as const);
    const [first] = values;
    return first?.[0] === undefined
      ? ([input, first?.[1]] as const)
      : ([input, Object.fromEntries(values)] as const);
  });
  return Object.fromEntries(projected);
}

function projectOne(managed: ManagedField, live: SettingValues): unknown {
  const kept = isSatisfiedBy(managed, live) ? managed.value : undefined;
  return kept ?? valueIn(live, managed) ?? emptyValue(managed.setting);
}
