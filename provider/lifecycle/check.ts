import { isId } from "../cloudflare/scope.js";
import type { ResourceType } from "../registry.js";
import { describeFailure, type InputFailure } from "../schema/input-failure.js";
import type { Definition } from "../schema/definition.js";
import { resolveAliases } from "../schema/aliases.js";
import { unknownValueWarnings } from "../schema/unknown-values.js";
import { declaredScopes, SCOPE_INPUTS, type ScopeInputs } from "../schema/input-names.js";
import { isObject, UNKNOWN, type SettingValues } from "../schema/values.js";
import type { Validator } from "../schema/validate.js";
import type { CheckContext, Checked } from "./resource.js";

/** Validates inputs without a request: every failure at once. Fills nothing in. */
export async function check(
  { definition, contradictions }: Pick<ResourceType, "definition" | "contradictions">,
  given: SettingValues,
  { context, secrets, ignoreChanges }: CheckContext,
): Promise<Checked> {
  const { accountId, zoneId, ...settings } = withoutNull(given);
  const { declared, deprecations, conflicts } = resolveAliases(
    definition,
    settings,
    secrets,
    ignoreChanges,
  );
  const scope = { accountId, zoneId };
  const validate = await validatorOf(definition);
  const failures = [
    ...scopeFailures(definition, scope),
    ...zoneFailures(definition, { ...scope, ...declared }),
    ...conflicts,
    ...validate(declared),
    ...contradictions(declared),
  ];
  const warnings = [...deprecations, ...unknownValueWarnings(definition, declared, secrets)];
  if (failures.length === 0)
    for (const message of warnings)
      if (!message.includes(UNKNOWN)) await context.diagnostics.warn(message);
  return {
    inputs: withLowerCaseIds(withoutNull({ ...scope, ...declared })),
    failures: failures.map((failure) => describeFailure(failure, secrets)),
  };
}

const validators = new Map<Definition, Validator>();

/** zod takes time to load and a schema to be built, so both happen once, and only for `check`. */
async function validatorOf(definition: Definition): Promise<Validator> {
  const existing = validators.get(definition);
  if (existing !== undefined) return existing;
  const { buildValidator } = await import("../schema/validate.js");
  const validator = buildValidator(definition);
  validators.set(definition, validator);
  return validator;
}

/** Inputs with ids in lower case, as the API has them. */
function withLowerCaseIds(inputs: SettingValues): SettingValues {
  const ids = Object.values(SCOPE_INPUTS).flatMap((name) => {
    const id = inputs[name];
    return typeof id === "string" && isId(id) ? [[name, id.toLowerCase()] as const] : [];
  });
  return { ...inputs, ...Object.fromEntries(ids) };
}

/** Failures of the inputs that name the account or zone. */
function scopeFailures(
  definition: Pick<Definition, "displayName" | "scopes">,
  given: ScopeInputs,
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
      .filter(({ id }) => id !== UNKNOWN && !(typeof id === "string" && isId(id)))
      .map(({ name }) => ({
        property: name,
        reason: "must have 32 hexadecimal digits, as the dashboard shows it",
      })),
  ];
}

/** Failures of settings that zones do not accept. */
function zoneFailures(definition: Definition, given: SettingValues): InputFailure[] {
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
function withoutNull(given: SettingValues): SettingValues {
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
