import { isDeepStrictEqual } from "node:util";
import type { AnySetting, Definition, Members, Setting } from "./definition.js";
import {
  areEquivalent,
  emptyValue,
  isEmpty,
  isUnsetInResponse,
  isZeroDuration,
} from "./equality.js";
import { isObject, type ApiObject, type SettingValues } from "./values.js";

/** A setting, or a member of one, that a program declares: the unit of comparison, writing and reporting. */
export interface ManagedField {
  /** The property path, as Pulumi writes it: `loginDesign.headerText`. */
  readonly path: string;
  readonly input: string;
  /** The member of `input`, if the field is one, or a key of `additionalSettings`. */
  readonly member: string | undefined;
  readonly setting: AnySetting;
  readonly value: unknown;
}

/**
 * The fields that a program declares. A granular object counts member by member, an empty one as all its
 * members declared empty. An atomic object counts as a whole, and its members that this release does not know
 * on their own. An input that is left out is not managed.
 */
export function managedFields(definition: Definition, declared: SettingValues): ManagedField[] {
  return [...managedByInput(definition, declared).values()].flat();
}

function managedByInput(
  definition: Definition,
  declared: SettingValues,
): Map<string, ManagedField[]> {
  const managed = new Map<string, ManagedField[]>();
  for (const [input, setting] of Object.entries(definition.settings)) {
    const value = declared[input];
    if (value !== undefined) managed.set(input, fieldsOf(input, setting, value));
  }
  const additional = declared.additionalSettings;
  if (definition.additionalSettings && isObject(additional))
    managed.set("additionalSettings", unknownFields("additionalSettings", {}, additional));
  return managed;
}

/** The fields of one input. */
function fieldsOf(input: string, setting: Setting, value: unknown): ManagedField[] {
  const whole: ManagedField = { path: input, input, member: undefined, setting, value };
  if (!isObject(value) || !("members" in setting)) return [whole];
  const { members } = setting;
  const known =
    setting.type === "object"
      ? knownFields(input, members, value)
      : [{ ...whole, value: knownMembers(members, value) }];
  return [...known, ...unknownFields(input, members, value)];
}

/** The declared members of an object. An empty object declares all of them empty. */
function knownFields(input: string, members: Members, value: SettingValues): ManagedField[] {
  const all = isEmptyObject(value);
  return Object.entries(members)
    .filter(([member]) => all || value[member] !== undefined)
    .map(([member, setting]) => fieldOf(input, member, setting, value));
}

/** The members of an object that only the API knows, under their API names. */
function unknownFields(input: string, members: Members, value: SettingValues): ManagedField[] {
  return Object.keys(value)
    .filter((member) => !Object.hasOwn(members, member) && value[member] !== undefined)
    .map((member) => fieldOf(input, member, { apiName: member, type: "json" }, value));
}

function fieldOf(
  input: string,
  member: string,
  setting: AnySetting,
  value: SettingValues,
): ManagedField {
  return { path: `${input}.${member}`, input, member, setting, value: value[member] };
}

/** The value of a field in a set of values. */
export function valueIn(
  values: SettingValues,
  { input, member, setting }: Pick<ManagedField, "input" | "member" | "setting">,
): unknown {
  const value = values[input];
  if (member !== undefined)
    return isObject(value) && Object.hasOwn(value, member) ? value[member] : undefined;
  return setting.type === "atomic" && isObject(value)
    ? knownMembers(setting.members, value)
    : value;
}

/** An object without the members that only the API knows. */
function knownMembers(members: Members, value: SettingValues): SettingValues {
  return Object.fromEntries(Object.entries(value).filter(([name]) => Object.hasOwn(members, name)));
}

/**
 * Whether `live` has the value of a field. A setting that takes effect only while a boolean is on counts
 * as satisfied unless that boolean is on in `live` or in `written`, the values about to be written.
 */
export function isSatisfiedBy(
  field: ManagedField,
  live: SettingValues,
  written: SettingValues = {},
): boolean {
  const flag = field.setting.effectiveWhile;
  if (flag !== undefined && live[flag] !== true && written[flag] !== true) return true;
  const { setting, value } = field;
  const shown = valueIn(live, field);
  return (
    areEquivalent(setting, value, shown) ||
    ((isEmpty(setting, value) || isZeroDuration(setting, value)) &&
      isUnsetInResponse(setting, shown))
  );
}

/**
 * The declared fields of settings with these names that a response lacks although they may be set: older forms of
 * the DoH response lack either part.
 */
export function omittedFields(
  definition: Definition,
  declared: SettingValues,
  response: ApiObject,
  names: readonly string[],
): ManagedField[] {
  return managedFields(definition, declared).filter(
    (field) => names.includes(field.input) && isOmittedFrom(response, field),
  );
}

/** Whether a response lacks a declared setting that it may lack although it is set: nothing is known then. */
export function isOmittedFrom(response: ApiObject, { setting, value }: ManagedField): boolean {
  const name = setting.responseName ?? setting.apiName;
  return (
    setting.mayBeOmitted === true && !isEmpty(setting, value) && !Object.hasOwn(response, name)
  );
}

