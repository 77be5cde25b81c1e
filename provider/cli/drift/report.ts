import type { DriftReport, DriftSummary, ResourceReport, StackReport } from "./report-schema.js";

/** A report of stacks, the most urgent ones first, and otherwise in the order in which they are given. */
export function reportOf(checkedAt: Date, stacks: readonly StackReport[]): DriftReport {
  const drifted = stacks.filter((stack) => driftCount(stack) > 0);
  return {
    version: 1,
    checkedAt: checkedAt.toISOString(),
    summary: {
      stacks: stacks.length,
      drifted: drifted.length,
      failed: stacks.filter(({ status }) => status === "failed").length,
      settings: stacks.reduce((sum, stack) => sum + driftCount(stack), 0),
    },
    stacks: URGENCY.flatMap((_, rank) => stacks.filter((stack) => rankOf(stack) === rank)).map(
      (stack) => ({ ...stack, resources: dangerousResourcesFirst(stack.resources) }),
    ),
  };
}

const URGENCY: readonly ((stack: StackReport) => boolean)[] = [
  ({ resources }) => resources.some(isDangerous),
  (stack) => driftCount(stack) > 0,
  ({ status }) => status === "failed",
  () => true,
];

function rankOf(stack: StackReport): number {
  return URGENCY.findIndex((holds) => holds(stack));
}

/** How many settings of a stack drifted; an object that is gone counts as one. */
export function driftCount({ resources }: Pick<StackReport, "resources">): number {
  return resources.reduce((sum, { gone, settings }) => sum + (gone ? 1 : settings.length), 0);
}

function isDangerous({ gone, settings }: ResourceReport): boolean {
  return gone || settings.some(({ danger }) => danger !== undefined);
}

function dangerousResourcesFirst(resources: readonly ResourceReport[]): ResourceReport[] {
  return [
    ...resources.filter(isDangerous),
    ...resources.filter((resource) => !isDangerous(resource)),
  ];
}

/** Orders what a person should see first to the front, and keeps the order otherwise. */
export function dangerousFirst<T extends { readonly danger?: string | undefined }>(
  items: readonly T[],
): T[] {
  return [...items.filter(({ danger }) => danger), ...items.filter(({ danger }) => !danger)];
}

/** A line for a person: how many of how many. */
export function summaryLine({ stacks, drifted, failed, settings }: DriftSummary): string {
  const checked = stacks - failed;
  const parts = [
    ...(drifted > 0
      ? [`${count(settings, "setting")} drifted in ${drifted} of ${count(stacks, "stack")}.`]
      : checked > 0
        ? [`No drift in ${count(checked, "stack")}.`]
        : []),
    ...(failed > 0 ? [`${count(failed, "stack")} could not be checked.`] : []),
  ];
  return parts.join(" ") || "There are no stacks to check.";
}

export function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? "" : "s"}`;
}
