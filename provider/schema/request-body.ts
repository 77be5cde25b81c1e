import type { AtomicSetting, Definition, ObjectSetting, ScopeKind, Setting } from "./definition.js";
import { inUnits } from "./duration.js";
import { areEquivalent, isBlank, isZeroDuration } from "./equality.js";
import type { LiveObject } from "./live-object.js";
import {
  changedFields,
  isCovered,
  isEmptyObject,
  isOmittedFrom,
  isSatisfiedBy,
  managedFields,
  valueIn,
  type ManagedField,
} from "./managed-fields.js";
import { isObject, type ApiObject, type SettingValues } from "./values.js";
import {
  apiNameIn,
  encodeValue,
  isOutputOnly,
  settingByResponseName,
  unknownMembers,
  withLiveNames,
} from "./codec.js";

/** A managed field whose live value differs from the declared one. */
export interface Change {
  readonly path: string;
  /** The live value. */
  readonly from: unknown;
  /** The declared value. */
  readonly to: unknown;
  /** What the last deployment recorded, if it managed the field. */
  readonly lastDeployed?: unknown;
  /** Whether `from` is a value that no deployment of this resource recorded. */
  readonly isForeign?: boolean;
}

export interface WriteRequest {
  /** The fields that the request changes. */
  readonly changes: readonly Change[];
  /** Managed fields that drifted and keep their live values, since the program did not change them. */
  readonly drifted: readonly Change[];
  /** The complete body; undefined if the live object is as wanted. */
  readonly body: ApiObject | undefined;
  /** The API names, `login_design.new_member` for members, of what the body repeats from the live object. */
  readonly unchanged: readonly string[];
}

export interface BuildOptions {
  readonly definition: Definition;
  readonly kind: ScopeKind;
  /** POST creates the object and accepts fewer settings; PUT replaces it. */
  readonly method: "POST" | "PUT";
  /** The live object; undefined if there is none. */
  readonly live: LiveObject | undefined;
  readonly declared: SettingValues;
  /** The last deployed values; undefined on create, which writes everything that is declared. */
  readonly lastDeployed?: SettingValues | undefined;
  /** The property paths that `ignoreChanges` names. */
  readonly ignoreChanges?: readonly string[] | undefined;
  /** API names that no body contains: of fields, or of members such as `login_design.new_member`. */
  readonly neverSend: ReadonlySet<string>;
}

/**
 * Builds the request that gives the live object the declared values: a three-way merge of last deployed,
 * declared and live values. Because a PUT replaces the whole object, the body is the live object, without
 * what the API rejects, with the changed fields merged over it.
 */
export function buildRequest(options: BuildOptions): WriteRequest {
  const { written, drifted } = planChanges(options);
  const { body, unchanged } =
    written.length === 0 ? { body: undefined, unchanged: [] } : renderBody(options, written);
  return {
    changes: written.map((field) => changeOf(field, options)),
    drifted: drifted.map((field) => changeOf(field, options)),
    body,
    unchanged,
  };
}

/** The declared fields that the live object does not satisfy, by what the request does about them. */
interface Plan {
  /** Fields that get their declared values. */
  readonly written: readonly ManagedField[];
  /** Fields that keep their live values. */
  readonly drifted: readonly ManagedField[];
}

/**
 * Decides for each declared field that is not ignored:
 *
 * | declared value                | live value satisfies it | live value differs |
 * | ----------------------------- | ----------------------- | ------------------ |
 * | changed since last deployed   | nothing to do           | written            |
 * | unchanged since last deployed | nothing to do           | drifted            |
 */
