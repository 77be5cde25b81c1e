import {
  LocalWorkspace,
  type EngineEvent,
  type OpMap,
  type Stack,
} from "@pulumi/pulumi/automation";
import type { Outcome } from "./journal";

/** The operations on one stack. */
export const operations = {
  /** Shows what `up` would do. */
  async preview(stack: Stack): Promise<Outcome> {
    const diagnostics = collectDiagnostics();
    const { changeSummary } = await stack
      .preview({ onEvent: diagnostics.onEvent })
      .catch(diagnostics.rethrow);
    const text = counts(changeSummary, {
      create: "to create",
      update: "to update",
      delete: "to delete",
    });
    return { status: "previewed", text, details: diagnostics.details() };
  },

  /** Deploys. */
  async up(stack: Stack): Promise<Outcome> {
    const diagnostics = collectDiagnostics();
    const { summary } = await stack.up({ onEvent: diagnostics.onEvent }).catch(diagnostics.rethrow);
    const text = counts(summary.resourceChanges ?? {}, {
      create: "created",
      update: "updated",
      delete: "deleted",
    });
    return { status: "deployed", text, details: diagnostics.details() };
  },

  /** Reports whether live settings differ from the last deployed ones. Changes nothing. */
  async drift(stack: Stack): Promise<Outcome> {
    const diagnostics = collectDiagnostics();
    const { changeSummary } = await stack
      .previewRefresh({ onEvent: diagnostics.onEvent })
      .catch(diagnostics.rethrow);
    const changed = Object.keys(changeSummary).some((operation) => operation !== "same");
    const text = counts(changeSummary, { update: "drifted", delete: "not found" });
    return { status: changed ? "drifted" : "no drift", text };
  },
} as const;

export type Operation = keyof typeof operations;

/** Selects the stack of that name, and creates it if it does not exist. */
export function openStack(workDir: string, stackName: string): Promise<Stack> {
  return LocalWorkspace.createOrSelectStack({ stackName, workDir });
}

/**
 * Returns the project's stacks that have resources and are not in the file. Stacks of other Pulumi
 * Cloud organizations, whose names contain a slash, do not belong to this fleet.
 */
export async function leftoverStacks(
  workDir: string,
  expected: ReadonlySet<string>,
): Promise<string[]> {
  const workspace = await LocalWorkspace.create({ workDir });
  const stacks = await workspace.listStacks();
  return stacks
    .filter(({ name, resourceCount }) => resourceCount !== 0 && !name.includes("/"))
    .map(({ name }) => name)
    .filter((name) => !expected.has(name));
}

/** The severities to show. The engine also sends "debug", which the SDK's type lacks. */
const SHOWN: readonly string[] = ["info", "info#err", "warning"];

/** Collects the engine's diagnostics: the error of a failed CLI contains its complete output. */
export function collectDiagnostics() {
  const errors = new Set<string>();
  const others: string[] = [];
  const onEvent = ({ diagnosticEvent: diagnostic }: EngineEvent) => {
    if (diagnostic === undefined || diagnostic.ephemeral === true) return;
    // The engine reports a failed preview twice, and adds "update failed" to every failure.
    const message = diagnostic.message.trimEnd().replace(/^Preview failed: /, "");
    if (message === "" || /^(preview|update) failed$/.test(message)) return;
    const text = `${diagnostic.prefix ?? ""}${message}`;
    if (diagnostic.severity === "error") errors.add(text);
    else if (SHOWN.includes(diagnostic.severity)) others.push(text);
  };
  const rethrow = (error: unknown): never => {
    throw errors.size > 0 ? new Error([...errors].join("\n")) : error;
  };
  return { onEvent, rethrow, details: (): readonly string[] => others };
}

/** Counts the resources for each operation. `words` has the name that the output shows for each operation. */
export function counts(changes: OpMap, words: Readonly<Record<string, string>>): string {
  const all: Readonly<Record<string, string>> = { same: "unchanged", ...words };
  const parts = Object.entries(changes).map(
    ([operation, count]) => `${String(count)} ${all[operation] ?? operation}`,
  );
  return parts.join(", ") || "no changes";
}
