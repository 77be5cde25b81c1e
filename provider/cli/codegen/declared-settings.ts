import type { ResourceType } from "../../registry.js";
import type { ScopeKind } from "../../schema/definition.js";
import { isBlank, isEmpty } from "../../schema/equality.js";
import type { InputFailure } from "../../schema/constraints.js";
import { buildValidator } from "../../schema/validate.js";
import { isObject, type SettingValues } from "../../schema/values.js";

/** What of some values a program is to state, and what it can't state although it is set. */
export interface DeclaredSettings {
  readonly settings: SettingValues;
  readonly leftOut: readonly InputFailure[];
}

/** Of a live object: what is set in it. False, "", [] and {} all say there that nobody set it. */
export function settingsOfLiveObject(
  kind: ResourceType,
  level: ScopeKind,
  live: SettingValues,
): DeclaredSettings {
  return choose(kind, level, live, { isUnset: isBlank, isOff: true });
}

/** Of another tool's state: what it states. There, false is a value like any other. */
export function settingsOfOldState(
  kind: ResourceType,
  level: ScopeKind,
  stated: SettingValues,
): DeclaredSettings {
  const isUnset = (value: unknown) => value !== false && isBlank(value);
  return choose(kind, level, stated, { isUnset, isOff: false });
}

interface Choice {
  readonly isUnset: (value: unknown) => boolean;
  /** Whether an object that is switched off counts as unset. */
  readonly isOff: boolean;
}

function choose(
  { definition }: ResourceType,
  level: ScopeKind,
  values: SettingValues,
  { isUnset, isOff }: Choice,
): DeclaredSettings {
  const settings = new Map<string, unknown>();
  const leftOut: InputFailure[] = [];
  for (const [name, setting] of Object.entries(definition.settings)) {
    const value = setting.type === "object" ? without(values[name], isUnset) : values[name];
    if (isUnset(value) || (isOff && isEmpty(setting, value))) continue;
    if (level === "accounts" || setting.zone) settings.set(name, value);
    else if (!isBlank(value))
      leftOut.push({ property: name, reason: "belongs to the account: a zone does not take it" });
  }
  const additional = without(values.additionalSettings, isUnset);
  if (!isBlank(additional)) settings.set("additionalSettings", additional);

  // What a preview would refuse is not stated, so it stays as it is. Nothing contradicts itself: only
  // what is stated empty could, and that is not stated here.
  const check = buildValidator(definition, NEVER);
  const problems = check(Object.fromEntries(settings));
  for (const { property: path } of problems) remove(settings, path);
  return { settings: Object.fromEntries(settings), leftOut: [...leftOut, ...problems] };
}

/** The value that would stand for an unknown one: here all are known. */
const NEVER = "\0";

/** An object without its unset members. */
function without(value: unknown, isUnset: Choice["isUnset"]): unknown {
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).filter(([, member]) => !isUnset(member)));
}

/** Takes out the argument at a path; of what is passed through, only the one key. */
function remove(settings: Map<string, unknown>, path: string): void {
  const argument = argumentOf(path);
  const value = settings.get(argument);
  const key = path.slice(argument.length + 1);
  settings.delete(argument);
  if (argument !== "additionalSettings" || !isObject(value) || key === "") return;
  const rest = Object.entries(value).filter(([name]) => name !== key);
  if (rest.length > 0) settings.set(argument, Object.fromEntries(rest));
}

function argumentOf(path: string): string {
  return path.split(/[.[]/, 1)[0] ?? path;
}
