import fc, { type Arbitrary } from "fast-check";
import type { Definition, ScopeKind, Setting } from "../../provider/schema/definition.js";
import { isBlank } from "../../provider/schema/equality.js";
import { isObject, type SettingValues, type ApiObject } from "../../provider/schema/values.js";
import { encodeValue } from "../../provider/schema/codec.js";
import { json, UNTYPED, valueOf } from "./arbitrary-settings.js";

/*
 * Live objects as the API may answer them: any setting set or unset, unset ones in any of the
 * spellings that answers have for it, and what only answers carry.
 */

const ABSENT = Symbol("absent");

/** A live object with its identity, where the definition knows settings that can't be cleared. */
export function liveFor(definition: Definition): Arbitrary<ApiObject> {
  const settings = Object.values(definition.settings).map((setting) =>
    fc.tuple(wireKey(setting), setting.required ? setIn(setting) : answerOf(setting)),
  );
  const answered = Object.values(definition.computed).map(({ apiName: wire }) => wire);
  const other = [...definition.outputOnly, ...answered, ...UNTYPED].map((key) =>
    fc.tuple(fc.constant(key), fc.oneof(fc.constant(ABSENT), json)),
  );
  return fc
    .tuple(...settings, ...other)
    .map((entries) => Object.fromEntries(entries.filter(([, value]) => value !== ABSENT)));
}

function wireKey({
  apiName: wire,
  responseName: answeredAs,
  formerApiName: formerWire,
}: Setting): Arbitrary<string> {
  const names = [answeredAs ?? wire, ...(formerWire === undefined ? [] : [formerWire])];
  return fc.constantFrom(...names);
}

function answerOf(setting: Setting): Arbitrary<unknown> {
  return fc.oneof(fc.constant(ABSENT), unsetIn(setting), setIn(setting));
}

function setIn(setting: Setting): Arbitrary<unknown> {
  return valueOf(setting).map((value) => encodeValue(setting, value));
}

function unsetIn(setting: Setting): Arbitrary<unknown> {
  switch (setting.type) {
    case "boolean":
      return fc.constantFrom(null, false);
    case "list":
      return fc.constantFrom(null, []);
    case "object":
      return fc.constantFrom(null, {}, emptyMembers(setting.members));
    case "atomic":
      return fc.constantFrom(null, encodeValue(setting, setting.clearedValue));
    default:
      return fc.constantFrom(null, "");
  }
}

function emptyMembers(members: Extract<Setting, { type: "object" }>["members"]): ApiObject {
  const empty = { boolean: false, list: [], string: "", duration: "", integer: null };
  return Object.fromEntries(
    Object.values(members).map(({ apiName: wire, type }) => [wire, empty[type]]),
  );
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
  definition: Definition,
  level: ScopeKind,
  live: ApiObject,
  body: ApiObject,
): ApiObject {
  const settings = Object.values(definition.settings);
  const notTaken = settings.filter((setting) => level === "zones" && !setting.zone);
  const keeps = new Set([
    ...definition.outputOnly,
    ...Object.values(definition.computed).map(({ apiName: wire }) => wire),
    ...notTaken.flatMap(({ apiName: wire, formerApiName: formerWire }) => [
      wire,
      formerWire ?? wire,
    ]),
  ]);
  const kept = Object.entries(live).filter(([key]) => keeps.has(key));
  const written = Object.entries(body)
    .filter(([, value]) => value !== null)
    .map(([key, value]) => {
      const answeredAs = settings.find(({ apiName: wire }) => wire === key)?.responseName;
      return [answeredAs ?? key, value] as const;
    });
  return Object.fromEntries([...kept, ...written]);
}
