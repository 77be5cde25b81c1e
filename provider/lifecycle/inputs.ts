import { isId, type Scope } from "../cloudflare/scope.js";
import { resolveAliases } from "../schema/aliases.js";
import type { Definition } from "../schema/definition.js";
import {
  declaredScopes,
  SCOPE_INPUTS,
  settingNames,
  type ScopeInputs,
} from "../schema/input-names.js";
import type { SettingValues } from "../schema/values.js";
import type { ResourceInputs } from "./resource.js";

/**
 * Parses the inputs among a resource's properties. State may be an older release's: a value under a former
 * name would count as removed. No computed output has the name of a setting.
 */
export function parseInputs(definition: Definition, properties: SettingValues): ResourceInputs {
  const names = settingNames(definition);
  const { declared } = resolveAliases(definition, properties);
  return {
    scope: scopeIn(properties),
    settings: Object.fromEntries(Object.entries(declared).filter(([name]) => names.includes(name))),
  };
}

function scopeIn(properties: ScopeInputs): Scope | undefined {
  for (const { kind, id } of declaredScopes(properties))
    if (typeof id === "string" && isId(id)) return { kind, id: id.toLowerCase() };
  return undefined;
}

/** @throws Error if inputs that were checked name no account or zone: state was edited by hand. */
export function requireScope({ scope }: ResourceInputs): Scope {
  if (scope !== undefined) return scope;
  throw new Error(
    "The resource names no account or zone. If its state was edited, restore accountId or zoneId with `pulumi state edit`.",
  );
}

/** The input that names a scope. */
export function scopeInput({ kind, id }: Scope): SettingValues {
  return { [SCOPE_INPUTS[kind]]: id };
}
