import type {
  ChangedBy,
  DriftReport,
  DriftSummary,
  Remediation,
  ResourceReport,
  SettingDrift,
  StackReport,
} from "./report-schema.js";

/** Builds the report: the most urgent stacks and resources first, otherwise in the given order. */
export function reportOf(checkedAt: Date, stacks: readonly StackReport[]): DriftReport {
  return {
    version: 2,
    checkedAt: checkedAt.toISOString(),
    summary: summaryOf(stacks),
    stacks: URGENCY.flatMap((_, rank) => stacks.filter((stack) => rankOf(stack) === rank)).map(
      (stack) => ({ ...stack, resources: riskyResourcesFirst(stack.resources) }),
    ),
  };
}

function summaryOf(stacks: readonly StackReport[]): DriftSummary {
  const resources = stacks.flatMap((stack) => stack.resources);
  const sum = (number: (resource: ResourceReport) => number) =>
    resources.reduce((total, resource) => total + number(resource), 0);
  const remediations = resources.flatMap(({ remediation }) => remediation ?? []);
  const results = (result: Remediation["result"]) =>
    remediations.filter((remediation) => remediation.result === result).length;
  return {
    stacks: stacks.length,
    drifted: stacks.filter((stack) => driftCount(stack) > 0).length,
    failed: stacks.filter(({ status }) => status === "failed").length,
    empty: stacks.filter(({ status }) => status === "empty").length,
    settings: sum(settingCount),
    risks: sum(riskCount),
    remaining: sum((resource) => remainingDrift(resource).settings),
    ...(remediations.length === 0
      ? {}
      : {
          remediation: {
            remediated: results("remediated"),
            notApplied: results("notApplied"),
            skipped: results("skipped"),
            failed: results("failed"),
          },
        }),
  };
}

const URGENCY: readonly ((stack: StackReport) => boolean)[] = [
  ({ resources }) => resources.some(isRisky),
  (stack) => driftCount(stack) > 0,
  ({ status }) => status === "failed",
  () => true,
];

function rankOf(stack: StackReport): number {
  return URGENCY.findIndex((applies) => applies(stack));
}

/** Counts the drifted settings of a stack. An object that was not found counts as one. */
export function driftCount({ resources }: Pick<StackReport, "resources">): number {
  return resources.reduce((sum, resource) => sum + settingCount(resource), 0);
}

function settingCount({ notFound, settings }: ResourceReport): number {
  return notFound ? 1 : settings.length;
}

function riskCount({ notFound, settings }: ResourceReport): number {
  return notFound ? 1 : settings.filter(({ risk }) => risk !== undefined).length;
}

function isRisky(resource: ResourceReport): boolean {
  return riskCount(resource) > 0;
}

/** Counts the settings of a resource that are drifted after the remediation, if there was one. */
function remainingDrift(resource: ResourceReport): { settings: number; risks: number } {
  const { remediation, settings } = resource;
  if (remediation?.result === "remediated") return { settings: 0, risks: 0 };
  if (remediation?.result !== "notApplied")
    return { settings: settingCount(resource), risks: riskCount(resource) };
  const remaining = new Set(remediation.notApplied);
  const risky = settings.filter(
    ({ setting, risk }) => risk !== undefined && remaining.has(setting),
  );
  return { settings: remaining.size, risks: risky.length };
}

function riskyResourcesFirst(resources: readonly ResourceReport[]): ResourceReport[] {
  return [...resources.filter(isRisky), ...resources.filter((resource) => !isRisky(resource))];
}

/** Moves risky items to the front and keeps the order otherwise. */
export function riskyFirst<T extends { readonly risk?: string | undefined }>(
  items: readonly T[],
): T[] {
  return [...items.filter(({ risk }) => risk), ...items.filter(({ risk }) => !risk)];
}

/** What makes the command exit with 7: any drift, or only risky drift. */
export type FailOn = "drift" | "risk";

/** The exit code that a report stands for: 0, 1 after a failure, 7 for drift (as in Pulumi's CLI). */
export function exitCodeOf({ summary, stacks }: DriftReport, failOn: FailOn): 0 | 1 | 7 {
  if (summary.failed > 0 || (summary.remediation?.failed ?? 0) > 0) return 1;
  const remaining = stacks.flatMap(({ resources }) => resources.map(remainingDrift));
  const counted = remaining.some(({ settings, risks }) =>
    failOn === "risk" ? risks > 0 : settings > 0,
  );
  return counted ? 7 : 0;
}

/** Summarizes a report in one line. */
export function summaryLine(summary: DriftSummary): string {
  const { stacks, drifted, failed, empty, settings, remediation } = summary;
  const clean = stacks - drifted - failed - empty;
  const parts = [
    ...(drifted > 0
      ? [`${count(settings, "setting")} drifted in ${drifted} of ${count(stacks, "stack")}.`]
      : clean > 0
        ? [`No drift in ${count(clean, "stack")}.`]
        : []),
    ...(failed > 0 ? [`${count(failed, "stack")} could not be checked.`] : []),
    ...(empty > 0 ? [`${count(empty, "stack")} without Zero Trust resources that can drift.`] : []),
    ...(remediation === undefined ? [] : [remediationLine(remediation)]),
  ];
  return parts.join(" ") || "No stacks to check.";
}

/** Summarizes a remediation in one line, such as "Remediation: 2 remediated, 1 skipped." */
export function remediationLine(summary: NonNullable<DriftSummary["remediation"]>): string {
  const { remediated, notApplied, skipped, failed } = summary;
  const parts = [
    ...(remediated > 0 ? [`${remediated} remediated`] : []),
    ...(notApplied > 0 ? [`${notApplied} not applied`] : []),
    ...(skipped > 0 ? [`${skipped} skipped`] : []),
    ...(failed > 0 ? [`${failed} failed`] : []),
  ];
  return `Remediation: ${parts.join(", ")}.`;
}

/** Describes the result of a resource's remediation, such as "skipped: <reason>". */
export function remediationText({ result, reason, notApplied = [] }: Remediation): string {
  if (result === "notApplied")
    return `not applied: Cloudflare accepted the write but still shows another value for ${notApplied.join(", ")}`;
  return reason === undefined ? result : `${result}: ${reason}`;
}

/** Describes who changed a setting, such as "changed by alex@example.com (dashboard) at <time>, ray <id>". */
export function changedByText({ match, reason, actor, via, at, rayId }: ChangedBy): string {
  if (match === "unknown") return `actor unknown: ${(reason ?? "no reason").replace(/\.$/, "")}`;
  return [
    `${match === "probable" ? "probably " : ""}changed by ${actor ?? "unnamed actor"}`,
    ...(via === undefined ? [] : [` (${via})`]),
    ...(at === undefined ? [] : [` at ${at}`]),
    ...(rayId === undefined ? [] : [`, ray ${rayId}`]),
  ].join("");
}

/** Groups drifted settings by the description of who changed them. */
export function changesOf(
  settings: readonly SettingDrift[],
): { readonly settings: readonly string[]; readonly text: string }[] {
  const groups = new Map<string, string[]>();
  for (const { setting, changedBy } of settings) {
    if (changedBy === undefined) continue;
    const text = changedByText(changedBy);
    groups.set(text, [...(groups.get(text) ?? []), setting]);
  }
  return [...groups].map(([text, names]) => ({ settings: names, text }));
}

export function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? "" : "s"}`;
}
