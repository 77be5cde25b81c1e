import type { Description, Level, Setting, WholeSetting } from "./description.js";
import { inUnits } from "./duration.js";
import { isInForce, managedSettings, valueIn, type ManagedSetting } from "./managed.js";
import { isBlank } from "./meaning.js";
import { isObject, type SettingValues, type WireObject } from "./values.js";
import {
  isResponseOnly,
  itemsNamedAsIn,
  readSettings,
  settingByAnswer,
  toWire,
  untypedMembers,
  wireNameIn,
} from "./wire.js";

/** One managed setting that the live object does not hold as stated. */
export interface Change {
  readonly path: string;
  readonly from: unknown;
  readonly to: unknown;
}

export interface Plan {
  readonly changes: readonly Change[];
  /** The whole body to send; undefined where the live object already holds everything stated. */
  readonly body: WireObject | undefined;
}

export interface PlanRequest {
  readonly description: Description;
  readonly level: Level;
  /** POST makes the object, PUT replaces it; POST takes fewer settings. */
  readonly verb: "POST" | "PUT";
  /** The object as the API answers it; `{}` where there is none. */
  readonly live: WireObject;
  readonly stated: SettingValues;
  /** Wire names that are left out of every body: of keys, or of members such as `login_design.new_member`. */
  readonly neverSend: ReadonlySet<string>;
}

/**
 * What to send so that the live object holds what is stated and keeps everything else. Since a PUT
 * replaces the whole object, the body is the live object (less what the API refuses to take back)
 * with only the settings laid over that differ.
 */
export function plan(request: PlanRequest): Plan {
  const { description, verb, live, stated, neverSend } = request;
  const liveSettings = readSettings(description, live);
  const differing = managedSettings(description, stated).filter(
    (managed) => !isInForce(managed, liveSettings, stated),
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
      for (const { setting, value } of parts) body.set(setting.wire, clearedByNull(value));
      continue;
    }
    const setting = description.settings[argument];
    if (setting === undefined || (verb === "POST" && setting.putOnly)) continue;
    body.set(wireNameIn(live, setting), overlay(setting, parts, stated[argument], live));
  }
  for (const name of neverSend) leaveOut(name, body);
  return { changes, body: Object.fromEntries(body) };
}

/** The arguments without which an object can't be made, and that are not stated. */
export function missingToMake({ settings }: Description, stated: SettingValues): string[] {
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
function echo({ description, level, verb, live }: PlanRequest): Map<string, unknown> {
  const body = new Map<string, unknown>();
  for (const [key, value] of Object.entries(live)) {
    const setting = settingByAnswer(description, key);
    if (setting === undefined) {
      // A key that nobody here knows may be a setting: dropping it from a full replace could reset it.
      const mayBeSetting = description.passThrough && !isResponseOnly(description, key);
      if (mayBeSetting) body.set(key, value);
      continue;
    }
    if (key === setting.formerWire && key !== wireNameIn(live, setting)) continue;
    if (level === "zones" && !setting.zone) continue;
    if (verb === "POST" && setting.putOnly) continue;
    const kept = takenBack(setting, value);
    // 12062: the API refuses empty durations and the like that it answered itself.
    if (kept !== undefined) body.set(setting.answeredAs === key ? setting.wire : key, kept);
  }
  return body;
}

/** A live value as the API takes it back: without what is unset in it. An explicit false stays. */
function takenBack(setting: Setting, value: unknown): unknown {
  if (value !== false && isBlank(value)) return undefined;
  if (setting.type === "duration" && setting.units !== undefined && typeof value === "string")
    return inUnits(value, setting.units);
  if (setting.type !== "object" || !isObject(value)) return value;
  const members = new Map(Object.values(setting.members).map((member) => [member.wire, member]));
  const kept = Object.entries(value).flatMap(([wire, member]) => {
    const known = members.get(wire) ?? ({ wire, type: "string" } as const);
    const back = takenBack(known, member);
    return back === undefined ? [] : [[wire, back] as const];
  });
  return kept.length === 0 ? undefined : Object.fromEntries(kept);
}

function overlay(
  setting: Setting,
  parts: readonly ManagedSetting[],
  stated: unknown,
  live: WireObject,
): unknown {
  const liveValue = live[wireNameIn(live, setting)];
  if (setting.type === "whole") return wholeObject(setting, stated, liveValue);
  if (setting.type !== "object") return clearedByNull(stated);
  if (isObject(stated) && Object.keys(stated).length === 0) return null;
  const merged = new Map(Object.entries(asObject(takenBack(setting, liveValue))));
  for (const { setting: member, value } of parts) {
    if (value !== false && isBlank(value)) merged.delete(member.wire);
    else merged.set(member.wire, itemsNamedAsIn(merged.get(member.wire), member, value));
  }
  return merged.size === 0 ? null : Object.fromEntries(merged);
}

/** The API refuses null for such an object: it is switched off by a complete one. */
function wholeObject(setting: WholeSetting, stated: unknown, liveValue: unknown): unknown {
  if (!isBlank(stated)) {
    const wire = toWire(setting, stated);
    // Members that nobody here knows are kept, as keys of the whole are.
    return isObject(wire) ? { ...untypedMembers(setting, liveValue), ...wire } : wire;
  }
  const liveMembers = Object.entries(asObject(liveValue)).filter(([, member]) => member !== null);
  const off = { ...asObject(toWire(setting, setting.cleared)), ...Object.fromEntries(liveMembers) };
  const flag = setting.members[setting.offWhileFalse];
  return flag === undefined ? off : { ...off, [flag.wire]: false };
}

function clearedByNull(value: unknown): unknown {
  return value !== false && isBlank(value) ? null : value;
}

function asObject(value: unknown): WireObject {
  return isObject(value) ? value : {};
}

function groupByArgument(managed: readonly ManagedSetting[]): Map<string, ManagedSetting[]> {
  const groups = new Map<string, ManagedSetting[]>();
  for (const one of managed) groups.set(one.argument, [...(groups.get(one.argument) ?? []), one]);
  return groups;
}