function planChanges(options: BuildOptions): Plan {
  const { definition, declared, ignoreChanges = [] } = options;
  const live = options.live?.settings ?? {};
  const response = options.live?.raw ?? {};
  const fields = managedFields(definition, declared).filter(
    ({ path }) => !isCovered(path, ignoreChanges),
  );
  const changed = changedPaths(options);
  const switchedOn = Object.fromEntries(
    fields
      .filter(({ path, value }) => changed.has(path) && value === true)
      .map(({ path }) => [path, true]),
  );
  const isChanged = (field: ManagedField) =>
    changed.has(field.path) || isWrittenWithFlag(field, switchedOn);
  return {
    written: fields
      .filter((field) => isChanged(field))
      .filter((field) => !isSatisfiedBy(field, live, switchedOn) || mustWriteZero(field, live)),
    drifted: fields
      .filter((field) => !isChanged(field))
      .filter((field) => !isSatisfiedBy(field, live) && !isOmittedFrom(response, field)),
  };
}

/** The paths of the fields that changed since the last deployment. On create, these are all fields. */
function changedPaths({ definition, declared, lastDeployed }: BuildOptions): Set<string> {
  const fields =
    lastDeployed === undefined
      ? managedFields(definition, declared)
      : changedFields(definition, lastDeployed, declared);
  return new Set(fields.map(({ path }) => path));
}

/** The API drops some settings while a boolean is off, so they are written together with the boolean. */
function isWrittenWithFlag({ setting }: ManagedField, switchedOn: SettingValues): boolean {
  return setting.effectiveWhile !== undefined && switchedOn[setting.effectiveWhile] === true;
}

/** Zero is satisfied by an absent value once it was written, but an absent value may mean another default. */
function mustWriteZero(field: ManagedField, live: SettingValues): boolean {
  return isZeroDuration(field.setting, field.value) && isBlank(valueIn(live, field));
}

function changeOf(field: ManagedField, { live, lastDeployed = {} }: BuildOptions): Change {
  const { path, setting, value: to } = field;
  const from = valueIn(live?.settings ?? {}, field);
  const last = valueIn(lastDeployed, field);
  return last === undefined
    ? { path, from, to, isForeign: from === false || !isBlank(from) }
    : { path, from, to, lastDeployed: last, isForeign: !areEquivalent(setting, from, last) };
}

/** Renders the body that gives the live object the written fields. */
function renderBody(
  options: BuildOptions,
  written: readonly ManagedField[],
): { readonly body: ApiObject; readonly unchanged: readonly string[] } {
  const assignments = [
    ...omittedFields(options, written).map(assignField),
    ...[...byInput(written)].flatMap(([input, fields]) => assignInput(options, input, fields)),
  ];
  const body = writableLive(options);
  for (const { apiName, value } of assignments) body.set(apiName, value);
  for (const name of options.neverSend) leaveOut(name, body);
  const assigned = assignments.flatMap(({ names }) => names);
  return { body: Object.fromEntries(body), unchanged: unchangedNames(body, assigned) };
}

/** A value of the body that does not come from the live object alone. */
interface Assignment {
  readonly apiName: string;
  readonly value: unknown;
  /** The API names of what gets a declared value: the whole field, or members such as `login_design.header_text`. */
  readonly names: readonly string[];
}

/** Fields that the response does not show although they may be set: a full replace would clear them. */
function omittedFields(
  { definition, declared, live }: BuildOptions,
  written: readonly ManagedField[],
): ManagedField[] {
  return managedFields(definition, declared).filter(
    (field) =>
      isOmittedFrom(live?.raw ?? {}, field) && !written.some(({ path }) => path === field.path),
  );
}

function assignField({ setting: { apiName }, value }: ManagedField): Assignment {
  return { apiName, value: nullIfEmpty(value), names: [apiName] };
}

/** The assignments of the written fields of one input. */
function assignInput(
  { definition, declared, live, method, ignoreChanges = [] }: BuildOptions,
  input: string,
  fields: readonly ManagedField[],
): Assignment[] {
  if (input === "additionalSettings") return fields.map(assignField);
  const setting = definition.settings[input];
  if (setting === undefined || (method === "POST" && setting.putOnly)) return [];
  const raw = live?.raw ?? {};
  const apiName = apiNameIn(raw, setting);
  const isIgnored = (member: string) => isCovered(`${input}.${member}`, ignoreChanges);
  const value = mergedValue(setting, fields, declared[input], raw[apiName], isIgnored);
  const members = writtenMembers(setting, fields, declared[input]);
  return [{ apiName, value, names: members?.map((member) => `${apiName}.${member}`) ?? [apiName] }];
}

