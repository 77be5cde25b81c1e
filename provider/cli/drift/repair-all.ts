import { createInterface } from "node:readline/promises";
import { Semaphore } from "async-mutex";
import { indented, type Terminal } from "../terminal.js";
import { messageOf } from "../trouble.js";
import type { CheckedStack } from "./check.js";
import type { Cli } from "./open.js";
import { repair } from "./repair.js";
import { count, driftCount } from "./report.js";
import { visible } from "./show.js";

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
  { tell }: Terminal,
): Promise<Outcome> {
  const drifted = checked.filter(({ report }) => driftCount(report) > 0);
  const repairable = drifted.filter(({ report }) => report.status === "drifted");
  if (repairable.length === 0) return "left";
  if (yes !== true && !(await confirmed(repairable.length, tell))) return "left";
  const places = new Semaphore(concurrency);
  const outcomes = await Promise.all(
    repairable.map((stack) => places.runExclusive(() => repairOne(cli, stack, tell))),
  );
  if (outcomes.includes("trouble")) return "trouble";
  return drifted.length > repairable.length || outcomes.includes("left") ? "left" : "healed";
}

async function repairOne(cli: Cli, stack: CheckedStack, tell: Terminal["tell"]): Promise<Outcome> {
  const name = `${visible(stack.report.project)} / ${visible(stack.report.stack)}`;
  try {
    const { healed, undeployed, gone } = await repair(cli, stack);
    if (healed.length > 0) tell(`${name}: ${count(healed.length, "resource")} repaired.`);
    for (const urn of undeployed)
      tell(`${name}: left alone, since its program states what is not deployed yet: ${urn}`);
    for (const urn of gone)
      tell(`${name}: left alone, since it is gone; \`pulumi up --refresh\` makes it anew: ${urn}`);
    return undeployed.length + gone.length > 0 ? "left" : "healed";
  } catch (error) {
    tell(`${name}: could not be repaired:\n${indented(messageOf(error))}`);
    return "trouble";
  }
}

async function confirmed(stacks: number, tell: Terminal["tell"]): Promise<boolean> {
  if (!process.stdin.isTTY) {
    tell("Nothing was repaired: nobody is there to confirm it. Give --yes.");
    return false;
  }
  const question = `Bring the drifted resources of ${count(stacks, "stack")} back to what is deployed? [y/N] `;
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return /^y(es)?$/i.test((await terminal.question(question)).trim());
  } finally {
    terminal.close();
  }
}
