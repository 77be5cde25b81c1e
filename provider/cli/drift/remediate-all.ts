import { createInterface } from "node:readline/promises";
import { Semaphore } from "async-mutex";
import { onSignals } from "../signals.js";
import { indented } from "../terminal.js";
import type { CheckedStack } from "./check.js";
import { displayLines, displayText, stackTitle } from "./display.js";
import { interruptRunning } from "./pulumi-process.js";
import { remediate, type Results } from "./remediate.js";
import { count, driftCount, remediationText } from "./report.js";
import type { Remediation, StackReport } from "./report-schema.js";
import { reasonOf } from "./run-engine.js";
import type { Cli } from "./workspace.js";

interface Options {
  readonly concurrency: number;
  readonly runProgram?: true;
  readonly yes?: true;
}

type Log = (line: string) => void;

/** Remediates the drifted stacks after a confirmation. Returns all reports with the results. */
export async function remediateAll(
  cli: Cli,
  checked: readonly CheckedStack[],
  options: Options,
  log: Log,
): Promise<StackReport[]> {
  const remediable = checked.filter(({ report }) => report.status === "drifted");
  const isConfirmed =
    remediable.length > 0 && (options.yes === true || (await confirm(remediable.length, log)));
  const slots = new Semaphore(options.concurrency);
  const interruption = listenForInterruption(log);
  const reports = await Promise.all(
    checked.map(async (stack) => {
      if (driftCount(stack.report) === 0) return stack.report;
      if (!remediable.includes(stack))
        return skip(stack, "the stack could not be checked completely", log);
      if (!isConfirmed) return skip(stack, "not confirmed");
      return slots.runExclusive(() =>
        interruption.requested
          ? skip(stack, "interrupted before it started", log)
          : remediateOne(cli, stack, options, interruption.engines, log),
      );
    }),
  );
  interruption.stopListening();
  return reports;
}

/** What a user or a CI system requests by signals. */
interface Interruption {
  /** Whether to start no other stack. */
  readonly requested: boolean;
  /** Interrupts the running engines. */
  readonly engines: AbortSignal;
  stopListening(): void;
}

/**
 * The first signal starts no other stack and finishes the running ones; the second one cancels them,
 * and the third one does so without waiting for requests that have been sent.
 * No signal ends this process, which would orphan the engines and leave locks.
 */
function listenForInterruption(log: Log): Interruption {
  const engines = new AbortController();
  let requested = false;
  const stopListening = onSignals(() => {
    if (engines.signal.aborted) interruptRunning();
    else if (requested) engines.abort();
    else
      log(
        "Interrupted: finishing the running stacks, starting no others. Interrupt again to cancel.",
      );
    requested = true;
  });
  return {
    get requested() {
      return requested;
    },
    engines: engines.signal,
    stopListening,
  };
}

async function remediateOne(
  cli: Cli,
  stack: CheckedStack,
  { runProgram }: Options,
  signal: AbortSignal,
  log: Log,
): Promise<StackReport> {
  const title = stackTitle(stack.report);
  const options = {
    runProgram: runProgram === true,
    signal,
    log: (line: string) => log(`${title}: ${line}`),
    warn: (warning: string) => log(`${title}: warning:\n${indented(warning)}`),
  };
  try {
    return withResults(stack.report, await remediate(cli, stack, options), log);
  } catch (error) {
    return withOneResult(stack, { result: "failed", reason: reasonOf(error) }, log);
  }
}

function skip(stack: CheckedStack, reason: string, log: Log = () => undefined): StackReport {
  return withOneResult(stack, { result: "skipped", reason }, log);
}

function withOneResult({ report }: CheckedStack, result: Remediation, log: Log): StackReport {
  return withResults(report, new Map(report.resources.map(({ urn }) => [urn, result])), log);
}

/** Adds results to a report, and logs each. */
function withResults(report: StackReport, results: Results, log: Log): StackReport {
  const resources = report.resources.map((resource) => {
    const remediation = results.get(resource.urn);
    if (remediation === undefined) return resource;
    const text = indented(displayLines(remediationText(remediation))).trimStart();
    log(`${stackTitle(report)}: ${displayText(resource.name)}: ${text}`);
    return { ...resource, remediation };
  });
  return { ...report, resources };
}

async function confirm(stacks: number, log: Log): Promise<boolean> {
  if (!process.stdin.isTTY) {
    log("Nothing was remediated: without a terminal, --remediate needs --yes.");
    return false;
  }
  const question = `Write the last deployed values to the drifted resources of ${count(stacks, "stack")}? [y/N] `;
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    // Ctrl-C and the end of the input do not answer the question: they close the interface.
    const closed = new Promise<string>((resolve) => terminal.once("close", () => resolve("")));
    const answer = await Promise.race([terminal.question(question), closed]);
    return /^y(es)?$/i.test(answer.trim());
  } finally {
    terminal.close();
  }
}
