import { decodeValue, inputByResponseName } from "./codec.js";
import type { Definition, Setting } from "./definition.js";
import { emptyValue, withCurrentNames } from "./equality.js";
import { isPartlyIgnored } from "./managed-fields.js";
import type { InputFailure } from "./input-failure.js";
import { memoizeByDefinition } from "./memoize.js";
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
  const report: Report = { deprecations: [], conflicts: [], ignoreChanges };
  // The order counts: an API name may stand for an object with renamed items.
  const steps = [renameInputs, removeIgnored, renameMembers, typeAdditionalSettings];
  const named = steps.reduce((inputs, step) => step(inputs, definition, report), given);
  const declared = renameItems(named, definition, report, secrets);
  return { declared, deprecations: report.deprecations, conflicts: report.conflicts };
}

interface Report {
  readonly deprecations: string[];
  readonly conflicts: InputFailure[];
  readonly ignoreChanges: readonly string[];
}

function renameInputs(
  inputs: SettingValues,
  { aliases }: Definition,
  report: Report,
): SettingValues {
  return renameKeys(inputs, aliases, "", report);
}

function removeIgnored(
  inputs: SettingValues,
  { ignoredInputs = {} }: Definition,
  { deprecations }: Report,
): SettingValues {
  for (const [name, reason] of Object.entries(ignoredInputs))
    if (Object.hasOwn(inputs, name)) deprecations.push(`${name} is ignored: ${reason}. Remove it.`);
  return without(inputs, Object.keys(ignoredInputs));
}

function renameMembers(
  inputs: SettingValues,
  definition: Definition,
  report: Report,
): SettingValues {
  const renamed = memberAliases(definition).flatMap(({ input, aliases }) => {
    const value = inputs[input];
    if (!isObject(value)) return [];
    return [[input, renameKeys(value, aliases, `${input}.`, report)] as const];
  });
  return { ...inputs, ...Object.fromEntries(renamed) };
}

/** Moves each additional setting that has a typed input to that input. */
function typeAdditionalSettings(
  inputs: SettingValues,
  definition: Definition,
  report: Report,
): SettingValues {
  const additional = inputs.additionalSettings;
  if (!definition.additionalSettings || !isObject(additional)) return inputs;
  const typed = Object.keys(additional).flatMap((apiName) => {
    const input = inputByResponseName(definition, apiName);
    return input === undefined ? [] : [{ apiName, ...input }];
  });
  if (typed.length === 0) return inputs;
  const rest = without(
    additional,
    typed.map(({ apiName }) => apiName),
  );
  const result: Record<string, unknown> = { ...inputs, additionalSettings: rest };
  if (Object.keys(rest).length === 0) Reflect.deleteProperty(result, "additionalSettings");
  for (const { apiName, name, setting } of typed) {
    const older = { path: `additionalSettings.${apiName}`, kind: "the API name", of: name };
    assign(result, name, decodeDeclared(setting, additional[apiName]), older, report);
  }
  return result;
}

function renameItems(
  inputs: SettingValues,
  definition: Definition,
  { deprecations }: Report,
  secrets: readonly string[],
): SettingValues {
  const result: Record<string, unknown> = { ...inputs };
  for (const { input, member, currentName } of renamedItems(definition)) {
    const value = result[input];
    const items = isObject(value) ? value[member] : undefined;
    if (!isObject(value) || !Array.isArray(items)) continue;
    const notice = (item: unknown) =>
      secrets.includes(input)
        ? "[secret] is deprecated. Use its current name."
        : `"${String(item)}" is deprecated. Use "${String(currentName(item))}".`;
    const older = items.filter((item) => currentName(item) !== item);
    deprecations.push(...older.map((item) => `${input}.${member}: ${notice(item)}`));
    result[input] = { ...value, [member]: items.map(currentName) };
  }
  return result;
}

/** Replaces older keys by current ones. */
function renameKeys(
  values: SettingValues,
  aliases: Readonly<Record<string, string>>,
  prefix: string,
  report: Report,
): SettingValues {
  const result = without(values, Object.keys(aliases));
  for (const [name, current] of Object.entries(aliases)) {
    if (!Object.hasOwn(values, name)) continue;
    const older = { path: prefix + name, kind: "an older name", of: prefix + current };
    assign(result, current, values[name], older, report);
  }
  return result;
}

/** An older name, and the current one as messages show it. */
interface OlderName {
  readonly path: string;
  readonly kind: string;
  readonly of: string;
}

/** Gives an input the value that is declared under an older name, unless the input is also declared. */
function assign(
  target: Record<string, unknown>,
  name: string,
  value: unknown,
  { path, kind, of }: OlderName,
  { deprecations, conflicts, ignoreChanges }: Report,
): void {
  if (Object.hasOwn(target, name)) {
    if (isPartlyIgnored(of, ignoreChanges)) return;
    const reason = `is ${kind} of ${of}, which is also declared. Keep only ${of}`;
    conflicts.push({ property: path, reason });
  } else {
    deprecations.push(`${path} is deprecated. Use ${of}.`);
    target[name] = value;
  }
}

function without(values: SettingValues, names: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(Object.entries(values).filter(([name]) => !names.includes(name)));
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
      ? [{ input, aliases: setting.memberAliases }]
      : [],
  ),
);

/** The lists, among the members of objects, whose items the API has renamed. */
const renamedItems = memoizeByDefinition(({ settings }) =>
  Object.entries(settings).flatMap(([input, setting]) => {
    if (setting.type !== "object") return [];
    return Object.entries(setting.members).flatMap(([member, list]) =>
      list.type === "list" && list.valueAliases !== undefined
        ? [{ input, member, currentName: withCurrentNames(list.valueAliases) }]
        : [],
    );
  }),
);
