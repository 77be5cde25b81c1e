import type { Danger, Description } from "./description.js";
import { managedSettings, valueIn, isInForce, type ManagedSetting } from "./managed.js";
import type { Change } from "./plan.js";
import type { SettingValues } from "./values.js";

/** What changes between two statements of the same settings. */
export function statedChanges(
  description: Description,
  before: SettingValues,
  after: SettingValues,
): Change[] {
  return managedSettings(description, after)
    .filter((managed) => valueIn(before, managed) !== undefined)
    .filter((managed) => !isInForce(managed, before, after))
    .map((managed) => ({ path: managed.path, from: valueIn(before, managed), to: managed.value }));
}

/** Settings that were stated, are no longer, and were not empty: they stay as they are. */
export function released(
  description: Description,
  before: SettingValues,
  after: SettingValues,
): ManagedSetting[] {
  const still = new Set(managedSettings(description, after).map(({ path }) => path));
  return managedSettings(description, before).filter(({ path }) => !still.has(path));
}

/** The changes that a person should be warned of, each with the reason. */
export function dangers(
  { settings }: Description,
  changes: readonly Change[],
): { readonly change: Change; readonly because: string }[] {
  return changes.flatMap((change) => {
    const danger = settings[change.path]?.danger;
    return danger !== undefined && applies(danger, change)
      ? [{ change, because: danger.because }]
      : [];
  });
}

function applies({ when }: Danger, { from, to }: Change): boolean {
  return when === "changed" ? from !== undefined : from === true && to === false;
}
