import { isId, type Scope } from "../cloudflare/scope.js";
import type { Definition } from "../schema/definition.js";
import { settingNames } from "../schema/suggest.js";
import type { InputFailure } from "../schema/constraints.js";
import { resolveAliases } from "../schema/aliases.js";
import { declaredScopes, SCOPE_INPUTS, type ScopeInputs } from "../schema/scope-inputs.js";
import type { SettingValues } from "../schema/values.js";

/** Arguments of a resource, apart: what they belong to, and the settings they state. */
export interface ResourceInputs extends ScopeInputs {
  readonly settings: SettingValues;
  /** Of the settings of a resource in state, those that no answer has shown since they were written. */
  readonly unanswered?: readonly string[] | undefined;
}

export function splitInputs(args: SettingValues): ResourceInputs {
  const { accountId, zoneId, ...settings } = args;
  return { accountId, zoneId, settings };
}

/**
 * The settings among inputs or outputs, under today's names. State may be an older release's: what it
 * holds under a former name would read as a setting that is gone. No computed output shares a name with
 * a setting.
 */
export function settingsIn(definition: Definition, properties: SettingValues): SettingValues {
  const names = settingNames(definition);
  const { stated } = resolveAliases(definition, properties);
  return Object.fromEntries(Object.entries(stated).filter(([name]) => names.includes(name)));
}

/** The account or zone that checked arguments name. */
export function scopeOf(args: ScopeInputs): Scope {
  for (const { level, id } of declaredScopes(args))
    if (typeof id === "string") return { kind: level, id };
  throw new Error("Neither accountId nor zoneId is stated.");
}

/** The argument that names a target, as outputs and inputs hold it. */
export function scopeInput({ kind, id }: Scope): SettingValues {
  return { [SCOPE_INPUTS[kind]]: id };
}

/** What is wrong with the arguments that name the account or zone. */
export function scopeFailures(
  definition: Pick<Definition, "displayName" | "scopes">,
  { accountId, zoneId }: ScopeInputs,
  isUnknown: (value: unknown) => boolean,
): InputFailure[] {
  const stated = declaredScopes({ accountId, zoneId });
  if (zoneId !== undefined && !definition.scopes.includes("zones"))
    return [
      {
        property: "zoneId",
        reason: `is not taken: ${definition.displayName} belong to an account`,
      },
    ];
  if (stated.length === 0) {
    const wanted = definition.scopes.includes("zones") ? "state either it or zoneId" : "state it";
    return [{ property: "accountId", reason: `is missing: ${wanted}` }];
  }
  return [
    ...(stated.length > 1
      ? [{ property: "zoneId", reason: "excludes accountId: state one of them" }]
      : []),
    ...stated
      .filter(({ id }) => !isUnknown(id) && !(typeof id === "string" && isId(id)))
      .map(({ name }) => ({
        property: name,
        reason: "must be 32 hexadecimal digits, as the dashboard shows it",
      })),
  ];
}

/** Stated settings that a zone does not take. */
export function zoneFailures(definition: Definition, args: ResourceInputs): InputFailure[] {
  const isZone = args.zoneId !== undefined && args.accountId === undefined;
  if (!isZone || !definition.scopes.includes("zones")) return [];
  const taken = Object.keys(definition.settings).filter((name) => definition.settings[name]?.zone);
  return Object.keys(args.settings)
    .filter((name) => name in definition.settings && !taken.includes(name))
    .map((name) => ({
      property: name,
      reason: `is not taken by a zone, which takes ${taken.join(", ")}`,
    }));
}
