import fc, { type Arbitrary } from "fast-check";
import type { Description, Level, Setting } from "../../provider/model/description.js";
import { isBlank } from "../../provider/model/meaning.js";
import { isObject, type SettingValues, type WireObject } from "../../provider/model/values.js";
import { toWire } from "../../provider/model/wire.js";
import { json, UNTYPED, valueOf } from "./arbitrary-settings.js";

/*
 * Live objects as the API may answer them: any setting set or unset, unset ones in any of the
 * spellings that answers have for it, and what only answers carry.
 */

const ABSENT = Symbol("absent");

/** A live object with its identity, where the description knows settings that can't be cleared. */
export function liveFor(description: Description): Arbitrary<WireObject> {
  const settings = Object.values(description.settings).map((setting) =>
    fc.tuple(wireKey(setting), setting.required ? setIn(setting) : answerOf(setting)),
  );
  const answered = Object.values(description.computed).map(({ wire }) => wire);
  const other = [...description.responseOnly, ...answered, ...UNTYPED].map((key) =>
    fc.tuple(fc.constant(key), fc.oneof(fc.constant(ABSENT), json)),
  );
  return fc
    .tuple(...settings, ...other)
    .map((entries) => Object.fromEntries(entries.filter(([, value]) => value !== ABSENT)));
}

function wireKey({ wire, answeredAs, formerWire }: Setting): Arbitrary<string> {
  const names = [answeredAs ?? wire, ...(formerWire === undefined ? [] : [formerWire])];
  return fc.constantFrom(...names);
}

function answerOf(setting: Setting): Arbitrary<unknown> {
  return fc.oneof(fc.constant(ABSENT), unsetIn(setting), setIn(setting));
}

function setIn(setting: Setting): Arbitrary<unknown> {
  return valueOf(setting).map((value) => toWire(setting, value));
}

function unsetIn(setting: Setting): Arbitrary<unknown> {
  switch (setting.type) {
    case "boolean":
      return fc.constantFrom(null, false);
    case "list":
      return fc.constantFrom(null, []);
    case "object":
      return fc.constantFrom(null, {}, emptyMembers(setting.members));
    case "whole":
      return fc.constantFrom(null, toWire(setting, setting.cleared));
    default:
      return fc.constantFrom(null, "");
  }
}

function emptyMembers(members: Extract<Setting, { type: "object" }>["members"]): WireObject {
  const empty = { boolean: false, list: [], string: "", duration: "", integer: null };
  return Object.fromEntries(Object.values(members).map(({ wire, type }) => [wire, empty[type]]));
}

/** Whether the settings of two objects can be told apart by nothing that an answer shows. */
export function withoutBlanks(values: SettingValues): SettingValues {
  return Object.fromEntries(
    Object.entries(values)
      .map(([key, value]) => [key, isObject(value) ? withoutBlanks(value) : value] as const)
      .filter(([, value]) => !isBlank(value)),
  );
}

/**
 * The object that a PUT or POST leaves behind where it replaces the whole: null and empty settings
 * are unset, and what only answers carry stays.
 */
export function replacedBy(
  description: Description,
  level: Level,
  live: WireObject,
  body: WireObject,
): WireObject {
  const settings = Object.values(description.settings);
  const notTaken = settings.filter((setting) => level === "zones" && !setting.zone);
  const keeps = new Set([
    ...description.responseOnly,
    ...Object.values(description.computed).map(({ wire }) => wire),
    ...notTaken.flatMap(({ wire, formerWire }) => [wire, formerWire ?? wire]),
  ]);
  const kept = Object.entries(live).filter(([key]) => keeps.has(key));
  const written = Object.entries(body)
    .filter(([, value]) => value !== null)
    .map(([key, value]) => {
      const answeredAs = settings.find(({ wire }) => wire === key)?.answeredAs;
      return [answeredAs ?? key, value] as const;
    });
  return Object.fromEntries([...kept, ...written]);
}
