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
    return { status: "done", text: counts(changeSummary), details: diagnostics.details() };
  },

  /** Deploys. */
  async up(stack: Stack): Promise<Outcome> {
    const diagnostics = collectDiagnostics();
    const { summary } = await stack.up({ onEvent: diagnostics.onEvent }).catch(diagnostics.rethrow);
    const text = counts(summary.resourceChanges ?? {});
    return { status: "done", text, details: diagnostics.details() };
  },

  /** Reports whether live settings differ from the last deployed ones. Changes nothing. */
  async drift(stack: Stack): Promise<Outcome> {
    const diagnostics = collectDiagnostics();
    const { changeSummary } = await stack
      .previewRefresh({ onEvent: diagnostics.onEvent })
      .catch(diagnostics.rethrow);
    const changed = Object.keys(changeSummary).some((operation) => operation !== "same");
    return { status: changed ? "drifted" : "done", text: counts(changeSummary) };
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
function collectDiagnostics() {
  const errors = new Set<string>();
  const others = new Set<string>();
  const onEvent = ({ diagnosticEvent: diagnostic }: EngineEvent) => {
    if (diagnostic === undefined || diagnostic.ephemeral === true) return;
    const text = `${diagnostic.prefix ?? ""}${diagnostic.message}`.trim();
    if (diagnostic.severity === "error") errors.add(text);
    else if (SHOWN.includes(diagnostic.severity)) others.add(text);
  };
  const rethrow = (error: unknown): never => {
    throw errors.size > 0 ? new Error([...errors].join("\n")) : error;
  };
  return { onEvent, rethrow, details: () => [...others] };
}

function counts(changes: OpMap): string {
  const parts = Object.entries(changes).map(
    ([operation, count]) => `${String(count)} ${operation}`,
  );
  return parts.join(", ") || "no changes";
}
