import type { EngineEvent } from "@pulumi/pulumi/automation/index.js";
import { resourceOf, type SeenResource } from "./events.js";
import { openProject, openStack, stackName, type Cli, type StackChoice } from "./open.js";
import type { StackReport } from "./report-schema.js";
import { reasonOf, runEngine } from "./run-engine.js";

/** What a check found, and what a repair needs to know besides. */
export interface CheckedStack {
  readonly dir: string;
  readonly report: StackReport;
  readonly seen: readonly SeenResource[];
}

export interface CheckOptions {
  /** Runs the program for fresh provider configuration, in place of the one in state. */
  readonly runProgram: boolean;
  /** Interrupts the engine. */
  readonly signal: AbortSignal;
}

/**
 * Runs the engine's refresh preview on a stack, which changes nothing, and reads from the engine's
 * events what drifted. Never throws: trouble is what the report of this stack says, beside what
 * was found until then.
 */
export async function checkStack(
  cli: Cli,
  choice: StackChoice,
  { runProgram, signal }: CheckOptions,
): Promise<CheckedStack> {
  const { dir } = choice;
  const names = { project: dir, stack: choice.stack ?? "" };
  const seen: SeenResource[] = [];
  const hear = (event: EngineEvent) => {
    const resource = resourceOf(event);
    if (resource !== undefined) seen.push(resource);
  };
  const drifted = () => seen.filter((resource) => resource.drifted).map(({ report }) => report);
  try {
    const project = await openProject(cli, dir);
    names.project = project.name;
    names.stack = await stackName(project, choice);
    const stack = await openStack(project, names.stack);
    await runEngine(
      (onEvent) => stack.previewRefresh({ onEvent, runProgram, color: "never", signal }),
      hear,
    );
    const resources = drifted();
    const status = resources.length > 0 ? "drifted" : "clean";
    return { dir, seen, report: { ...names, dir, status, resources } };
  } catch (error) {
    return { dir, seen, report: { ...failedReport(dir, error), ...names, resources: drifted() } };
  }
}

/** The report of a folder, or of a stack in it, that can't be checked. */
export function failedReport(dir: string, error: unknown): StackReport {
  const names = { project: dir, stack: "" };
  return { ...names, dir, status: "failed", error: reasonOf(error), resources: [] };
}
