import { isId, type Scope } from "../cloudflare/scope.js";
import { resolveAliases } from "../schema/aliases.js";
import type { InputFailure } from "../schema/input-failure.js";
import type { Definition } from "../schema/definition.js";
import { declaredScopes, SCOPE_INPUTS, type ScopeInputs } from "../schema/scope-inputs.js";
import { settingNames } from "../schema/suggest.js";
import { isObject, type SettingValues } from "../schema/values.js";
import type { ResourceInputs } from "./resource.js";

/**
 * Parses the inputs among a resource's properties. State may be an older release's: a value under a former
 * name would count as removed. No computed output has the name of a setting.
 */
export function parseInputs(definition: Definition, properties: SettingValues): ResourceInputs {
  const names = settingNames(definition);
  const { declared } = resolveAliases(definition, withoutNull(properties));
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

/** Inputs with ids in lower case, as the API has them. */
export function withLowerCaseIds(inputs: SettingValues): SettingValues {
  const ids = Object.values(SCOPE_INPUTS).flatMap((name) => {
    const id = inputs[name];
    return typeof id === "string" && isId(id) ? [[name, id.toLowerCase()] as const] : [];
  });
  return { ...inputs, ...Object.fromEntries(ids) };
}

/** Failures of the inputs that name the account or zone. */
export function scopeFailures(
  definition: Pick<Definition, "displayName" | "scopes">,
  given: ScopeInputs,
  isUnknown: (value: unknown) => boolean,
): InputFailure[] {
  const declared = declaredScopes(given);
  const acceptsZones = definition.scopes.includes("zones");
  if (given.zoneId !== undefined && !acceptsZones)
    return [
      {
        property: "zoneId",
        reason: `is not an input: ${definition.displayName} belong to an account`,
      },
    ];
  if (declared.length === 0)
    return [
      {
        property: "accountId",
        reason: `is missing. Declare ${acceptsZones ? "accountId or zoneId" : "it"}`,
      },
    ];
  return [
    ...(declared.length > 1
      ? [{ property: "zoneId", reason: "conflicts with accountId. Declare one of them" }]
      : []),
    ...declared
      .filter(({ id }) => !isUnknown(id) && !(typeof id === "string" && isId(id)))
      .map(({ name }) => ({
        property: name,
        reason: "must have 32 hexadecimal digits, as the dashboard shows it",
      })),
  ];
}

/** Failures of settings that zones do not accept. */
export function zoneFailures(definition: Definition, given: SettingValues): InputFailure[] {
  const isZone = given.zoneId !== undefined && given.accountId === undefined;
  if (!isZone || !definition.scopes.includes("zones")) return [];
  const accepted = Object.keys(definition.settings).filter(
    (name) => definition.settings[name]?.zone,
  );
  return Object.keys(given)
    .filter((name) => Object.hasOwn(definition.settings, name) && !accepted.includes(name))
    .map((name) => ({
      property: name,
      reason: `is not accepted for a zone. Zones accept ${accepted.join(", ")}`,
    }));
}

/** In a program, null means the same as leaving an input out. Only additional settings keep it: there it clears. */
export function withoutNull(given: SettingValues): SettingValues {
  const entries = Object.entries(given).flatMap(([name, value]) => {
    if (value === null || value === undefined) return [];
    if (!isObject(value) || name === "additionalSettings") return [[name, value] as const];
    const declared = withoutNull(value);
    // An object of nulls declares nothing, whereas {} clears all members.
    const isVoid = Object.keys(declared).length === 0 && Object.keys(value).length > 0;
    return isVoid ? [] : [[name, declared] as const];
  });
  return Object.fromEntries(entries);
}
