import type { Description, Setting } from "./description.js";
import { emptyOf, today } from "./meaning.js";
import { ofDescription } from "./remembered.js";
import { isObject, type SettingValues } from "./values.js";
import { fromWire, settingByAnswer, untypedNames } from "./wire.js";
import type { Problem } from "./rules.js";

/** Arguments under today's names, with what was said about the older ones. */
export interface Modernised {
  readonly stated: SettingValues;
  readonly deprecations: readonly string[];
  readonly conflicts: readonly Problem[];
}

/**
 * Turns older spellings into today's: renamed arguments, renamed list items, and wire names in
 * `additionalSettings` that have an argument of their own by now. So the release that types a
 * field breaks no program, and the older spelling makes no difference to the newer one.
 */
export function modernise(description: Description, stated: SettingValues): Modernised {
  const result: Record<string, unknown> = { ...stated };
  const deprecations: string[] = [];
  const conflicts: Problem[] = [];
  const move = (from: string, to: string, value: unknown) => {
    if (Object.hasOwn(result, to)) {
      conflicts.push({
        path: from,
        reason: `is the older name of ${to}, which is stated too: keep ${to} only`,
      });
      return;
    }
    deprecations.push(`${from} is deprecated: use ${to}.`);
    result[to] = value;
  };

  for (const [former, name] of Object.entries(description.formerNames)) {
    if (!Object.hasOwn(result, former)) continue;
    move(former, name, result[former]);
    Reflect.deleteProperty(result, former);
  }

  const additional = result.additionalSettings;
  if (description.passThrough && isObject(additional)) {
    const untyped = Object.entries(additional).filter(([wire, value]) => {
      const setting = settingByAnswer(description, wire);
      if (setting === undefined) return true;
      const name = Object.keys(description.settings).find(
        (key) => description.settings[key] === setting,
      );
      if (name === undefined) return false;
      const path = `additionalSettings.${wire}`;
      move(path, name, fromStatedWire(setting, value));
      for (const member of untypedNames(setting, value))
        conflicts.push({ path: `${path}.${member}`, reason: `is no member of ${name}` });
      return false;
    });
    if (untyped.length > 0) result.additionalSettings = Object.fromEntries(untyped);
    else if (Object.keys(additional).length > 0)
      Reflect.deleteProperty(result, "additionalSettings");
  }

  for (const { name, memberName, today } of renamedItems(description)) {
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
  if (value === null) return emptyOf(setting);
  const typed = fromWire(setting, value);
  if (setting.type !== "object" || !isObject(value) || !isObject(typed)) return typed;
  const cleared = Object.entries(setting.members)
    .filter(([, { wire }]) => value[wire] === null)
    .map(([name, member]) => [name, emptyOf(member)] as const);
  return { ...typed, ...Object.fromEntries(cleared) };
}

/** The lists, among the members of objects, whose items the API has renamed. */
const renamedItems = ofDescription(({ settings }) =>
  Object.entries(settings).flatMap(([name, setting]) => {
    if (setting.type !== "object") return [];
    return Object.entries(setting.members).flatMap(([memberName, member]) => {
      if (member.type !== "list" || member.formerValues === undefined) return [];
      return [{ name, memberName, today: today(member.formerValues) }];
    });
  }),
);