/**
 * Whether two sets of inputs declare the same fields with equivalent values. The set of fields counts:
 * a newly declared `false` over an absent value must be recorded, or its later drift would not be found.
 */
export function declaresTheSame(
  definition: Definition,
  one: SettingValues,
  other: SettingValues,
): boolean {
  if (isDeepStrictEqual(one, other)) return true;
  // A preview may not know them yet.
  if ([one, other].some(hasUnknownAdditionalSettings)) return false;
  return (
    managedFields(definition, one).length === managedFields(definition, other).length &&
    changedFields(definition, other, one).length === 0
  );
}

function hasUnknownAdditionalSettings({ additionalSettings }: SettingValues): boolean {
  return additionalSettings !== undefined && !isObject(additionalSettings);
}

/**
 * The fields whose declared value differs from the last deployed one. An empty object counts as all its
 * members: if one changed, all did.
 */
export function changedFields(
  definition: Definition,
  lastDeployed: SettingValues,
  declared: SettingValues,
): ManagedField[] {
  const deployed = new Set(managedFields(definition, lastDeployed).map(({ path }) => path));
  const isUnchanged = (field: ManagedField) =>
    deployed.has(field.path) &&
    areEquivalent(field.setting, field.value, valueIn(lastDeployed, field));
  return [...managedByInput(definition, declared)].flatMap(([input, fields]) => {
    const changed = fields.filter((field) => !isUnchanged(field));
    return changed.length > 0 && isEmptyObject(declared[input]) ? fields : changed;
  });
}

export function isEmptyObject(value: unknown): boolean {
  return isObject(value) && Object.keys(value).length === 0;
}

/**
 * The live values of exactly the declared fields, in the user's spelling where they are equivalent. A
 * field that is unset becomes its type's empty value, so that it stays managed.
 */
export function liveInputs(
  definition: Definition,
  declared: SettingValues,
  live: SettingValues,
): SettingValues {
  const inputs = [...managedByInput(definition, declared)].map(([input, fields]) => {
    const isSatisfied = fields.every((field) => isSatisfiedBy(field, live));
    return [input, isSatisfied ? declared[input] : liveInput(fields, live)] as const;
  });
  return Object.fromEntries(inputs);
}

/** The live value of an input that is managed by these fields. */
function liveInput(fields: readonly ManagedField[], live: SettingValues): unknown {
  const members = Object.fromEntries(
    fields.flatMap((field) =>
      field.member === undefined ? [] : [[field.member, liveValue(field, live)] as const],
    ),
  );
  const whole = fields.find(({ member }) => member === undefined);
  if (whole === undefined) return members;
  const value = liveValue(whole, live);
  return isObject(value) ? { ...value, ...members } : value;
}

function liveValue(field: ManagedField, live: SettingValues): unknown {
  if (field.value !== undefined && isSatisfiedBy(field, live)) return field.value;
  return valueIn(live, field) ?? emptyValue(field.setting);
}

/** Inputs without some of their fields. An object that would become empty is left out: empty would clear it. */
export function withoutFields(
  definition: Definition,
  declared: SettingValues,
  paths: ReadonlySet<string>,
): SettingValues {
  const kept = [...managedByInput(definition, declared)].flatMap(([input, fields]) => {
    const value = declared[input];
    const removed = fields.filter(({ path }) => paths.has(path)).map(({ member }) => member);
    if (removed.length === 0) return [[input, value] as const];
    if (removed.includes(undefined) || !isObject(value)) return [];
    const rest = Object.entries(value).filter(([name]) => !removed.includes(name));
    return rest.length === 0 ? [] : [[input, Object.fromEntries(rest)] as const];
  });
  return Object.fromEntries(kept);
}

/** Whether one of the property paths of `ignoreChanges` names a field, or an object that contains it. */
export function isIgnored(path: string, ignoreChanges: readonly string[]): boolean {
  const depth = path.split(".").length;
  return isPartlyIgnored(
    path,
    ignoreChanges.filter((pattern) => segmentsOf(pattern).length <= depth),
  );
}

/** Whether one of these paths names a field, an object that contains it, or a part of it such as an item. */
export function isPartlyIgnored(path: string, ignoreChanges: readonly string[]): boolean {
  const field = path.split(".");
  // A pattern and the path must agree as far as the shorter of them goes.
  return ignoreChanges
    .map(segmentsOf)
    .some(
      (pattern) =>
        pattern.length > 0 &&
        pattern.every(
          (segment, depth) => depth >= field.length || segment === "*" || segment === field[depth],
        ),
    );
}

/** A segment of a property path in Pulumi's syntax: `["name"]` with escaped quotes, or `name`, `[0]`, `[*]`. */
const SEGMENT = /\["((?:[^"\\]|\\.)*)"\]|[^.[\]]+/g;

function segmentsOf(path: string): string[] {
  return [...path.matchAll(SEGMENT)].map(
    ([segment, quoted]) => quoted?.replace(/\\(.)/g, "$1") ?? segment,
  );
}
