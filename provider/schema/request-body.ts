import type { Definition, ScopeKind, Setting, AtomicSetting } from "./definition.js";
import { inUnits } from "./duration.js";
import { isSatisfiedBy, managedFields, valueIn, type ManagedField } from "./managed-fields.js";
import { isBlank } from "./equality.js";
import { isObject, type SettingValues, type ApiObject } from "./values.js";
import {
  isOutputOnly,
  withLiveNames,
  decodeSettings,
  settingByResponseName,
  encodeValue,
  unknownMembers,
  apiNameIn,
} from "./codec.js";

/** One managed setting that the live object does not hold as stated. */
export interface Change {
  readonly path: string;
  readonly from: unknown;
  readonly to: unknown;
}

export interface WriteRequest {
  readonly changes: readonly Change[];
  /** The whole body to send; undefined where the live object already holds everything stated. */
  readonly body: ApiObject | undefined;
}

export interface BuildOptions {
  readonly definition: Definition;
  readonly kind: ScopeKind;
  /** POST makes the object, PUT replaces it; POST takes fewer settings. */
  readonly method: "POST" | "PUT";
  /** The object as the API answers it; `{}` where there is none. */
  readonly live: ApiObject;
  readonly stated: SettingValues;
  /** Wire names that are left out of every body: of keys, or of members such as `login_design.new_member`. */
  readonly neverSend: ReadonlySet<string>;
}

/**
 * What to send so that the live object holds what is stated and keeps everything else. Since a PUT
 * replaces the whole object, the body is the live object (less what the API refuses to take back)
 * with only the settings laid over that differ.
 */
export function buildRequest(request: BuildOptions): WriteRequest {
  const { definition, method: verb, live, stated, neverSend } = request;
  const liveSettings = decodeSettings(definition, live);
  const differing = managedFields(definition, stated).filter(
    (managed) => !isSatisfiedBy(managed, liveSettings, stated),
  );
  const changes = differing.map((managed) => ({
    path: managed.path,
    from: valueIn(liveSettings, managed),
    to: managed.value,
  }));
  if (changes.length === 0) return { changes, body: undefined };

  const body = echo(request);
  for (const [argument, parts] of groupByArgument(differing)) {
    if (argument === "additionalSettings") {
      for (const { setting, value } of parts) body.set(setting.apiName, clearedByNull(value));
      continue;
    }
    const setting = definition.settings[argument];
    if (setting === undefined || (verb === "POST" && setting.putOnly)) continue;
    body.set(apiNameIn(live, setting), overlay(setting, parts, stated[argument], live));
  }
  for (const name of neverSend) leaveOut(name, body);
  return { changes, body: Object.fromEntries(body) };
}

/** The arguments without which an object can't be made, and that are not stated. */
export function missingForCreate({ settings }: Definition, stated: SettingValues): string[] {
  return Object.keys(settings).filter(
    (name) => settings[name]?.required === true && stated[name] === undefined,
  );
}

/** Leaves out a key of the body, or, as in `login_design.new_member`, a member of it. */
function leaveOut(name: string, body: Map<string, unknown>): void {
  const [key = name, member] = name.split(".");
  if (member === undefined) body.delete(key);
  const value = body.get(key);
  if (member !== undefined && isObject(value))
    body.set(key, Object.fromEntries(Object.entries(value).filter(([wire]) => wire !== member)));
}

/** What of the live object goes back as it is. */
function echo({ definition, kind, method: verb, live }: BuildOptions): Map<string, unknown> {
  const body = new Map<string, unknown>();
  for (const [key, value] of Object.entries(live)) {
    const setting = settingByResponseName(definition, key);
    if (setting === undefined) {
      // A key that nobody here knows may be a setting: dropping it from a full replace could reset it.
      const mayBeSetting = definition.additionalSettings && !isOutputOnly(definition, key);
      if (mayBeSetting) body.set(key, value);
      continue;
    }
    if (key === setting.formerApiName && key !== apiNameIn(live, setting)) continue;
    if (kind === "zones" && !setting.zone) continue;
    if (verb === "POST" && setting.putOnly) continue;
    const kept = takenBack(setting, value);
    // 12062: the API refuses empty durations and the like that it answered itself.
    if (kept !== undefined) body.set(setting.responseName === key ? setting.apiName : key, kept);
  }
  return body;
}

/** A live value as the API takes it back: without what is unset in it. An explicit false stays. */
function takenBack(setting: Setting, value: unknown): unknown {
  if (value !== false && isBlank(value)) return undefined;
  if (setting.type === "duration" && setting.units !== undefined && typeof value === "string")
    return inUnits(value, setting.units);
  if (setting.type !== "object" || !isObject(value)) return value;
  const members = new Map(Object.values(setting.members).map((member) => [member.apiName, member]));
  const kept = Object.entries(value).flatMap(([wire, member]) => {
    const known = members.get(wire) ?? ({ apiName: wire, type: "string" } as const);
    const back = takenBack(known, member);
    return back === undefined ? [] : [[wire, back] as const];
  });
  return kept.length === 0 ? undefined : Object.fromEntries(kept);
}

function overlay(
  setting: Setting,
  parts: readonly ManagedField[],
  stated: unknown,
  live: ApiObject,
): unknown {
  const liveValue = live[apiNameIn(live, setting)];
  if (setting.type === "atomic") return wholeObject(setting, stated, liveValue);
  if (setting.type !== "object") return clearedByNull(stated);
  if (isObject(stated) && Object.keys(stated).length === 0) return null;
  const merged = new Map(Object.entries(asObject(takenBack(setting, liveValue))));
  for (const { setting: member, value } of parts) {
    if (value !== false && isBlank(value)) merged.delete(member.apiName);
    else merged.set(member.apiName, withLiveNames(merged.get(member.apiName), member, value));
  }
  return merged.size === 0 ? null : Object.fromEntries(merged);
}

/** The API refuses null for such an object: it is switched off by a complete one. */
function wholeObject(setting: AtomicSetting, stated: unknown, liveValue: unknown): unknown {
  if (!isBlank(stated)) {
    const wire = encodeValue(setting, stated);
    // Members that nobody here knows are kept, as keys of the whole are.
    return isObject(wire) ? { ...unknownMembers(setting, liveValue), ...wire } : wire;
  }
  const liveMembers = Object.entries(asObject(liveValue)).filter(([, member]) => member !== null);
  const off = {
    ...asObject(encodeValue(setting, setting.clearedValue)),
    ...Object.fromEntries(liveMembers),
  };
  const flag = setting.members[setting.enabledBy];
  return flag === undefined ? off : { ...off, [flag.apiName]: false };
}

function clearedByNull(value: unknown): unknown {
  return value !== false && isBlank(value) ? null : value;
}

function asObject(value: unknown): ApiObject {
  return isObject(value) ? value : {};
}

function groupByArgument(managed: readonly ManagedField[]): Map<string, ManagedField[]> {
  const groups = new Map<string, ManagedField[]>();
  for (const one of managed) groups.set(one.input, [...(groups.get(one.input) ?? []), one]);
  return groups;
}
