import { decodeValue, settingByResponseName } from "./codec.js";
import type { InputFailure } from "./input-failure.js";
import type { Definition, Setting } from "./definition.js";
import { emptyValue, withCurrentNames } from "./equality.js";
import { escapeInvisible } from "./format-value.js";
import { memoizeByDefinition } from "./memoize.js";
import { isObject, type SettingValues } from "./values.js";

/** Inputs under their current names, with what there is to say about the older ones. */
export interface ResolvedInputs {
  readonly declared: SettingValues;
  readonly deprecations: readonly string[];
  readonly conflicts: readonly InputFailure[];
}

/**
 * Replaces older names by current ones: renamed inputs, members and list items, and API names in
 * `additionalSettings` that have a typed input by now. So a release that types a field breaks no program.
 */
export function resolveAliases(definition: Definition, given: SettingValues): ResolvedInputs {
  const result: Record<string, unknown> = { ...given };
  const deprecations: string[] = [];
  const conflicts: InputFailure[] = [];
  const rename = (
    target: Record<string, unknown>,
    [from, to]: readonly [string, string],
    value: unknown,
    shown: readonly [from: string, to: string] = [from, to],
  ) => {
    if (Object.hasOwn(target, to)) {
      conflicts.push({
        property: shown[0],
        reason: `is an older name of ${shown[1]}, which is declared, too. Keep only ${shown[1]}`,
      });
      return;
    }
    deprecations.push(`${shown[0]} is deprecated. Use ${shown[1]}.`);
    target[to] = value;
  };

  for (const [former, name] of Object.entries(definition.aliases)) {
    if (!Object.hasOwn(result, former)) continue;
    rename(result, [former, name], result[former]);
    Reflect.deleteProperty(result, former);
  }

  for (const [name, reason] of Object.entries(definition.ignoredInputs ?? {})) {
    if (!Object.hasOwn(result, name)) continue;
    Reflect.deleteProperty(result, name);
    deprecations.push(`${name} is ignored: ${reason}. Remove it.`);
  }

  for (const [input, aliases] of memberAliases(definition)) {
    const value = result[input];
    if (!isObject(value)) continue;
    const members: Record<string, unknown> = { ...value };
    for (const [former, name] of aliases) {
      if (!Object.hasOwn(members, former)) continue;
      const old = members[former];
      Reflect.deleteProperty(members, former);
      rename(members, [former, name], old, [`${input}.${former}`, `${input}.${name}`]);
    }
    result[input] = members;
  }

  const additional = result.additionalSettings;
  if (definition.additionalSettings && isObject(additional)) {
    const untyped = Object.entries(additional).filter(([apiName, value]) => {
      const setting = settingByResponseName(definition, apiName);
      if (setting === undefined) return true;
      const name = Object.keys(definition.settings).find(
        (key) => definition.settings[key] === setting,
      );
      if (name === undefined) return false;
      rename(result, [apiName, name], decodeDeclared(setting, value), [
        `additionalSettings.${apiName}`,
        name,
      ]);
      return false;
    });
    if (untyped.length > 0) result.additionalSettings = Object.fromEntries(untyped);
    else if (Object.keys(additional).length > 0)
      Reflect.deleteProperty(result, "additionalSettings");
  }

  for (const { name, memberName, currentName } of renamedItems(definition)) {
    const value = result[name];
    if (!isObject(value)) continue;
    const items = value[memberName];
    if (!Array.isArray(items)) continue;
    const renamed = items.map(currentName);
    items.forEach((item, index) => {
      if (renamed[index] !== item)
        deprecations.push(
          escapeInvisible(
            `${name}.${memberName}: "${String(item)}" is deprecated. Use "${String(renamed[index])}".`,
          ),
        );
    });
    result[name] = { ...value, [memberName]: renamed };
  }

  return { declared: result, deprecations, conflicts };
}

/** A declared value in the API's names. There null clears, whereas in a response it means that nothing is set. */
function decodeDeclared(setting: Setting, value: unknown): unknown {
  if (value === null) return emptyValue(setting);
  const decoded = decodeValue(setting, value);
  if (!("members" in setting) || !isObject(value) || !isObject(decoded)) return decoded;
  const known = new Map(
    Object.entries(setting.members).map(([name, { apiName }]) => [apiName, name]),
  );
  const cleared = Object.entries(setting.members)
    .filter(([, { apiName }]) => setting.type === "object" && value[apiName] === null)
    .map(([name, member]) => [name, emptyValue(member)] as const);
  const unknown = Object.entries(value).filter(([apiName]) => !known.has(apiName));
  return { ...decoded, ...Object.fromEntries([...cleared, ...unknown]) };
}

const memberAliases = memoizeByDefinition(({ settings }) =>
  Object.entries(settings).flatMap(([input, setting]) =>
    setting.type === "object" && setting.memberAliases !== undefined
      ? [[input, Object.entries(setting.memberAliases)] as const]
      : [],
  ),
);

/** The lists, among the members of objects, whose items the API has renamed. */
const renamedItems = memoizeByDefinition(({ settings }) =>
  Object.entries(settings).flatMap(([name, setting]) => {
    if (setting.type !== "object") return [];
    return Object.entries(setting.members).flatMap(([memberName, member]) => {
      if (member.type !== "list" || member.valueAliases === undefined) return [];
      return [{ name, memberName, currentName: withCurrentNames(member.valueAliases) }];
    });
  }),
);
