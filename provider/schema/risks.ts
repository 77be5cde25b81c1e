import type { Risk, Definition } from "./definition.js";
import { managedFields, valueIn, isSatisfiedBy, type ManagedField } from "./managed-fields.js";
import { isBlank, isEmpty } from "./equality.js";
import type { Change } from "./request-body.js";
import type { SettingValues } from "./values.js";

/** A change as far as a preview can tell. */
export interface PreviewedChange extends Change {
  /** The last deployment did not state it, so that the live value is not known. */
  readonly isNewlyDeclared?: boolean;
}

/** A change that a person should be warned of. */
export interface RiskyChange {
  readonly change: PreviewedChange;
  readonly risk: Risk;
}

/** What changes, or may change, between two statements of the same settings. */
export function declaredChanges(
  definition: Definition,
  before: SettingValues,
  after: SettingValues,
): PreviewedChange[] {
  return managedFields(definition, after).flatMap((managed) => {
    const from = valueIn(before, managed);
    const isNewlyDeclared = from === undefined;
    const change = { path: managed.path, from, to: managed.value, isNewlyDeclared };
    return isNewlyDeclared || !isSatisfiedBy(managed, before, after) ? [change] : [];
  });
}

/**
 * Settings that were stated, are no longer, and were not empty: they stay as they are.
 *
 * @param unknown The value that stands for one not known yet: such an object may state any member.
 */
export function noLongerManaged(
  definition: Definition,
  before: SettingValues,
  after: SettingValues,
  unknown: string,
): ManagedField[] {
  const still = new Set(managedFields(definition, after).map(({ path }) => path));
  return managedFields(definition, before).filter(
    ({ path, input, setting, value }) =>
      !still.has(path) && after[input] !== unknown && !isEmpty(setting, value),
  );
}

/** The changes that a person should be warned of. */
export function riskyChanges(
  { settings }: Definition,
  changes: readonly PreviewedChange[],
  unknown?: string,
): RiskyChange[] {
  return changes.flatMap((change) => {
    const risk = settings[change.path]?.risk;
    return risk !== undefined && applies(risk, change, unknown) ? [{ change, risk }] : [];
  });
}

function applies(
  { when }: Risk,
  { from, to, isNewlyDeclared: isNewlyDeclared = false }: PreviewedChange,
  unknown: string | undefined,
): boolean {
  if (when === "changed") return isNewlyDeclared || from !== undefined;
  return (isNewlyDeclared || from === true) && (isBlank(to) || to === unknown);
}

/** The words of a warning; a preview does not always know both values. */
export function riskWarning(
  {
    change: { path, to, isNewlyDeclared: isNewlyDeclared },
    risk: { when, impact: because },
  }: RiskyChange,
  [from, into]: readonly [from: string, into: string],
  unknown: string,
): string {
  const ifSo = `if that ${when === "changed" ? "changes it" : "switches it off"}, ${because}`;
  if (isNewlyDeclared) return `${path} is newly stated as ${into}: ${ifSo}.`;
  if (to === unknown)
    return `${path} may change from ${from}, as its value is not known yet: ${ifSo}.`;
  return `${path} goes from ${from} to ${into}: ${because}.`;
}