/** The API names of the members that the request gives declared values; undefined for the whole setting. */
function writtenMembers(
  setting: Setting,
  fields: readonly ManagedField[],
  declared: unknown,
): string[] | undefined {
  if (!("members" in setting) || (setting.type === "object" && isEmptyObject(declared)))
    return undefined;
  return fields.flatMap((field) =>
    field.member === undefined
      ? Object.values(setting.members).map(({ apiName }) => apiName)
      : [field.setting.apiName],
  );
}

/** The required inputs of creation that are not declared. */
export function missingForCreate({ settings }: Definition, declared: SettingValues): string[] {
  return Object.keys(settings).filter(
    (name) => settings[name]?.required === true && declared[name] === undefined,
  );
}

/** Leaves out a field of the body, or, as in `login_design.new_member`, a member of it. */
function leaveOut(name: string, body: Map<string, unknown>): void {
  const [key = name, member] = name.split(".");
  if (member === undefined) body.delete(key);
  const value = body.get(key);
  if (member !== undefined && isObject(value))
    body.set(key, Object.fromEntries(Object.entries(value).filter(([other]) => other !== member)));
}

/** The API names in a body that are not assigned: neither themselves, nor in part, nor as a part. */
function unchangedNames(body: ReadonlyMap<string, unknown>, assigned: readonly string[]): string[] {
  const names = [...body].flatMap(([name, value]) => [
    name,
    ...Object.keys(asObject(value)).map((member) => `${name}.${member}`),
  ]);
  const isWithin = (inner: string, outer: string) =>
    inner === outer || inner.startsWith(`${outer}.`);
  return names.filter(
    (name) => !assigned.some((other) => isWithin(name, other) || isWithin(other, name)),
  );
}

/** The part of the live object that the API accepts in a request. */
function writableLive({ definition, kind, method, live }: BuildOptions): Map<string, unknown> {
  const body = new Map<string, unknown>();
  const raw = live?.raw ?? {};
  for (const [key, value] of Object.entries(raw)) {
    const setting = settingByResponseName(definition, key);
    if (setting === undefined) {
      // An unknown field may be a setting: leaving it out of a full replace could reset it.
      const mayBeSetting = definition.additionalSettings && !isOutputOnly(definition, key);
      if (mayBeSetting) body.set(key, value);
      continue;
    }
    if (key === setting.formerApiName && key !== apiNameIn(raw, setting)) continue;
    if (kind === "zones" && !setting.zone) continue;
    if (method === "POST" && setting.putOnly) continue;
    const writable = writableValue(setting, value);
    if (writable !== undefined)
      body.set(setting.responseName === key ? setting.apiName : key, writable);
  }
  return body;
}

/**
 * A live value in the form that the API accepts. Unset values and members are left out, because the API
 * rejects empty durations and other empty values that it returned itself (12062). An explicit false stays.
 */
function writableValue(setting: Setting, value: unknown): unknown {
  if (value !== false && isBlank(value)) return undefined;
  if (setting.type === "duration" && setting.units !== undefined && typeof value === "string")
    return inUnits(value, setting.units);
  if (setting.type === "atomic" && isObject(value))
    return isInvalidDefault(setting, value) ? undefined : value;
  if (setting.type !== "object" || !isObject(value)) return value;
  const members = new Map(Object.values(setting.members).map((member) => [member.apiName, member]));
  const kept = Object.entries(value).flatMap(([apiName, member]) => {
    const known = members.get(apiName) ?? ({ apiName, type: "string" } as const);
    const writable = writableValue(known, member);
    return writable === undefined ? [] : [[apiName, writable] as const];
  });
  return kept.length === 0 ? undefined : Object.fromEntries(kept);
}

