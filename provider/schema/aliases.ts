import type { Definition, Setting } from "./definition.js";
import { emptyValue, withCurrentNames } from "./equality.js";
import { memoizeByDefinition } from "./memoize.js";
import { isObject, type SettingValues } from "./values.js";
import { decodeValue, settingByResponseName, unknownMemberNames } from "./codec.js";
import type { InputFailure } from "./constraints.js";

/** Arguments under today's names, with what was said about the older ones. */
export interface ResolvedInputs {
  readonly stated: SettingValues;
  readonly deprecations: readonly string[];
  readonly conflicts: readonly InputFailure[];
}

/**
 * Turns older spellings into today's: renamed arguments, renamed list items, and wire names in
 * `additionalSettings` that have an argument of their own by now. So the release that types a
 * field breaks no program, and the older spelling makes no difference to the newer one.
 */
export function resolveAliases(definition: Definition, stated: SettingValues): ResolvedInputs {
  const result: Record<string, unknown> = { ...stated };
  const deprecations: string[] = [];
  const conflicts: InputFailure[] = [];
  const move = (from: string, to: string, value: unknown) => {
    if (Object.hasOwn(result, to)) {
      conflicts.push({
        property: from,
        reason: `is the older name of ${to}, which is stated too: keep ${to} only`,
      });
      return;
    }
    deprecations.push(`${from} is deprecated: use ${to}.`);
    result[to] = value;
  };

  for (const [former, name] of Object.entries(definition.aliases)) {
    if (!Object.hasOwn(result, former)) continue;
    move(former, name, result[former]);
    Reflect.deleteProperty(result, former);
  }

  const additional = result.additionalSettings;
  if (definition.additionalSettings && isObject(additional)) {
    const untyped = Object.entries(additional).filter(([wire, value]) => {
      const setting = settingByResponseName(definition, wire);
      if (setting === undefined) return true;
      const name = Object.keys(definition.settings).find(
        (key) => definition.settings[key] === setting,
      );
      if (name === undefined) return false;
      const path = `additionalSettings.${wire}`;
      move(path, name, fromStatedWire(setting, value));
      for (const member of unknownMemberNames(setting, value))
        conflicts.push({ property: `${path}.${member}`, reason: `is no member of ${name}` });
      return false;
    });
    if (untyped.length > 0) result.additionalSettings = Object.fromEntries(untyped);
    else if (Object.keys(additional).length > 0)
      Reflect.deleteProperty(result, "additionalSettings");
  }

  for (const { name, memberName, today } of renamedItems(definition)) {
    const value = result[name];
    if (!isObject(value)) continue;
    const items = value[memberName];
    if (!Array.isArray(items)) continue;
    const renamed = items.map(today);
    items.forEach((item, index) => {
      if (renamed[index] !== item)
        deprecations.push(
          `${name}.${memberName}: "${String(item)}" is deprecated: use "${String(renamed[index])}".`,
        );
    });
    result[name] = { ...value, [memberName]: renamed };
  }

  return { stated: result, deprecations, conflicts };
}

/** What is stated in the API's names. There null clears, whereas an answer says by it that nothing is set. */
function fromStatedWire(setting: Setting, value: unknown): unknown {
  if (value === null) return emptyValue(setting);
  const typed = decodeValue(setting, value);
  if (setting.type !== "object" || !isObject(value) || !isObject(typed)) return typed;
  const cleared = Object.entries(setting.members)
    .filter(([, { apiName: wire }]) => value[wire] === null)
    .map(([name, member]) => [name, emptyValue(member)] as const);
  return { ...typed, ...Object.fromEntries(cleared) };
}

/** The lists, among the members of objects, whose items the API has renamed. */
const renamedItems = memoizeByDefinition(({ settings }) =>
  Object.entries(settings).flatMap(([name, setting]) => {
    if (setting.type !== "object") return [];
    return Object.entries(setting.members).flatMap(([memberName, member]) => {
      if (member.type !== "list" || member.valueAliases === undefined) return [];
      return [{ name, memberName, today: withCurrentNames(member.valueAliases) }];
    });
  }),
);
