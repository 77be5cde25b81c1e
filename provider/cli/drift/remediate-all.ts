import { createInterface } from "node:readline/promises";
import { Semaphore } from "async-mutex";
import { onSignals } from "../signals.js";
import { indented, type Terminal } from "../terminal.js";
import type { CheckedStack } from "./check.js";
import type { Cli } from "./open.js";
import { repair } from "./remediate.js";
import { count, driftCount } from "./report.js";
import { reasonOf } from "./run-engine.js";
import { titleOf } from "./show.js";

interface Options {
  readonly concurrency: number;
  readonly yes?: true;
}

/** What came of a repair: no drift any more, some that was left alone, or an error. */
export type Outcome = "healed" | "left" | "trouble";

/** Repairs the stacks that drifted, after a confirmation. */
export async function repairAll(
  cli: Cli,
  checked: readonly CheckedStack[],
  { concurrency, yes }: Options,
  { log: tell }: Terminal,
): Promise<Outcome> {
  const drifted = checked.filter(({ report }) => driftCount(report) > 0);
  const repairable = drifted.filter(({ report }) => report.status === "drifted");
  for (const { report } of drifted.filter((stack) => !repairable.includes(stack)))
    tell(`${titleOf(report)}: left alone, since it could not be wholly checked.`);
  if (repairable.length === 0) return "left";
  if (yes !== true && !(await confirmed(repairable.length, tell))) return "left";
  const places = new Semaphore(concurrency);
  const stop = stopOnSignal(tell);
  const outcomes = await Promise.all(
    repairable.map((stack) =>
      places.runExclusive(() => {
        if (!stop.requested) return repairOne(cli, stack, stop.engines, tell);
        tell(`${titleOf(stack.report)}: not begun.`);
        return "left";
      }),
    ),
  );
  stop.leaveOff();
  if (outcomes.includes("trouble")) return "trouble";
  return drifted.length > repairable.length || outcomes.includes("left") ? "left" : "healed";
}

/** What the signals of a person or a CI system ask of a repair. */
interface Stop {
  /** Whether no further stack is to be begun. */
  readonly requested: boolean;
  /** Interrupts the engines that run. */
  readonly engines: AbortSignal;
  leaveOff(): void;
}

/**
 * At the first signal no further stack is begun, and what runs comes to its end; a second one
 * interrupts that. Nothing ends this process: the engines would be orphaned, and locks left.
 */
function stopOnSignal(tell: Terminal["log"]): Stop {
  const engines = new AbortController();
  let requested = false;
  const leaveOff = onSignals(() => {
    if (requested) engines.abort();
    else
      tell(
        "No further stack is begun; waiting for those that run. Another signal interrupts them.",
      );
    requested = true;
  });
  return {
    get requested() {
      return requested;
    },
    engines: engines.signal,
    leaveOff,
  };
}

async function repairOne(
  cli: Cli,
  stack: CheckedStack,
  signal: AbortSignal,
  tell: Terminal["log"],
): Promise<Outcome> {
  const name = titleOf(stack.report);
  try {
    const warn = (warning: string) => tell(`${name}: warning:\n${indented(warning)}`);
    const { healed, unheeded, undeployed, gone } = await repair(cli, stack, signal, warn);
    if (healed.length > 0) tell(`${name}: ${count(healed.length, "resource")} repaired.`);
    for (const urn of unheeded)
      tell(`${name}: written, but Cloudflare does not show it as stated: ${urn}`);
    for (const urn of undeployed)
      tell(`${name}: left alone, since its program states what is not deployed yet: ${urn}`);
    for (const urn of gone)
      tell(`${name}: left alone, since it is gone; \`pulumi up --refresh\` makes it anew: ${urn}`);
    return unheeded.length + undeployed.length + gone.length > 0 ? "left" : "healed";
  } catch (error) {
    tell(`${name}: could not be repaired:\n${indented(reasonOf(error))}`);
    return "trouble";
  }
}

async function confirmed(stacks: number, tell: Terminal["log"]): Promise<boolean> {
  if (!process.stdin.isTTY) {
    tell("Nothing was repaired: nobody is there to confirm it. Give --yes.");
    return false;
  }
  const question = `Bring the drifted resources of ${count(stacks, "stack")} back to what is deployed? [y/N] `;
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    // Ctrl-C and the end of input answer no question: they close the terminal.
    const closed = new Promise<string>((resolve) => terminal.once("close", () => resolve("")));
    const answer = await Promise.race([terminal.question(question), closed]);
    return /^y(es)?$/i.test(answer.trim());
  } finally {
    terminal.close();
  }
}
