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
  const { definition, method, declared, lastDeployed, ignoreChanges = [], neverSend } = options;
  const live = options.live?.settings ?? {};
  const raw = options.live?.raw ?? {};

  const considered = managedFields(definition, declared).filter(
    ({ path }) => !isCovered(path, ignoreChanges),
  );
  const selected = selectedPaths(options);
  const written = Object.fromEntries(
    considered
      .filter(({ path, member }) => member === undefined && selected.has(path))
      .map(({ input, value }) => [input, value]),
  );
  const isSelected = ({ path, setting }: ManagedField) =>
    // The API drops this setting while the boolean is off, so it is written with the boolean.
    selected.has(path) || (setting.effectiveWhile && written[setting.effectiveWhile] === true);
  const differing = considered.filter(
    (field) => !isSatisfiedBy(field, live, written) || mustWriteZero(field, live),
  );
  const changed = differing.filter(isSelected);
  const toChange = (field: ManagedField): Change => {
    const from = valueIn(live, field);
    const last = lastDeployed === undefined ? undefined : valueIn(lastDeployed, field);
    const change = { path: field.path, from, to: field.value };
    return last === undefined
      ? { ...change, isForeign: from === false || !isBlank(from) }
      : { ...change, lastDeployed: last, isForeign: !areEquivalent(field.setting, from, last) };
  };
  const changes = changed.map(toChange);
  const drifted = differing
    .filter((field) => !isSelected(field) && !isSatisfiedBy(field, live))
    .filter((field) => !isOmittedFrom(raw, field))
    .map(toChange);
  if (changes.length === 0) return { changes, drifted, body: undefined, unchanged: [] };

  const body = writableLive(options);
  const merged = new Set<string>();
  for (const field of managedFields(definition, declared)) {
    // A full replace would clear a setting that the response does not show.
    if (!isOmittedFrom(raw, field) || isSelected(field)) continue;
    body.set(field.setting.apiName, field.value);
    merged.add(field.setting.apiName);
  }
  for (const [input, fields] of byInput(changed)) {
    if (input === "additionalSettings") {
      for (const { setting, value } of fields) {
        body.set(setting.apiName, nullIfEmpty(value));
        merged.add(setting.apiName);
      }
      continue;
    }
    const setting = definition.settings[input];
    if (setting === undefined || (method === "POST" && setting.putOnly)) continue;
    const name = apiNameIn(raw, setting);
    const isIgnored = (member: string) => isCovered(`${input}.${member}`, ignoreChanges);
    body.set(name, mergedValue(setting, fields, declared[input], raw[name], isIgnored));
    for (const apiName of writtenNames(setting, fields, declared[input]))
      merged.add(apiName === undefined ? name : `${name}.${apiName}`);
  }
  for (const name of neverSend) leaveOut(name, body);
  return {
    changes,
    drifted,
    body: Object.fromEntries(body),
    unchanged: unchangedNames(body, merged),
  };
}

/** The API names of the members that the request gives new values; undefined for the whole setting. */
function writtenNames(
  setting: Setting,
  fields: readonly ManagedField[],
  declared: unknown,
): (string | undefined)[] {
  // Of an atomic object, unknown live members are repeated.
  if (setting.type === "atomic")
    return Object.values(setting.members).map(({ apiName }) => apiName);
  if (setting.type !== "object" || isEmptyObject(declared)) return [undefined];
  return fields.map(({ setting: member }) => member.apiName);
}

/** The paths that the operation writes: everything on create, otherwise what changed since the last deployment. */
function selectedPaths({ definition, declared, lastDeployed }: BuildOptions): Set<string> {
  const fields =
    lastDeployed === undefined
      ? managedFields(definition, declared)
      : changedFields(definition, lastDeployed, declared);
  return new Set(fields.map(({ path }) => path));
}

/** Zero is satisfied by an absent value once it was written, but an absent value may mean another default. */
function mustWriteZero(field: ManagedField, live: SettingValues): boolean {
  return isZeroDuration(field.setting, field.value) && isBlank(valueIn(live, field));
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

function unchangedNames(body: ReadonlyMap<string, unknown>, merged: ReadonlySet<string>): string[] {
  return [...body].flatMap(([name, value]) => {
    if (merged.has(name)) return [];
    const members = isObject(value) ? Object.keys(value).map((member) => `${name}.${member}`) : [];
    return [...(members.some((member) => merged.has(member)) ? [] : [name]), ...members].filter(
      (one) => !merged.has(one),
    );
  });
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
 * A live value in the form that the API accepts. Without what is unset in it, because the API rejects
 * empty durations and the like that it returned itself (12062). An explicit false stays.
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
  if (setting.type === "atomic") return atomicValue(setting, declared, liveValue);
  if (setting.type !== "object") return nullIfEmpty(declared);
  const live = Object.entries(asObject(writableValue(setting, liveValue)));
  if (isEmptyObject(declared))
    return nullIfEmpty(
      Object.fromEntries(live.filter(([apiName]) => isIgnored(memberName(setting, apiName)))),
    );
  const merged = new Map(live);
  for (const { setting: member, value } of fields) {
    if (value !== false && isBlank(value)) merged.delete(member.apiName);
    else merged.set(member.apiName, withLiveNames(merged.get(member.apiName), member, value));
  }
  return merged.size === 0 ? null : Object.fromEntries(merged);
}

function memberName({ members }: ObjectSetting, apiName: string): string {
  const names = Object.keys(members);
  return names.find((name) => members[name]?.apiName === apiName) ?? apiName;
}

/** The API rejects null for such an object: a complete one switches it off. */
function atomicValue(setting: AtomicSetting, declared: unknown, liveValue: unknown): unknown {
  if (!isBlank(declared)) {
    const encoded = encodeValue(setting, declared);
    // Unknown members are kept, as unknown fields of the object are.
    return isObject(encoded) ? { ...unknownMembers(setting, liveValue), ...encoded } : encoded;
  }
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
