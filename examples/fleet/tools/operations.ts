import { LocalWorkspace, type OpMap, type Stack } from "@pulumi/pulumi/automation";
import type { Outcome } from "./journal";

/** What can be done to a stack. */
export const operations = {
  /** What `up` would do. */
  async preview(stack: Stack): Promise<Outcome> {
    const errors = errorsOf();
    const { changeSummary } = await stack.preview({ onEvent: errors.hear }).catch(errors.rethrow);
    return { status: "done", text: told(changeSummary) };
  },

  /** Deploys. */
  async up(stack: Stack): Promise<Outcome> {
    const errors = errorsOf();
    const { summary } = await stack.up({ onEvent: errors.hear }).catch(errors.rethrow);
    return { status: "done", text: told(summary.resourceChanges ?? {}) };
  },

  /** Whether anything is no longer as it was deployed. */
  async drift(stack: Stack): Promise<Outcome> {
    const errors = errorsOf();
    const { changeSummary } = await stack
      .previewRefresh({ onEvent: errors.hear })
      .catch(errors.rethrow);
    const changed = Object.keys(changeSummary).some((operation) => operation !== "same");
    return { status: changed ? "drifted" : "done", text: told(changeSummary) };
  },
} as const;

export type Operation = keyof typeof operations;

/** The stack of that name; it is made if it does not exist. */
export function openStack(workDir: string, stackName: string): Promise<Stack> {
  return LocalWorkspace.createOrSelectStack({ stackName, workDir });
}

/**
 * The project's stacks that hold something and that the file does not make. Those of another
 * organization of Pulumi Cloud, which it names before the stack, are none of this fleet's.
 */
export async function stacksLeft(workDir: string, made: ReadonlySet<string>): Promise<string[]> {
  const workspace = await LocalWorkspace.create({ workDir });
  const stacks = await workspace.listStacks();
  return stacks
    .filter(({ name, resourceCount }) => resourceCount !== 0 && !name.includes("/"))
    .map(({ name }) => name)
    .filter((name) => !made.has(name));
}

type OnEvent = NonNullable<NonNullable<Parameters<Stack["up"]>[0]>["onEvent"]>;

/** Collects what the engine reports as errors: the message of a failed CLI is its whole output. */
function errorsOf() {
  const errors = new Set<string>();
  const hear: OnEvent = ({ diagnosticEvent }) => {
    if (diagnosticEvent?.severity === "error") errors.add(diagnosticEvent.message.trim());
  };
  const rethrow = (error: unknown): never => {
    throw errors.size > 0 ? new Error([...errors].join("\n")) : error;
  };
  return { hear, rethrow };
}

function told(changes: OpMap): string {
  const parts = Object.entries(changes).map(
    ([operation, count]) => `${String(count)} ${operation}`,
  );
  return parts.join(", ") || "nothing to do";
}
