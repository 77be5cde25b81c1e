import type { AnySetting, Computed, Description, Members, Setting } from "./description.js";
import { isBlank, today } from "./meaning.js";
import { ofDescription } from "./remembered.js";
import { isObject, type SettingValues, type WireObject } from "./values.js";

/** A setting's value in the API's names. */
export function toWire(setting: AnySetting, value: unknown): unknown {
  if ((setting.type !== "object" && setting.type !== "whole") || !isObject(value)) return value;
  return renameMembers(setting.members, value, (name, member) => [name, member.wire]);
}

/** A setting's value in argument names. Members that are unknown here are left out. */
export function fromWire(setting: AnySetting, value: unknown): unknown {
  if (setting.type === "list" && Array.isArray(value))
    return value.map(today(setting.formerValues));
  if ((setting.type !== "object" && setting.type !== "whole") || !isObject(value)) return value;
  return renameMembers(setting.members, value, (name, member) => [member.wire, name]);
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
    return [[to, from === name ? memberValue : fromWire(member, memberValue)] as const];
  });
  return Object.fromEntries(entries);
}

/** Stated settings in the API's names, as they are. */
export function writeSettings({ settings }: Description, stated: SettingValues): WireObject {
  return Object.fromEntries(
    Object.entries(settings)
      .filter(([name]) => stated[name] !== undefined)
      .map(([name, setting]) => [setting.wire, toWire(setting, stated[name])]),
  );
}

/**
 * The name under which the live object carries a setting: the API's former one while it still answers so.
 * Of both names the one counts that says something, and today's where both do.
 */
export function wireNameIn(live: WireObject, { wire, formerWire }: AnySetting): string {
  if (formerWire === undefined || !Object.hasOwn(live, formerWire)) return wire;
  const isMoved = Object.hasOwn(live, wire) && (!isBlank(live[wire]) || isBlank(live[formerWire]));
  return isMoved ? wire : formerWire;
}

/** A list with its items under the API's former names where the live list still has those. */
export function itemsNamedAsIn(live: unknown, setting: AnySetting, value: unknown): unknown {
  if (setting.type !== "list" || !Array.isArray(live) || !Array.isArray(value)) return value;
  const former = Object.entries(setting.formerValues ?? {}).filter(
    ([name, today]) => live.includes(name) && !live.includes(today),
  );
  return value.map((item: unknown) => former.find(([, today]) => today === item)?.[0] ?? item);
}

/** The setting behind a key of an answer. */
export function settingByAnswer(description: Description, key: string): Setting | undefined {
  return settingsByAnswer(description).get(key);
}

const settingsByAnswer = ofDescription(({ settings }) => {
  const all = Object.values(settings);
  return new Map([
    // Of the same name, the later one counts.
    ...all.flatMap((setting) =>
      setting.formerWire ? [[setting.formerWire, setting] as const] : [],
    ),
    ...all.map((setting) => [setting.answeredAs ?? setting.wire, setting] as const),
  ]);
});

/** Whether the API answers this key but nobody can set it. */
export function isResponseOnly(description: Description, key: string): boolean {
  return responseOnly(description).has(key);
}

const responseOnly = ofDescription(
  (description) =>
    new Set([
      ...description.responseOnly,
      ...Object.values(description.computed).map(({ wire }: Computed) => wire),
    ]),
);

/**
 * What a live object holds, in argument names, with what this package has no type for under
 * `additionalSettings`. Null counts as absent.
 */
export function readSettings(description: Description, live: WireObject): SettingValues {
  const settings = new Map<string, unknown>();
  for (const [name, setting] of Object.entries(description.settings)) {
    const value = live[setting.answeredAs ?? wireNameIn(live, setting)] ?? undefined;
    if (value !== undefined) settings.set(name, fromWire(setting, value));
  }
  if (description.passThrough) {
    const unknown = Object.entries(live).filter(
      ([key, value]) =>
        value !== null &&
        settingByAnswer(description, key) === undefined &&
        !isResponseOnly(description, key),
    );
    if (unknown.length > 0) settings.set("additionalSettings", Object.fromEntries(unknown));
  }
  return Object.fromEntries(settings);
}

/** The names of an object's members, as the API has them, that this package has no type for. */
export function untypedNames(setting: AnySetting, value: unknown): string[] {
  if (!("members" in setting) || !isObject(value)) return [];
  const typed = Object.values(setting.members).map(({ wire }) => wire);
  return Object.keys(value).filter((wire) => !typed.includes(wire));
}

/** Those members of an answer. Null counts as absent. */
export function untypedMembers(setting: AnySetting, value: unknown): WireObject {
  const answer = isObject(value) ? value : {};
  const names = untypedNames(setting, value).filter((wire) => answer[wire] !== null);
  return Object.fromEntries(names.map((wire) => [wire, answer[wire]]));
}

/** The same for all objects of an answer that have any, by argument. */
export function untypedIn({ settings }: Description, live: WireObject): Map<string, WireObject> {
  const found = Object.entries(settings).map(
    ([name, setting]) => [name, untypedMembers(setting, live[wireNameIn(live, setting)])] as const,
  );
  return new Map(found.filter(([, members]) => Object.keys(members).length > 0));
}

/**
 * What a live object holds for someone who only looks: also the members of its objects that this
 * package has no type for, under the API's own names.
 */
export function readEverything(description: Description, live: WireObject): SettingValues {
  const settings = readSettings(description, live);
  const whole = [...untypedIn(description, live)].map(
    ([name, members]) => [name, { ...members, ...(settings[name] as object) }] as const,
  );
  return { ...settings, ...Object.fromEntries(whole) };
}

/** What an answer carries that is neither a setting nor computed under a name here; in the API's names. */
export function readRest(description: Description, live: WireObject): WireObject {
  const known = new Set(Object.values(description.computed).map(({ wire }: Computed) => wire));
  return Object.fromEntries(
    Object.entries(live).filter(
      ([key]) =>
        !known.has(key) &&
        settingByAnswer(description, key) === undefined &&
        (isResponseOnly(description, key) || !description.passThrough),
    ),
  );
}

/** What the API computed, under the names of the outputs. Absent where the answer has none. */
export function readComputed(description: Description, live: WireObject): SettingValues {
  return Object.fromEntries(
    Object.entries(description.computed)
      .map(([name, { wire }]) => [name, live[wire] ?? undefined] as const)
      .filter(([, value]) => value !== undefined && value !== ""),
  );
}
