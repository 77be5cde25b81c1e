import type { AnySetting, Computed, Definition, Members, Setting } from "./definition.js";
import { isBlank, withCurrentNames } from "./equality.js";
import { memoizeByDefinition } from "./memoize.js";
import { isObject, type SettingValues, type ApiObject } from "./values.js";

/** A setting's value in the API's names. Members that only the API knows are kept. */
export function encodeValue(setting: AnySetting, value: unknown): unknown {
  if ((setting.type !== "object" && setting.type !== "atomic") || !isObject(value)) return value;
  const unknown = Object.entries(value).filter(([name]) => !Object.hasOwn(setting.members, name));
  return {
    ...renameMembers(setting.members, value, (name, member) => [name, member.apiName]),
    ...Object.fromEntries(unknown),
  };
}

/** A setting's value in input names, without members that this release does not know. */
export function decodeValue(setting: AnySetting, value: unknown): unknown {
  if (setting.type === "list" && Array.isArray(value))
    return value.map(withCurrentNames(setting.valueAliases));
  if ((setting.type !== "object" && setting.type !== "atomic") || !isObject(value)) return value;
  return renameMembers(setting.members, value, (name, member) => [member.apiName, name]);
}

function renameMembers(
  members: Members,
  value: Readonly<Record<string, unknown>>,
  rename: (name: string, member: Setting) => readonly [from: string, to: string],
): Record<string, unknown> {
  const entries = Object.entries(members).flatMap(([name, member]) => {
    const [from, to] = rename(name, member);
    const memberValue = value[from];
    if (memberValue === undefined || memberValue === null) return [];
    return [[to, from === name ? memberValue : decodeValue(member, memberValue)] as const];
  });
  return Object.fromEntries(entries);
}

/** Declared settings in the API's names. */
export function encodeSettings({ settings }: Definition, declared: SettingValues): ApiObject {
  return Object.fromEntries(
    Object.entries(settings)
      .filter(([name]) => declared[name] !== undefined)
      .map(([name, setting]) => [setting.apiName, encodeValue(setting, declared[name])]),
  );
}

/**
 * The name of a setting in the live object: the API's former one while the API still returns it. If it
 * returns both, the one with a value counts, and the current one if both have a value.
 */
export function apiNameIn(
  live: ApiObject,
  { apiName: wire, formerApiName: formerWire }: AnySetting,
): string {
  if (formerWire === undefined || !Object.hasOwn(live, formerWire)) return wire;
  const isMoved = Object.hasOwn(live, wire) && (!isBlank(live[wire]) || isBlank(live[formerWire]));
  return isMoved ? wire : formerWire;
}

/** A list with its items under the API's former names if the live list still has those. */
export function withLiveNames(live: unknown, setting: AnySetting, value: unknown): unknown {
  if (setting.type !== "list" || !Array.isArray(live) || !Array.isArray(value)) return value;
  const former = Object.entries(setting.valueAliases ?? {}).filter(
    ([name, today]) => live.includes(name) && !live.includes(today),
  );
  return value.map((item: unknown) => former.find(([, today]) => today === item)?.[0] ?? item);
}

/** The setting behind a field of a response. */
export function settingByResponseName(definition: Definition, key: string): Setting | undefined {
  return settingsByAnswer(definition).get(key);
}

const settingsByAnswer = memoizeByDefinition(({ settings }) => {
  const all = Object.values(settings);
  return new Map([
    // If a name occurs twice, the later entry counts.
    ...all.flatMap((setting) =>
      setting.formerApiName ? [[setting.formerApiName, setting] as const] : [],
    ),
    ...all.map((setting) => [setting.responseName ?? setting.apiName, setting] as const),
  ]);
});

/** Whether the API returns this field but rejects it in requests. */
export function isOutputOnly(definition: Definition, key: string): boolean {
  return responseOnly(definition).has(key);
}

const responseOnly = memoizeByDefinition(
  (definition) =>
    new Set([
      ...definition.outputOnly,
      ...Object.values(definition.computed).map(({ apiName: wire }: Computed) => wire),
    ]),
);

/**
 * The settings of a live object under their input names. Fields without a typed input are under
 * `additionalSettings`. Null counts as absent.
 */
export function decodeSettings(definition: Definition, live: ApiObject): SettingValues {
  const settings = new Map<string, unknown>();
  for (const [name, setting] of Object.entries(definition.settings)) {
    const value = live[setting.responseName ?? apiNameIn(live, setting)] ?? undefined;
    if (value !== undefined) settings.set(name, decodeValue(setting, value));
  }
  if (definition.additionalSettings) {
    const unknown = Object.entries(live).filter(
      ([key, value]) =>
        value !== null &&
        settingByResponseName(definition, key) === undefined &&
        !isOutputOnly(definition, key),
    );
    if (unknown.length > 0) settings.set("additionalSettings", Object.fromEntries(unknown));
  }
  return Object.fromEntries(settings);
}

/** The API names of an object's members that this release does not know. */
export function unknownMemberNames(setting: AnySetting, value: unknown): string[] {
  if (!("members" in setting) || !isObject(value)) return [];
  const typed = Object.values(setting.members).map(({ apiName: wire }) => wire);
  return Object.keys(value).filter((wire) => !typed.includes(wire));
}

/** The members of a response's object that this release does not know. Null counts as absent. */
export function unknownMembers(setting: AnySetting, value: unknown): ApiObject {
  const answer = isObject(value) ? value : {};
  const names = unknownMemberNames(setting, value).filter((wire) => answer[wire] !== null);
  return Object.fromEntries(names.map((wire) => [wire, answer[wire]]));
}

/** The unknown members of all objects of a response, by input name. */
export function unknownMembersIn(
  { settings }: Definition,
  live: ApiObject,
): Map<string, ApiObject> {
  const found = Object.entries(settings).map(
    ([name, setting]) => [name, unknownMembers(setting, live[apiNameIn(live, setting)])] as const,
  );
  return new Map(found.filter(([, members]) => Object.keys(members).length > 0));
}

/** Like `decodeSettings`, with the members that this release does not know under their API names. */
export function decodeAll(definition: Definition, live: ApiObject): SettingValues {
  const settings = decodeSettings(definition, live);
  const whole = [...unknownMembersIn(definition, live)].map(
    ([name, members]) => [name, { ...members, ...(settings[name] as object) }] as const,
  );
  return { ...settings, ...Object.fromEntries(whole) };
}

/** The fields of a response that are neither settings nor computed outputs, under their API names. */
export function decodeOutputOnly(definition: Definition, live: ApiObject): ApiObject {
  const known = new Set(
    Object.values(definition.computed).map(({ apiName: wire }: Computed) => wire),
  );
  return Object.fromEntries(
    Object.entries(live).filter(
      ([key]) =>
        !known.has(key) &&
        settingByResponseName(definition, key) === undefined &&
        (isOutputOnly(definition, key) || !definition.additionalSettings),
    ),
  );
}

/** The computed outputs of a response, without those that it lacks. */
export function decodeComputed(definition: Definition, live: ApiObject): SettingValues {
  return Object.fromEntries(
    Object.entries(definition.computed)
      .map(([name, { apiName: wire }]) => [name, live[wire] ?? undefined] as const)
      .filter(([, value]) => value !== undefined && value !== ""),
  );
}
