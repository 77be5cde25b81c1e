import type {
  AnySetting,
  AtomicSetting,
  Definition,
  ObjectSetting,
  Setting,
} from "./definition.js";
import { isBlank, withCurrentNames } from "./equality.js";
import { isObject, type SettingValues, type ApiObject } from "./values.js";

/** An object as Cloudflare has it now, decoded once, where a response enters. */
export interface LiveObject {
  /** The object as the API returned it. */
  readonly raw: ApiObject;
  /**
   * Settings under their input names, additional settings under `additionalSettings`, and members that
   * this release does not know under their API names inside their objects. Null counts as absent.
   */
  readonly settings: SettingValues;
  /** Output-only values under the names of the outputs. */
  readonly computed: SettingValues;
  /** When the object last changed, if the API says so: a later version has a later time. */
  readonly version: string | undefined;
}

export function decodeLive(definition: Definition, raw: ApiObject): LiveObject {
  const computed = decodeComputed(definition, raw);
  return {
    raw,
    settings: decodeSettings(definition, raw),
    computed,
    version: versionIn(definition, computed),
  };
}

/** The version among the outputs of an object, live or in state. */
export function versionIn(
  { computed, versionField }: Definition,
  outputs: SettingValues,
): string | undefined {
  const name = Object.keys(computed).find((key) => computed[key]?.apiName === versionField);
  const version = name === undefined ? undefined : outputs[name];
  return typeof version === "string" ? version : undefined;
}

/**
 * The object of a response to a write, with the output-only fields that the response lacks carried over
 * from the read before it: the API returns some of them only for GET, and a missing field has not changed.
 */
export function withCarriedOutputs(
  definition: Definition,
  before: LiveObject,
  after: LiveObject,
): LiveObject {
  const carried = Object.entries(before.raw).filter(
    ([key]) => isOutputOnly(definition, key) && !Object.hasOwn(after.raw, key),
  );
  if (carried.length === 0) return after;
  // A write that does not say when it happened has no version: the one of the read before it is older.
  return {
    ...decodeLive(definition, { ...after.raw, ...Object.fromEntries(carried) }),
    version: after.version,
  };
}

/**
 * The settings of a live object under their input names. Fields without a typed input are under
 * `additionalSettings`, and members that this release does not know under their API names. Null counts as absent.
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
        inputByResponseName(definition, key) === undefined &&
        !isOutputOnly(definition, key),
    );
    if (unknown.length > 0) settings.set("additionalSettings", Object.fromEntries(unknown));
  }
  return Object.fromEntries(settings);
}

/** A setting's value in input names. Members that this release does not know keep their API names. Null counts as absent. */
export function decodeValue(setting: AnySetting, value: unknown): unknown {
  if (setting.type === "list" && Array.isArray(value))
    return value.map(withCurrentNames(setting.valueAliases));
  if (!hasMembers(setting) || !isObject(value)) return value;
  const known = Object.entries(setting.members)
    .filter(([, { apiName }]) => !isAbsent(value[apiName]))
    .map(([name, member]) => [name, decodeValue(member, value[member.apiName])] as const);
  return { ...unknownMembers(setting, value), ...Object.fromEntries(known) };
}

/** The members of a response's object that this release does not know. Null counts as absent. */
export function unknownMembers(setting: AnySetting, response: unknown): ApiObject {
  if (!hasMembers(setting) || !isObject(response)) return {};
  const known = Object.values(setting.members).map(({ apiName }) => apiName);
  return Object.fromEntries(
    Object.entries(response).filter(
      ([apiName, value]) => value !== null && !known.includes(apiName),
    ),
  );
}

/** The computed outputs of a response, without those that it lacks. */
export function decodeComputed(definition: Definition, live: ApiObject): SettingValues {
  return Object.fromEntries(
    Object.entries(definition.computed)
      .map(([name, { apiName }]) => [name, live[apiName] ?? undefined] as const)
      .filter(([, value]) => value !== undefined && value !== ""),
  );
}

