import { Semaphore } from "async-mutex";
import { endBy, hearSignals, type EndSignal } from "../signals.js";
import type { Terminal } from "../terminal.js";
import { messageOf, Trouble } from "../trouble.js";
import { checkStack, type CheckedStack } from "./check.js";
import { openProject, type Cli, type StackChoice } from "./open.js";
import { showProgress } from "./progress.js";
import { count, driftCount } from "./report.js";
import type { StackReport } from "./report-schema.js";
import { titleOf, visible } from "./show.js";

/** Which stacks are checked. */
export interface ChoiceOptions {
  readonly dir: readonly string[];
  readonly stack?: readonly string[];
  readonly allStacks?: true;
}

/** @throws Trouble where the stacks of a folder can't be listed. */
export async function choicesOf(
  cli: Cli,
  { dir: dirs, stack: stacks, allStacks }: ChoiceOptions,
): Promise<StackChoice[]> {
  const choices = await Promise.all(
    dirs.map(async (dir) => {
      const names = allStacks === true ? await stacksIn(cli, dir) : (stacks ?? [undefined]);
      return names.map((stack) => ({ dir, stack }));
    }),
  );
  return choices.flat();
}

async function stacksIn(cli: Cli, dir: string): Promise<string[]> {
  try {
    const { workspace } = await openProject(cli, dir);
    return (await workspace.listStacks()).map(({ name }) => name);
  } catch (error) {
    throw new Trouble(`The stacks of ${dir} can't be listed: ${messageOf(error)}`);
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
  const progress = showProgress(choices.length, stderr);
  const places = new Semaphore(concurrency);
  const engines = new AbortController();
  const { signal } = engines;
  const leaveOff = hearSignals((reason) => engines.abort(reason));
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
  if (signal.aborted) await endBy(signal.reason as EndSignal);
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