/** The API can return a switched-off object that breaks its own constraints, and rejects it in requests. */
function isInvalidDefault({ members, enabledBy }: AtomicSetting, value: ApiObject): boolean {
  const flag = members[enabledBy]?.apiName ?? "";
  return (
    value[flag] !== true &&
    Object.values(members).some((member) => !isValid(member, value[member.apiName]))
  );
}

function isValid(setting: Setting, value: unknown): boolean {
  switch (setting.type) {
    case "boolean":
      return typeof value === "boolean";
    case "integer":
      return typeof value === "number" && value >= setting.min && value <= setting.max;
    case "string":
      return typeof value === "string" && value !== ""; // the API adds values
    default:
      return !isBlank(value);
  }
}

function mergedValue(
  setting: Setting,
  fields: readonly ManagedField[],
  declared: unknown,
  liveValue: unknown,
  isIgnored: (member: string) => boolean,
): unknown {
  if (setting.type === "atomic") {
    const isWritten = fields.some(({ member }) => member === undefined);
    const value = isWritten
      ? writtenAtomic(setting, declared, liveValue)
      : (writableValue(setting, liveValue) ?? clearedAtomic(setting, liveValue));
    return withMembers(asObject(value), fields);
  }
  if (setting.type !== "object") return nullIfEmpty(declared);
  const live = asObject(writableValue(setting, liveValue));
  if (!isEmptyObject(declared)) return nullIfEmpty(withMembers(live, fields));
  const ignored = Object.entries(live).filter(([name]) => isIgnored(memberName(setting, name)));
  return nullIfEmpty(Object.fromEntries(ignored));
}

/** An object with the values of fields that are members. A member that is declared empty is left out. */
function withMembers(value: ApiObject, fields: readonly ManagedField[]): ApiObject {
  const merged = new Map(Object.entries(value));
  for (const { member, setting, value: declared } of fields) {
    if (member === undefined) continue;
    const { apiName } = setting;
    if (declared !== false && isBlank(declared)) merged.delete(apiName);
    else merged.set(apiName, withLiveNames(merged.get(apiName), setting, declared));
  }
  return Object.fromEntries(merged);
}

function memberName({ members }: ObjectSetting, apiName: string): string {
  const names = Object.keys(members);
  return names.find((name) => members[name]?.apiName === apiName) ?? apiName;
}

/** A declared atomic object with the live members that this release does not know, as fields of the object are kept. */
function writtenAtomic(setting: AtomicSetting, declared: unknown, liveValue: unknown): unknown {
  if (isBlank(declared) || !isObject(declared)) return clearedAtomic(setting, liveValue);
  const known = Object.entries(declared).filter(([name]) => Object.hasOwn(setting.members, name));
  const encoded = asObject(encodeValue(setting, Object.fromEntries(known)));
  return { ...unknownMembers(setting, liveValue), ...encoded };
}

/** The API rejects null for an atomic object: a complete one switches it off. */
function clearedAtomic(setting: AtomicSetting, liveValue: unknown): ApiObject {
  const members = Object.values(setting.members);
  const kept = Object.entries(asObject(liveValue)).filter(([apiName, value]) => {
    const member = members.find((one) => one.apiName === apiName);
    return member === undefined ? value !== null : isValid(member, value);
  });
  const off = {
    ...asObject(encodeValue(setting, setting.clearedValue)),
    ...Object.fromEntries(kept),
  };
  const flag = setting.members[setting.enabledBy];
  return flag === undefined ? off : { ...off, [flag.apiName]: false };
}

function byInput(fields: readonly ManagedField[]): Map<string, ManagedField[]> {
  const groups = new Map<string, ManagedField[]>();
  for (const field of fields) groups.set(field.input, [...(groups.get(field.input) ?? []), field]);
  return groups;
}

function nullIfEmpty(value: unknown): unknown {
  return value !== false && isBlank(value) ? null : value;
}

function asObject(value: unknown): ApiObject {
  return isObject(value) ? value : {};
}
