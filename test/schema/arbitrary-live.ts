import fc, { type Arbitrary } from "fast-check";
import type { Definition, ScopeKind, Setting } from "../../provider/schema/definition.js";
import { isBlank } from "../../provider/schema/equality.js";
import { isObject, type SettingValues, type ApiObject } from "../../provider/schema/values.js";
import { encodeValue } from "../../provider/schema/codec.js";
import { ADDITIONAL, json, valueOf } from "./arbitrary-settings.js";

/*
 * Live objects as the API may return them: any setting set or unset, unset ones in each spelling that
 * responses have for it, and output-only fields.
 */

const ABSENT = Symbol("absent");

/** A live object. Required settings always have a value. */
export function liveFor(definition: Definition): Arbitrary<ApiObject> {
  const settings = Object.values(definition.settings).map((setting) =>
    fc.tuple(responseName(setting), setting.required ? setIn(setting) : setOrUnset(setting)),
  );
  const computed = Object.values(definition.computed).map(({ apiName }) => apiName);
  const other = [...definition.outputOnly, ...computed, ...ADDITIONAL].map((key) =>
    fc.tuple(fc.constant(key), fc.oneof(fc.constant(ABSENT), json)),
  );
  return fc
    .tuple(...settings, ...other)
    .map((entries) => Object.fromEntries(entries.filter(([, value]) => value !== ABSENT)));
}

function responseName({
  apiName,
  responseName = apiName,
  formerApiName,
}: Setting): Arbitrary<string> {
  return fc.constantFrom(responseName, ...(formerApiName === undefined ? [] : [formerApiName]));
}

function setOrUnset(setting: Setting): Arbitrary<unknown> {
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
    Object.values(members).map(({ apiName, type }) => [apiName, empty[type]]),
  );
}

/** Values without those that leave their setting unset in a response. */
export function withoutBlanks(values: SettingValues): SettingValues {
  return Object.fromEntries(
    Object.entries(values)
      .map(([key, value]) => [key, isObject(value) ? withoutBlanks(value) : value] as const)
      .filter(([, value]) => !isBlank(value)),
  );
}

/**
 * The live object after a PUT or POST that replaces the whole object: null unsets a setting, and
 * output-only fields and those that the scope does not accept stay.
 */
export function replacedBy(
  definition: Definition,
  kind: ScopeKind,
  live: ApiObject,
  body: ApiObject,
): ApiObject {
  const settings = Object.values(definition.settings);
  const notAccepted = settings.filter((setting) => kind === "zones" && !setting.zone);
  const stays = new Set([
    ...definition.outputOnly,
    ...Object.values(definition.computed).map(({ apiName }) => apiName),
    ...notAccepted.flatMap(({ apiName, formerApiName = apiName }) => [apiName, formerApiName]),
  ]);
  const kept = Object.entries(live).filter(([key]) => stays.has(key));
  const written = Object.entries(body)
    .filter(([, value]) => value !== null)
    .map(([key, value]) => {
      const responseName = settings.find(({ apiName }) => apiName === key)?.responseName;
      return [responseName ?? key, value] as const;
    });
  return Object.fromEntries([...kept, ...written]);
}
