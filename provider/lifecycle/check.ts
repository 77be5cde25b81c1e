import type { Problem } from "../model/rules.js";
import { modernise } from "../model/spelling.js";
import { unfamiliarValues } from "../model/unfamiliar.js";
import { isObject, type SettingValues } from "../model/values.js";
import type { Checker } from "../model/schema.js";
import { levelProblems, separate, targetProblems } from "./arguments.js";
import type { Diagnostics } from "./diagnostics.js";
import type { SettingsKind } from "./kind.js";

export interface Checked {
  /** The arguments under today's names, without what is null. */
  readonly inputs: SettingValues;
  readonly problems: readonly Problem[];
}

/**
 * Finds everything that is wrong with the arguments, without a call. Nothing is filled in.
 *
 * @param unknown Stands in a preview for a value that is not known yet.
 */
export async function check(
  kind: SettingsKind,
  args: SettingValues,
  unknown: string,
  diagnostics: Diagnostics,
): Promise<Checked> {
  const { accountId, zoneId, settings } = separate(withoutNull(args));
  const { stated, deprecations, conflicts } = modernise(kind.description, settings);
  const where = { accountId, zoneId };
  const checkSettings = await checkerOf(kind, unknown);
  const problems = [
    ...targetProblems(kind.description, where, (value) => value === unknown),
    ...levelProblems(kind.description, { ...where, settings: stated }),
    ...conflicts,
    ...checkSettings(stated),
    ...kind.contradictions(stated),
  ];
  for (const message of [...deprecations, ...unfamiliarValues(kind.description, stated)])
    if (!message.includes(unknown)) await diagnostics.warn(message);
  return { inputs: withoutNull({ ...where, ...stated }), problems };
}

const checkers = new Map<SettingsKind, Checker>();

/** zod takes its time to load and a schema to be built, so both happen once, and for `check` only. */
async function checkerOf(kind: SettingsKind, unknown: string): Promise<Checker> {
  const existing = checkers.get(kind);
  if (existing !== undefined) return existing;
  const { buildChecker } = await import("../model/schema.js");
  const checker = buildChecker(kind.description, unknown);
  checkers.set(kind, checker);
  return checker;
}

/** In a program null says the same as leaving an argument out; only what is passed through keeps it. */
function withoutNull(args: SettingValues): SettingValues {
  return Object.fromEntries(
    Object.entries(args)
      .filter(([, value]) => value !== null && value !== undefined)
      .map(([name, value]) => [
        name,
        isObject(value) && name !== "additionalSettings" ? withoutNull(value) : value,
      ]),
  );
}
