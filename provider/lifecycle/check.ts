import type { Definition } from "../schema/definition.js";
import type { InputFailure } from "../schema/constraints.js";
import { resolveAliases } from "../schema/aliases.js";
import { unknownValueWarnings } from "../schema/unknown-values.js";
import { isObject, type SettingValues } from "../schema/values.js";
import type { Validator } from "../schema/validate.js";
import { zoneFailures, splitInputs, scopeFailures } from "./inputs.js";
import type { CheckContext, Checked } from "./resource.js";

/** What a check needs to know of a kind of resource. */
export interface Checkable {
  readonly definition: Definition;
  /** Where stated arguments contradict each other, whatever is live. */
  contradictions(stated: SettingValues): InputFailure[];
}

/** Finds everything that is wrong with the arguments, without a call. Nothing is filled in. */
export async function check(
  kind: Checkable,
  args: SettingValues,
  { unknown, session, secrets }: Pick<CheckContext, "unknown" | "session" | "secrets">,
): Promise<Checked> {
  const { accountId, zoneId, settings } = splitInputs(withoutNull(args));
  const { stated, deprecations, conflicts } = resolveAliases(kind.definition, settings);
  const where = { accountId, zoneId };
  const checkSettings = await checkerOf(kind.definition, unknown);
  const problems = [
    ...scopeFailures(kind.definition, where, (value) => value === unknown),
    ...zoneFailures(kind.definition, { ...where, settings: stated }),
    ...conflicts,
    ...checkSettings(stated),
    ...kind.contradictions(stated),
  ];
  const unfamiliar = unknownValueWarnings(kind.definition, stated, secrets);
  for (const message of [...deprecations, ...unfamiliar])
    if (!message.includes(unknown)) await session.diagnostics.warn(message);
  return { inputs: withoutNull({ ...where, ...stated }), problems };
}

const checkers = new Map<Definition, Validator>();

/** zod takes its time to load and a schema to be built, so both happen once, and for `check` only. */
async function checkerOf(definition: Definition, unknown: string): Promise<Validator> {
  const existing = checkers.get(definition);
  if (existing !== undefined) return existing;
  const { buildValidator: buildChecker } = await import("../schema/validate.js");
  const checker = buildChecker(definition, unknown);
  checkers.set(definition, checker);
  return checker;
}

/** In a program null says the same as leaving an argument out; only what is passed through keeps it. */
function withoutNull(args: SettingValues): SettingValues {
  const entries = Object.entries(args).flatMap(([name, value]) => {
    if (value === null || value === undefined) return [];
    if (!isObject(value) || name === "additionalSettings") return [[name, value] as const];
    const stated = withoutNull(value);
    // What only holds nulls states nothing, whereas a stated {} clears all that is in it.
    const isVoid = Object.keys(stated).length === 0 && Object.keys(value).length > 0;
    return isVoid ? [] : [[name, stated] as const];
  });
  return Object.fromEntries(entries);
}
