import type { Danger, Description } from "./description.js";
import { managedSettings, valueIn, isInForce, type ManagedSetting } from "./managed.js";
import { isBlank, isEmpty } from "./meaning.js";
import type { Change } from "./plan.js";
import type { SettingValues } from "./values.js";

/** A change as far as a preview can tell. */
export interface ForetoldChange extends Change {
  /** The last deployment did not state it, so that the live value is not known. */
  readonly isNewlyStated?: boolean;
}

/** A change that a person should be warned of. */
export interface DangerousChange {
  readonly change: ForetoldChange;
  readonly danger: Danger;
}

/** What changes, or may change, between two statements of the same settings. */
export function statedChanges(
  description: Description,
  before: SettingValues,
  after: SettingValues,
): ForetoldChange[] {
  return managedSettings(description, after).flatMap((managed) => {
    const from = valueIn(before, managed);
    const isNewlyStated = from === undefined;
    const change = { path: managed.path, from, to: managed.value, isNewlyStated };
    return isNewlyStated || !isInForce(managed, before, after) ? [change] : [];
  });
}

/**
 * Settings that were stated, are no longer, and were not empty: they stay as they are.
 *
 * @param unknown The value that stands for one not known yet: such an object may state any member.
 */
export function released(
  description: Description,
  before: SettingValues,
  after: SettingValues,
  unknown: string,
): ManagedSetting[] {
  const still = new Set(managedSettings(description, after).map(({ path }) => path));
  return managedSettings(description, before).filter(
    ({ path, argument, setting, value }) =>
      !still.has(path) && after[argument] !== unknown && !isEmpty(setting, value),
  );
}

/** The changes that a person should be warned of. */
export function dangers(
  { settings }: Description,
  changes: readonly ForetoldChange[],
  unknown?: string,
): DangerousChange[] {
  return changes.flatMap((change) => {
    const danger = settings[change.path]?.danger;
    return danger !== undefined && applies(danger, change, unknown) ? [{ change, danger }] : [];
  });
}

function applies(
  { when }: Danger,
  { from, to, isNewlyStated = false }: ForetoldChange,
  unknown: string | undefined,
): boolean {
  if (when === "changed") return isNewlyStated || from !== undefined;
  return (isNewlyStated || from === true) && (isBlank(to) || to === unknown);
}

/** The words of a warning; a preview does not always know both values. */
export function warningOf(
  { change: { path, to, isNewlyStated }, danger: { when, because } }: DangerousChange,
  [from, into]: readonly [from: string, into: string],
  unknown: string,
): string {
  const ifSo = `if that ${when === "changed" ? "changes it" : "switches it off"}, ${because}`;
  if (isNewlyStated) return `${path} is newly stated as ${into}: ${ifSo}.`;
  if (to === unknown)
    return `${path} may change from ${from}, as its value is not known yet: ${ifSo}.`;
  return `${path} goes from ${from} to ${into}: ${because}.`;
}
