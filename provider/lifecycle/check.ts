import type { Description } from "../model/description.js";
import type { Problem } from "../model/rules.js";
import { modernise } from "../model/spelling.js";
import { unfamiliarValues } from "../model/unfamiliar.js";
import { isObject, type SettingValues } from "../model/values.js";
import type { Checker } from "../model/schema.js";
import { levelProblems, separate, targetProblems } from "./arguments.js";
import type { CheckContext, Checked } from "./resource.js";

/** What a check needs to know of a kind of resource. */
export interface Checkable {
  readonly description: Description;
  /** Where stated arguments contradict each other, whatever is live. */
  contradictions(stated: SettingValues): Problem[];
}

/** Finds everything that is wrong with the arguments, without a call. Nothing is filled in. */
export async function check(
  kind: Checkable,
  args: SettingValues,
  { unknown, session, secrets }: Pick<CheckContext, "unknown" | "session" | "secrets">,
): Promise<Checked> {
  const { accountId, zoneId, settings } = separate(withoutNull(args));
  const { stated, deprecations, conflicts } = modernise(kind.description, settings);
  const where = { accountId, zoneId };
  const checkSettings = await checkerOf(kind.description, unknown);
  const problems = [
    ...targetProblems(kind.description, where, (value) => value === unknown),
    ...levelProblems(kind.description, { ...where, settings: stated }),
    ...conflicts,
    ...checkSettings(stated),
    ...kind.contradictions(stated),
  ];
  const unfamiliar = unfamiliarValues(kind.description, stated, secrets);
  for (const message of [...deprecations, ...unfamiliar])
    if (!message.includes(unknown)) await session.diagnostics.warn(message);
  return { inputs: withoutNull({ ...where, ...stated }), problems };
}

const checkers = new Map<Description, Checker>();

/** zod takes its time to load and a schema to be built, so both happen once, and for `check` only. */
async function checkerOf(description: Description, unknown: string): Promise<Checker> {
  const existing = checkers.get(description);
  if (existing !== undefined) return existing;
  const { buildChecker } = await import("../model/schema.js");
  const checker = buildChecker(description, unknown);
  checkers.set(description, checker);
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
