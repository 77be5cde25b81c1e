import { Semaphore } from "async-mutex";
import path from "node:path";
import { projectOf } from "../project.js";
import { exitBySignal, onSignals, type EndSignal } from "../signals.js";
import type { Terminal } from "../terminal.js";
import { checkStack, failedReport, type CheckedStack } from "./check.js";
import { displayText, stackTitle } from "./display.js";
import { interruptRunning } from "./pulumi-process.js";
import { showProgress } from "./progress.js";
import { count, driftCount } from "./report.js";
import type { StackReport } from "./report-schema.js";
import { openProject, type Cli, type StackChoice } from "./workspace.js";

/** The options that choose stacks. */
export interface ChoiceOptions {
  readonly dir?: readonly string[];
  readonly stack?: readonly string[];
  readonly allStacks?: true;
  readonly concurrency: number;
}

/** The stacks to check, and a failed report for each directory whose stacks could not be listed. */
export interface Choices {
  readonly stacks: readonly StackChoice[];
  readonly failed: readonly CheckedStack[];
}

/** Lists the stacks to check. Never throws: it continues with the other directories after a failure. */
export async function choicesOf(
  cli: Cli,
  { dir: dirs = [currentProject()], stack: stacks = [], allStacks, concurrency }: ChoiceOptions,
): Promise<Choices> {
  const slots = new Semaphore(concurrency);
  // A stack that is named twice must not be remediated twice at the same time.
  const projects = new Map(dirs.map((dir) => [path.resolve(dir), dir]));
  const names = stacks.length === 0 ? [undefined] : [...new Set(stacks)];
  const choices = await Promise.all(
    [...projects.values()].map(async (dir): Promise<Choices> => {
      if (allStacks !== true) return { stacks: names.map((stack) => ({ dir, stack })), failed: [] };
      return slots.runExclusive(() => stacksIn(cli, dir));
    }),
  );
  return {
    stacks: choices.flatMap((choice) => choice.stacks),
    failed: choices.flatMap((choice) => choice.failed),
  };
}

/** The project of the current directory, as a short path. */
function currentProject(): string {
  return path.relative("", projectOf("") ?? "") || ".";
}

async function stacksIn(cli: Cli, dir: string): Promise<Choices> {
  try {
    const { workspace } = await openProject(cli, dir);
    const stacks = await workspace.listStacks();
    return { stacks: stacks.map(({ name }) => ({ dir, stack: name })), failed: [] };
  } catch (error) {
    return { stacks: [], failed: [{ dir, resources: [], report: failedReport(dir, error) }] };
  }
}

/**
 * Checks stacks, several at a time, and returns them in the given order. A signal ends this process
 * after the running engines have ended; otherwise they would be orphaned.
 */
export async function checkAll(
  cli: Cli,
  choices: readonly StackChoice[],
  { concurrency, runProgram }: { readonly concurrency: number; readonly runProgram?: true },
  { stderr }: Terminal,
): Promise<CheckedStack[]> {
  const slots = new Semaphore(concurrency);
  const engines = new AbortController();
  const { signal } = engines;
  const stopListening = onSignals((reason) => {
    engines.abort(reason);
    setTimeout(interruptRunning, INTERRUPT_AGAIN_MS).unref();
  });
  const progress = showProgress(choices.length, stderr);
  const checked = await Promise.all(
    choices.map((choice) =>
      slots.runExclusive(async () => {
        if (signal.aborted) return [];
        const name = nameOf(choice);
        progress.begin(name);
        const options = { runProgram: runProgram === true, signal, log: progress.log };
        const result = await checkStack(cli, choice, options);
        progress.end(name, progressLine(result.report));
        return [result];
      }),
    ),
  );
  progress.stop();
  stopListening();
  if (signal.aborted) await exitBySignal(signal.reason as EndSignal);
  return checked.flat();
}

/** A preview changes nothing, so nothing is lost if the engine does not wait for a slow response. */
const INTERRUPT_AGAIN_MS = 300;

function nameOf({ dir, stack }: StackChoice): string {
  return displayText(stack === undefined ? dir : `${dir} (${stack})`);
}

function progressLine(report: StackReport): string {
  const drifted = driftCount(report);
  const found = drifted > 0 ? `${count(drifted, "setting")} drifted` : "no drift";
  const results: Readonly<Record<StackReport["status"], string>> = {
    clean: found,
    drifted: found,
    empty: "no Zero Trust resources that can drift",
    failed: "could not be checked",
  };
  return `${stackTitle(report)}: ${results[report.status]}`;
}
