import type { Stack } from "@pulumi/pulumi/automation/index.js";
import { displayLines, stackTitle } from "./display.js";
import {
  PROVIDER_TARGET,
  refreshedResource,
  RESOURCE_TARGETS,
  type RefreshedResource,
} from "./engine-events.js";
import type { StackReport } from "./report-schema.js";
import { providerMessage, reasonOf, runEngine } from "./run-engine.js";
import { openProject, openStack, stackName, type Cli, type StackChoice } from "./workspace.js";

/** A checked stack: its report, and what a remediation needs in addition. */
export interface CheckedStack {
  readonly dir: string;
  readonly report: StackReport;
  /** All resources of this package in the stack, with and without drift. */
  readonly resources: readonly RefreshedResource[];
}

export interface CheckOptions {
  /** Runs the program for current provider configuration, instead of the one in state. */
  readonly runProgram: boolean;
  /** Interrupts the engine. */
  readonly signal: AbortSignal;
  /** Receives what the provider prints, such as waits for the rate limit. */
  readonly log: (line: string) => void;
}

/**
 * Checks a stack. Never throws: the report of a stack that could not be checked has the reason and
 * the drift that was found before the failure.
 */
export async function checkStack(
  cli: Cli,
  choice: StackChoice,
  options: CheckOptions,
): Promise<CheckedStack> {
  const { dir } = choice;
  const names = { project: dir, stack: choice.stack ?? "" };
  const resources: RefreshedResource[] = [];
  const drifted = () =>
    resources.filter((resource) => resource.drifted).map(({ report }) => report);
  try {
    const project = await openProject(cli, dir);
    names.project = project.name;
    names.stack = await stackName(project, choice);
    const stack = await openStack(project, names.stack);
    const log = (line: string) => options.log(`${stackTitle(names)}: ${line}`);
    await previewRefresh(stack, RESOURCE_TARGETS, { ...options, log }, (resource) =>
      resources.push(resource),
    );
    const status = resources.length === 0 ? "empty" : drifted().length > 0 ? "drifted" : "clean";
    return { dir, resources, report: { ...names, dir, status, resources: drifted() } };
  } catch (error) {
    const reason = withHint(reasonOf(error), options);
    const report: StackReport = { ...names, dir, status: "failed", error: reason, resources: [] };
    return { dir, resources, report: { ...report, resources: drifted() } };
  }
}

/**
 * Runs the engine's refresh preview for some resources of this package. It changes neither state
 * nor Cloudflare.
 *
 * @throws CommandError if it fails. The resources refreshed until then have been passed on.
 */
export async function previewRefresh(
  stack: Stack,
  targets: readonly string[],
  { runProgram, signal, log }: CheckOptions,
  onResource: (resource: RefreshedResource) => void,
): Promise<void> {
  const target = runProgram ? [...targets, PROVIDER_TARGET] : [...targets];
  await runEngine(
    (onEvent) => stack.previewRefresh({ onEvent, target, runProgram, color: "never", signal }),
    (event) => {
      const resource = refreshedResource(event);
      if (resource !== undefined) onResource(resource);
      const message = providerMessage(event);
      if (message !== undefined) log(displayLines(message.message));
    },
  );
}

/** The report of a directory whose stacks cannot be checked. */
export function failedReport(dir: string, error: unknown): StackReport {
  return { project: dir, stack: "", dir, status: "failed", error: reasonOf(error), resources: [] };
}

/** What the provider says if it finds no credentials. */
const NO_CREDENTIALS = /\bno (?:Cloudflare )?credentials\b/i;

function withHint(reason: string, { runProgram }: CheckOptions): string {
  if (runProgram || !NO_CREDENTIALS.test(reason)) return reason;
  return `${reason}\nA refresh uses the environment and the stack configuration of the last deployment. If the credentials were added with \`pulumi config set\` since then, run \`pulumi up\` once or add --run-program.`;
}