/** The fields of a response that are neither settings nor computed outputs, under their API names. */
export function decodeOutputOnly(definition: Definition, live: ApiObject): ApiObject {
  const computed = new Set(computedNames(definition));
  return Object.fromEntries(
    Object.entries(live).filter(
      ([key]) =>
        !computed.has(key) &&
        inputByResponseName(definition, key) === undefined &&
        (isOutputOnly(definition, key) || !definition.additionalSettings),
    ),
  );
}

/** Declared settings in the API's names. */
export function encodeSettings({ settings }: Definition, declared: SettingValues): ApiObject {
  return Object.fromEntries(
    Object.entries(settings)
      .filter(([name]) => declared[name] !== undefined)
      .map(([name, setting]) => [setting.apiName, encodeValue(setting, declared[name])]),
  );
}

/** A setting's value in the API's names, without members that this release does not know. */
export function encodeValue(setting: AnySetting, value: unknown): unknown {
  if (!hasMembers(setting) || !isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(setting.members)
      .filter(([name]) => !isAbsent(value[name]))
      .map(([name, { apiName }]) => [apiName, value[name]]),
  );
}

/** A list with its items under the API's former names if the live list still has those. */
export function withFormerItemNames(live: unknown, setting: AnySetting, value: unknown): unknown {
  if (setting.type !== "list" || !Array.isArray(live) || !Array.isArray(value)) return value;
  const former = Object.entries(setting.valueAliases ?? {}).filter(
    ([name, current]) => live.includes(name) && !live.includes(current),
  );
  return value.map((item: unknown) => former.find(([, current]) => current === item)?.[0] ?? item);
}

function hasMembers(setting: AnySetting): setting is ObjectSetting | AtomicSetting {
  return setting.type === "object" || setting.type === "atomic";
}

function isAbsent(value: unknown): boolean {
  return value === undefined || value === null;
}

/**
 * The name of a setting in the live object: the API's former one while the API still returns it. If it
 * returns both, the one with a value counts, and the current one if both have a value.
 */
export function apiNameIn(live: ApiObject, { apiName, formerApiName }: AnySetting): string {
  if (formerApiName === undefined || !Object.hasOwn(live, formerApiName)) return apiName;
  const isRenamed =
    Object.hasOwn(live, apiName) && (!isBlank(live[apiName]) || isBlank(live[formerApiName]));
  return isRenamed ? apiName : formerApiName;
}

/** The input behind a field of a response. */
export function inputByResponseName(definition: Definition, key: string): Input | undefined {
  return inputsByResponseName(definition).get(key);
}

interface Input {
  readonly name: string;
  readonly setting: Setting;
}

const inputsByResponseName = memoizeByDefinition(({ settings }) => {
  const all = Object.entries(settings).map(([name, setting]): Input => ({ name, setting }));
  return new Map([
    // If a name occurs twice, the later entry counts.
    ...all.flatMap((input) =>
      input.setting.formerApiName ? [[input.setting.formerApiName, input] as const] : [],
    ),
    ...all.map((input) => [input.setting.responseName ?? input.setting.apiName, input] as const),
  ]);
});

/** The setting behind a field of a request. */
export function settingByRequestName({ settings }: Definition, key: string): Setting | undefined {
  return Object.values(settings).find(
    ({ apiName, formerApiName }) => key === apiName || key === formerApiName,
  );
}

/** Whether the API returns this field but rejects it in requests. */
export function isOutputOnly(definition: Definition, key: string): boolean {
  return outputOnlyNames(definition).has(key);
}

const outputOnlyNames = memoizeByDefinition(
  (definition) => new Set([...definition.outputOnly, ...computedNames(definition)]),
);

/** The API names of the computed outputs. */
function computedNames({ computed }: Definition): string[] {
  return Object.values(computed).map(({ apiName }) => apiName);
}

/** Computes a value once for each definition, because definitions never change. */
function memoizeByDefinition<T extends object>(
  compute: (definition: Definition) => T,
): (definition: Definition) => T {
  const computed = new WeakMap<Definition, T>();
  return (definition) => {
    const known = computed.get(definition) ?? compute(definition);
    computed.set(definition, known);
    return known;
  };
}
