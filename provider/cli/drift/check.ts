import type { EngineEvent, Stack } from "@pulumi/pulumi/automation/index.js";
import { errorOf, resourceOf, type SeenResource } from "./events.js";
import type { StackReport } from "./report.js";

/** A stack to check: a project's folder, and the stack's name, or the one that is selected there. */
export interface StackChoice {
  readonly dir: string;
  readonly stack: string | undefined;
}

/** What a check found, and what a repair needs to know besides. */
export interface CheckedStack {
  readonly choice: StackChoice;
  readonly report: StackReport;
  readonly seen: readonly SeenResource[];
}

export interface CheckOptions {
  /** Runs the program for fresh provider configuration, in place of the one in state. */
  readonly runProgram: boolean;
}

/**
 * Runs the engine's refresh preview on a stack, which changes nothing, and reads from the engine's
 * events what drifted. Never throws: trouble is what the report of this stack says.
 */
export async function checkStack(
  choice: StackChoice,
  options: CheckOptions,
): Promise<CheckedStack> {
  const seen: SeenResource[] = [];
  const errors: string[] = [];
  const onEvent = (event: EngineEvent) => {
    const resource = resourceOf(event);
    if (resource !== undefined) seen.push(resource);
    const error = errorOf(event);
    if (error !== undefined) errors.push(error);
  };
  let names = { project: choice.dir, stack: choice.stack ?? "" };
  try {
    const opened = await openStack(choice);
    names = opened.names;
    await opened.stack.previewRefresh({ onEvent, runProgram: options.runProgram, color: "never" });
    return { choice, seen, report: { ...names, dir: choice.dir, ...outcome(seen) } };
  } catch (error) {
    const reason = [...new Set(errors)].join("\n") || reasonOf(error);
    return {
      choice,
      seen: [],
      report: { ...names, dir: choice.dir, status: "failed", error: reason, resources: [] },
    };
  }
}

function outcome(seen: readonly SeenResource[]): Pick<StackReport, "status" | "resources"> {
  const drifted = seen.filter((resource) => resource.drifted);
  return {
    status: drifted.length > 0 ? "drifted" : "clean",
    resources: drifted.map(({ report }) => report),
  };
}

/** @throws Error where there is no such project or stack. */
export async function openStack({ dir, stack }: StackChoice): Promise<{
  readonly stack: Stack;
  readonly names: { readonly project: string; readonly stack: string };
}> {
  // Loaded here and not before: it takes a second that no other command should wait for.
  const { LocalWorkspace } = await import("@pulumi/pulumi/automation/index.js");
  const workspace = await LocalWorkspace.create({ workDir: dir });
  const { name: project } = await workspace.projectSettings();
  const stackName = stack ?? (await workspace.stack())?.name;
  if (stackName === undefined)
    throw new Error(
      `No stack is selected in ${dir}: name one by --stack, or run pulumi stack select.`,
    );
  return {
    stack: await LocalWorkspace.selectStack({ stackName, workDir: dir }),
    names: { project, stack: stackName },
  };
}

/** The lines of a failed CLI run that say why; its whole output is pages long. */
function reasonOf(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  const lines = text.split("\n").filter((line) => /^\s*(?:stderr: )?error: /.test(line));
  const reasons = lines.map((line) => line.replace(/^\s*(?:stderr: )?error: /, ""));
  return [...new Set(reasons)].join("\n") || (text.split("\n")[0] ?? text);
}
