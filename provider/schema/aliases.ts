import { decodeValue, inputByResponseName } from "./codec.js";
import type { Definition, ObjectSetting, Setting } from "./definition.js";
import { emptyValue, withCurrentNames } from "./equality.js";
import type { InputFailure } from "./input-failure.js";
import { isEmptyObject, isPartlyIgnored } from "./managed-fields.js";
import { isObject, type SettingValues } from "./values.js";

/** Inputs under their current names, with what there is to report about the older ones. */
export interface ResolvedInputs {
  readonly declared: SettingValues;
  readonly deprecations: readonly string[];
  readonly conflicts: readonly InputFailure[];
}

/**
 * Replaces older names by current ones: renamed inputs, members and list items, and API names in
 * `additionalSettings` that have a typed input by now. So a release that types a field breaks no program.
 *
 * @param secrets The inputs whose values must not be shown.
 * @param ignoreChanges The property paths of the resource option. The engine adds the recorded value of each to the
 *   inputs, under its current name, although the program may declare an older one.
 */
export function resolveAliases(
  definition: Definition,
  given: SettingValues,
  secrets: readonly string[] = [],
  ignoreChanges: readonly string[] = [],
): ResolvedInputs {
  const report: Report = { deprecations: [], conflicts: [], secrets, ignoreChanges };
  const inputs = new Map(Object.entries(given));
  renameKeys(inputs, definition.aliases, "", report);
  removeIgnored(inputs, definition, report);
  typeAdditionalSettings(inputs, definition, report);
  for (const [input, setting] of Object.entries(definition.settings)) {
    const value = inputs.get(input);
    if (setting.type === "object" && isObject(value))
      inputs.set(input, withCurrentMembers(input, setting, value, report));
  }
  const { deprecations, conflicts } = report;
  return { declared: Object.fromEntries(inputs), deprecations, conflicts };
}

interface Report {
  readonly deprecations: string[];
  readonly conflicts: InputFailure[];
  readonly secrets: readonly string[];
  readonly ignoreChanges: readonly string[];
}

/** Replaces older keys by current ones. */
function renameKeys(
  values: Map<string, unknown>,
  aliases: Readonly<Record<string, string>>,
  prefix: string,
  report: Report,
): void {
  for (const [name, current] of Object.entries(aliases)) {
    const value = values.get(name);
    const older = { path: prefix + name, kind: "an older name", of: prefix + current };
    if (values.delete(name)) assign(values, current, value, older, report);
  }
}

/** An older name, and the current one as messages show it. */
interface OlderName {
  readonly path: string;
  readonly kind: string;
  readonly of: string;
}

/** Gives an input the value that is declared under an older name, unless the input is also declared. */
function assign(
  values: Map<string, unknown>,
  name: string,
  value: unknown,
  { path, kind, of }: OlderName,
  { deprecations, conflicts, ignoreChanges }: Report,
): void {
  if (!values.has(name)) {
    deprecations.push(`${path} is deprecated. Use ${of}.`);
    values.set(name, value);
  } else if (!isPartlyIgnored(of, ignoreChanges)) {
    const reason = `is ${kind} of ${of}, which is also declared. Keep only ${of}`;
    conflicts.push({ property: path, reason });
  }
}

function removeIgnored(
  inputs: Map<string, unknown>,
  { ignoredInputs = {} }: Definition,
  { deprecations }: Report,
): void {
  for (const [name, reason] of Object.entries(ignoredInputs))
    if (inputs.delete(name)) deprecations.push(`${name} is ignored: ${reason}. Remove it.`);
}

/** Moves each additional setting that has a typed input to that input. */
function typeAdditionalSettings(
  inputs: Map<string, unknown>,
  definition: Definition,
  report: Report,
): void {
  const additional = inputs.get("additionalSettings");
  if (!definition.additionalSettings || !isObject(additional)) return;
  const rest = new Map(Object.entries(additional));
  for (const [apiName, value] of Object.entries(additional)) {
    const input = inputByResponseName(definition, apiName);
    if (input === undefined) continue;
    rest.delete(apiName);
    const { name, setting } = input;
    const older = { path: `additionalSettings.${apiName}`, kind: "the API name", of: name };
    assign(inputs, name, decodeDeclared(setting, value), older, report);
  }
  if (rest.size === 0 && !isEmptyObject(additional)) inputs.delete("additionalSettings");
  else inputs.set("additionalSettings", Object.fromEntries(rest));
}

/**
 * A declared value in the API's names. There null clears, whereas in a response it means that nothing is set.
 * Other nulls stay: without them, the object would become empty, which clears all of it.
 */
function decodeDeclared(setting: Setting, value: unknown): unknown {
  if (value === null) return emptyValue(setting);
  if (!("members" in setting) || !isObject(value)) return decodeValue(setting, value);
  const named = Object.entries(setting.members).map(([name, member]) => ({ name, member }));
  const members = Object.entries(value).map(([apiName, inner]) => {
    const known = named.find(({ member }) => member.apiName === apiName);
    if (known === undefined) return [apiName, inner] as const;
    const { name, member } = known;
    const isCleared = inner === null && setting.type === "object";
    return [name, isCleared ? emptyValue(member) : decodeValue(member, inner)] as const;
  });
  return Object.fromEntries(members);
}

/** An object with the current names of its members and of their items. */
function withCurrentMembers(
  input: string,
  { members, memberAliases = {} }: ObjectSetting,
  value: SettingValues,
  report: Report,
): SettingValues {
  const values = new Map(Object.entries(value));
  renameKeys(values, memberAliases, `${input}.`, report);
  for (const [name, member] of Object.entries(members)) {
    const items = values.get(name);
    if (member.type !== "list" || !Array.isArray(items)) continue;
    const currentName = withCurrentNames(member.valueAliases);
    values.set(name, items.map(currentName));
    for (const item of items.filter((item) => currentName(item) !== item))
      report.deprecations.push(
        report.secrets.includes(input)
          ? `${input}.${name}: [secret] is deprecated. Use its current name.`
          : `${input}.${name}: "${String(item)}" is deprecated. Use "${String(currentName(item))}".`,
      );
  }
  return Object.fromEntries(values);
}
