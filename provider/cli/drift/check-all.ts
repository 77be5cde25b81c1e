import { Semaphore } from "async-mutex";
import { exitBySignal, onSignals, type EndSignal } from "../signals.js";
import type { Terminal } from "../terminal.js";
import { checkStack, failedReport, type CheckedStack } from "./check.js";
import { openProject, type Cli, type StackChoice } from "./open.js";
import { showProgress } from "./progress.js";
import { count, driftCount } from "./report.js";
import type { StackReport } from "./report-schema.js";
import { titleOf, visible } from "./show.js";

/** Which stacks are checked. */
export interface ChoiceOptions {
  readonly dir?: readonly string[];
  readonly stack?: readonly string[];
  readonly allStacks?: true;
  readonly concurrency: number;
}

/** What is to be checked, and the folders that say nothing of their stacks. */
export interface Choices {
  readonly stacks: readonly StackChoice[];
  readonly failed: readonly CheckedStack[];
}

/** Never throws: a folder whose stacks can't be listed does not hide the others. */
export async function choicesOf(
  cli: Cli,
  { dir: dirs = ["."], stack: stacks, allStacks, concurrency }: ChoiceOptions,
): Promise<Choices> {
  const places = new Semaphore(concurrency);
  const choices = await Promise.all(
    dirs.map(async (dir): Promise<Choices> => {
      if (allStacks !== true)
        return { stacks: (stacks ?? [undefined]).map((stack) => ({ dir, stack })), failed: [] };
      return places.runExclusive(() => stacksIn(cli, dir));
    }),
  );
  return {
    stacks: choices.flatMap((choice) => choice.stacks),
    failed: choices.flatMap((choice) => choice.failed),
  };
}

async function stacksIn(cli: Cli, dir: string): Promise<Choices> {
  try {
    const { workspace } = await openProject(cli, dir);
    const stacks = await workspace.listStacks();
    return { stacks: stacks.map(({ name }) => ({ dir, stack: name })), failed: [] };
  } catch (error) {
    return { stacks: [], failed: [{ dir, seen: [], report: failedReport(dir, error) }] };
  }
}

/**
 * Checks stacks, some at a time, in the order of the choices. A signal ends the process as ever, but
 * not before the engines that run have ended: they would be orphaned.
 */
export async function checkAll(
  cli: Cli,
  choices: readonly StackChoice[],
  { concurrency, runProgram }: { readonly concurrency: number; readonly runProgram?: true },
  { stderr }: Terminal,
): Promise<CheckedStack[]> {
  const places = new Semaphore(concurrency);
  const engines = new AbortController();
  const { signal } = engines;
  const leaveOff = onSignals((reason) => engines.abort(reason));
  const progress = showProgress(choices.length, stderr);
  const options = { runProgram: runProgram === true, signal };
  const checked = await Promise.all(
    choices.map((choice) =>
      places.runExclusive(async () => {
        if (signal.aborted) return [];
        const name = nameOf(choice);
        progress.begin(name);
        const result = await checkStack(cli, choice, options);
        progress.end(name, progressLine(result.report));
        return [result];
      }),
    ),
  );
  progress.stop();
  leaveOff();
  if (signal.aborted) await exitBySignal(signal.reason as EndSignal);
  return checked.flat();
}

function nameOf({ dir, stack }: StackChoice): string {
  return visible(stack === undefined ? dir : `${dir} (${stack})`);
}

function progressLine(report: StackReport): string {
  const drifted = driftCount(report);
  const outcome = drifted > 0 ? `${count(drifted, "setting")} drifted` : "no drift";
  return `${titleOf(report)}: ${report.status === "failed" ? "could not be checked" : outcome}`;
}
