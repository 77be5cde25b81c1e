import type { ResourceType } from "../../registry.js";
import type { AnySetting, ScopeKind } from "../../schema/definition.js";
import { inUnits } from "../../schema/duration.js";
import { isBlank, isUnsetInResponse } from "../../schema/equality.js";
import { describeFailure, type InputFailure } from "../../schema/input-failure.js";
import { managedFields, withoutFields } from "../../schema/managed-fields.js";
import { buildValidator } from "../../schema/validate.js";
import { isObject, type SettingValues } from "../../schema/values.js";

/** The settings that a program declares, and those with a value that it does not declare. */
export interface DeclaredSettings {
  readonly settings: SettingValues;
  /** Settings that the program cannot declare, with the reason. */
  readonly omitted: readonly InputFailure[];
  /** Settings that are false, empty or at Cloudflare's default, which all mean "unset". */
  readonly unset: readonly string[];
}

/** Declares every setting of a live object that is set, except members that this release does not know. */
export function declareLiveSettings(
  type: ResourceType,
  scope: ScopeKind,
  live: SettingValues,
): DeclaredSettings {
  const { definition } = type;
  const unknown = managedFields(definition, live)
    .filter(({ input, setting }) => setting.type === "json" && input !== "additionalSettings")
    .map(({ path }) => path);
  const known = withoutFields(definition, live, new Set(unknown));
  const { settings, omitted, unset } = declare(type, scope, known, isUnsetInResponse);
  const reason = "is not known to this release";
  return {
    settings,
    omitted: [...omitted, ...unknown.map((property) => ({ property, reason }))],
    unset,
  };
}

/** Declares the inputs of another program again, including those that are false or empty. */
export function declareInputs(
  type: ResourceType,
  scope: ScopeKind,
  inputs: SettingValues,
): DeclaredSettings {
  return declare(type, scope, inputs, () => false);
}

type IsUnset = (setting: AnySetting, value: unknown) => boolean;
type SettingOf = (member: string) => AnySetting | undefined;

function declare(
  type: ResourceType,
  scope: ScopeKind,
  values: SettingValues,
  isUnset: IsUnset,
): DeclaredSettings {
  const settings: Record<string, unknown> = {};
  const omitted: InputFailure[] = [];
  const unset: string[] = [];
  const declareObject = (name: string, value: SettingValues, settingOf: SettingOf) => {
    const members = splitMembers(value, settingOf, isUnset);
    unset.push(...members.unset.map((member) => `${name}.${member}`));
    // An object that became empty would clear all members.
    if (Object.keys(members.set).length > 0 || Object.keys(value).length === 0)
      settings[name] = members.set;
  };

  for (const [name, setting] of Object.entries<AnySetting>(type.definition.settings)) {
    const value = values[name];
    if (isAbsent(value)) continue;
    if (scope === "zones" && setting.zone !== true) {
      if (!isBlank(value))
        omitted.push({ property: name, reason: "can be set for an account, not for a zone" });
    } else if (isUnset(setting, value)) unset.push(name);
    else if (setting.type === "object" && isObject(value))
      declareObject(name, value, (member) => setting.members[member]);
    else settings[name] = inAcceptedUnits(setting, value);
  }
  const { additionalSettings } = values;
  if (isObject(additionalSettings))
    declareObject("additionalSettings", additionalSettings, (apiName) => ({
      type: "json",
      apiName,
    }));
  return { settings, omitted: [...omitted, ...removeInvalid(type, settings)], unset };
}

function splitMembers(
  value: SettingValues,
  settingOf: SettingOf,
  isUnset: IsUnset,
): { readonly set: SettingValues; readonly unset: readonly string[] } {
  const set: [string, unknown][] = [];
  const unset: string[] = [];
  for (const [member, memberValue] of Object.entries(value)) {
    const setting = settingOf(member);
    if (isAbsent(memberValue)) continue;
    if (setting === undefined) set.push([member, memberValue]);
    else if (isUnset(setting, memberValue)) unset.push(member);
    else set.push([member, inAcceptedUnits(setting, memberValue)]);
  }
  return { set: Object.fromEntries(set), unset };
}

function isAbsent(value: unknown): boolean {
  return value === undefined || value === null;
}

const UNITS = ["h", "m"];

/** Cloudflare may return "24h0m0s" for "24h", and rejects seconds in some settings. */
function inAcceptedUnits(setting: AnySetting, value: unknown): unknown {
  if (setting.type !== "duration" || typeof value !== "string") return value;
  return inUnits(value, setting.units ?? UNITS);
}

/** Removes what a preview would reject, and returns the reasons. */
function removeInvalid(type: ResourceType, settings: Record<string, unknown>): InputFailure[] {
  const validate = buildValidator(type.definition);
  const invalid = validate(settings).map((failure) => atFieldOf(type, describeFailure(failure)));
  for (const { property } of invalid) remove(settings, property);
  const contradictory = type.contradictions(settings);
  for (const { property } of contradictory) remove(settings, property);
  return [...invalid, ...contradictory];
}

/** Lists and atomic objects are declared as a whole, and therefore omitted as a whole. */
function atFieldOf({ definition }: ResourceType, { property, reason }: InputFailure): InputFailure {
  const [name = property, member] = property.split(/\.|(?=\[)/);
  const isGranular = name === "additionalSettings" || definition.settings[name]?.type === "object";
  const field =
    isGranular && member !== undefined && !member.startsWith("[") ? `${name}.${member}` : name;
  const rest = property.slice(field.length).replace(/^\./, "");
  return { property: field, reason: rest === "" ? reason : `${rest} ${reason}` };
}

function remove(settings: Record<string, unknown>, field: string): void {
  const [name = field] = field.split(".", 1);
  const member = field.slice(name.length + 1);
  const value = settings[name];
  const rest = isObject(value) ? Object.entries(value).filter(([key]) => key !== member) : [];
  if (member === "" || rest.length === 0) Reflect.deleteProperty(settings, name);
  else settings[name] = Object.fromEntries(rest);
}
