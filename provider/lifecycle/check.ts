import { describeFailure, type InputFailure } from "../schema/input-failure.js";
import type { Definition } from "../schema/definition.js";
import { resolveAliases } from "../schema/aliases.js";
import { unknownValueWarnings } from "../schema/unknown-values.js";
import type { SettingValues } from "../schema/values.js";
import type { Validator } from "../schema/validate.js";
import { scopeFailures, withLowerCaseIds, withoutNull, zoneFailures } from "./inputs.js";
import type { CheckContext, Checked } from "./resource.js";

/** What a check needs to know about a resource type. */
export interface Checkable {
  readonly definition: Definition;
  /** Cross-field rules that the declared settings alone break. */
  readonly contradictions: (declared: SettingValues) => InputFailure[];
}

/** Validates inputs without a request: every failure at once. Fills nothing in. */
export async function check(
  { definition, contradictions }: Checkable,
  given: SettingValues,
  {
    unknown,
    context,
    secrets,
    ignoreChanges,
  }: Pick<CheckContext, "unknown" | "context" | "secrets" | "ignoreChanges">,
): Promise<Checked> {
  const { accountId, zoneId, ...settings } = withoutNull(given);
  const { declared, deprecations, conflicts } = resolveAliases(
    definition,
    settings,
    secrets,
    ignoreChanges,
  );
  const scope = { accountId, zoneId };
  const validate = await validatorOf(definition, unknown);
  const failures = [
    ...scopeFailures(definition, scope, (value) => value === unknown),
    ...zoneFailures(definition, { ...scope, ...declared }),
    ...conflicts,
    ...validate(declared),
    ...contradictions(declared),
  ];
  const warnings = [...deprecations, ...unknownValueWarnings(definition, declared, secrets)];
  if (failures.length === 0)
    for (const message of warnings)
      if (!message.includes(unknown)) await context.diagnostics.warn(message);
  return {
    inputs: withLowerCaseIds(withoutNull({ ...scope, ...declared })),
    failures: failures.map((failure) => describeFailure(failure, secrets)),
  };
}

const validators = new Map<Definition, Validator>();

/** zod takes time to load and a schema to be built, so both happen once, and only for `check`. */
async function validatorOf(definition: Definition, unknown: string): Promise<Validator> {
  const existing = validators.get(definition);
  if (existing !== undefined) return existing;
  const { buildValidator } = await import("../schema/validate.js");
  const validator = buildValidator(definition, unknown);
  validators.set(definition, validator);
  return validator;
}
