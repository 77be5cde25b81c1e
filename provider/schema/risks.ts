import type { Definition, Risk, Setting } from "./definition.js";
import { parseDuration } from "./duration.js";
import { areEquivalent, isBlank, isEmpty } from "./equality.js";
import { changedFields, managedFields, valueIn, type ManagedField } from "./managed-fields.js";
import type { Change } from "./request-body.js";
import { UNKNOWN, type SettingValues } from "./values.js";

/** A change as far as a preview knows it. */
export interface PreviewedChange extends Change {
  /** The last deployment did not manage the field, so the preview of an update does not know its live value. */
  readonly isNewlyDeclared?: boolean;
}

export interface RiskyChange {
  readonly change: PreviewedChange;
  readonly risk: Risk;
}

/** The changes between the last deployed and the declared values. */
export function declaredChanges(
  definition: Definition,
  lastDeployed: SettingValues,
  declared: SettingValues,
): PreviewedChange[] {
  const deployed = new Set(managedFields(definition, lastDeployed).map(({ path }) => path));
  return changedFields(definition, lastDeployed, declared).map((field) => ({
    path: field.path,
    input: field.input,
    from: valueIn(lastDeployed, field),
    to: field.value,
    isNewlyDeclared: !deployed.has(field.path),
  }));
}

/**
 * Fields that were declared, are no longer, and were not empty: they keep their live values. An object that is not
 * known yet may declare any member.
 */
export function noLongerManaged(
  definition: Definition,
  before: SettingValues,
  after: SettingValues,
): ManagedField[] {
  const still = new Set(managedFields(definition, after).map(({ path }) => path));
  return managedFields(definition, before).filter(
    ({ path, input, setting, value }) =>
      !still.has(path) && after[input] !== UNKNOWN && !isEmpty(setting, value),
  );
}

/** The changes with consequences for people. */
export function riskyChanges(
  definition: Definition,
  changes: readonly PreviewedChange[],
): RiskyChange[] {
  return changes.flatMap((change) => {
    const setting = settingOf(definition, change);
    if (setting === undefined) return [];
    return (setting.risks ?? [])
      .filter((risk) => applies(risk, setting, change))
      .map((risk) => ({ change, risk }));
  });
}

/** The setting that a change is about, or the member of it. */
function settingOf(
  { settings }: Definition,
  { path, input }: PreviewedChange,
): Setting | undefined {
  const setting = settings[input];
  if (path === input || setting === undefined) return setting;
  return "members" in setting ? setting.members[path.slice(input.length + 1)] : undefined;
}

/** A newly declared setting may have any live value, so a risk applies if it does for one of them. */
function applies(
  { when, includesFirst }: Risk,
  setting: Setting,
  { from, to, isNewlyDeclared = false }: PreviewedChange,
): boolean {
  switch (when) {
    case "changed":
      return isNewlyDeclared || (!isBlank(from) && !areEquivalent(setting, from, to));
    case "switched off":
      return (isNewlyDeclared || from === true) && (isBlank(to) || to === UNKNOWN);
    case "switched on":
      return (isNewlyDeclared || isBlank(from)) && (to === true || to === UNKNOWN);
    case "longer": {
      const before = isNewlyDeclared ? 0n : lengthOf(setting, from);
      const after = lengthOf(setting, to);
      return before !== undefined && (to === UNKNOWN || (after !== undefined && after > before));
    }
    case "items added": {
      const before: readonly unknown[] = Array.isArray(from) ? from : [];
      const counts = isNewlyDeclared || includesFirst === true || before.length > 0;
      return counts && hasMore(setting, before, to);
    }
  }
}

/** The duration that is in effect; undefined if Cloudflare does not document it. */
function lengthOf(setting: Setting, value: unknown): bigint | undefined {
  const unset = setting.type === "duration" ? setting.effectiveDefault : undefined;
  const effective = isBlank(value) ? unset : value;
  return typeof effective === "string" ? parseDuration(effective) : undefined;
}

function hasMore(setting: Setting, from: readonly unknown[], to: unknown): boolean {
  if (to === UNKNOWN) return true;
  if (!Array.isArray(to)) return false;
  const isIn = (item: unknown) => from.some((one) => areEquivalent(setting, [one], [item]));
  return to.some((item) => item === UNKNOWN || !isIn(item));
}

/**
 * The text of a warning about a risky change. It does not repeat the last deployed value, which may have been a
 * secret; the diff shows it if it was none.
 *
 * @param into The declared value, for display.
 */
export function riskWarning(
  { change: { path, to, isNewlyDeclared }, risk: { when, impact } }: RiskyChange,
  into: string,
): string {
  const clause = impactClause(impact);
  if (isNewlyDeclared && to === UNKNOWN)
    return `${path} is newly declared; its value is not known yet. Possible impact: ${impact}.`;
  if (isNewlyDeclared)
    return `${path} is newly declared as ${into}. If ${LIVE_CONDITIONS[when]}, ${clause}.`;
  if (to === UNKNOWN)
    return `${path} may change; its new value is not known yet. If it is ${CONDITIONS[when]}, ${clause}.`;
  return `${path} changes to ${into}. ${impact}.`;
}

/** The impact as the end of a sentence. An acronym such as "WARP" keeps its case. */
export function impactClause(impact: string): string {
  return impact.replace(/^[A-Z](?=[a-z])/, (letter) => letter.toLowerCase());
}

/** Under which live value a newly declared one is a risk. */
const LIVE_CONDITIONS: Readonly<Record<Risk["when"], string>> = {
  changed: "the live value differs",
  "switched off": "the live value differs",
  "switched on": "the live value differs",
  longer: "the live value is shorter",
  "items added": "the live list lacks one of these items",
};

/** Under which new value a change is a risk. */
const CONDITIONS: Readonly<Record<Risk["when"], string>> = {
  changed: "changed",
  "switched off": "switched off",
  "switched on": "switched on",
  longer: "longer",
  "items added": "extended",
};
