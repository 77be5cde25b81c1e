import { readFileSync } from "node:fs";
import path from "node:path";
import { parseArgs } from "node:util";
import { Semaphore } from "async-mutex";
import { readFleet, stacksOf } from "../fleet-file";
import { Journal, type Outcome } from "./journal";
import { openStack, operations, leftoverStacks, type Operation } from "./operations";
import { errorText, indented, summary, type Line } from "./report";

const USAGE = `Usage: npm run fleet -- preview|up|drift [--concurrency <number>] [--fresh]

Previews, deploys or drift-checks all stacks of accounts.yaml, 4 at a time by default. After a failure
or Ctrl-C, \`up\` skips the stacks that it has already deployed; --fresh deploys all of them. Stacks
that the file no longer contains are listed and not changed.

Exit code: 0 success, 7 drift, 1 error, 130 interrupted.`;

const PROJECT = path.resolve(__dirname, "..");

async function main(args: readonly string[]): Promise<number> {
  const { positionals, values } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      concurrency: { type: "string", default: "4" },
      fresh: { type: "boolean", default: false },
    },
  });
  const [operation = ""] = positionals;
  const concurrency = Number(values.concurrency);
  if (!isOperation(operation) || !Number.isInteger(concurrency) || concurrency < 1)
    throw new Error(USAGE);

  const fleet = readFleet();
  const stacks = [...stacksOf(fleet)];
  // Only `up` resumes: a preview or a drift check of an earlier run may be outdated.
  const journal =
    operation === "up"
      ? new Journal(path.join(PROJECT, ".fleet/up.json"), values.fresh)
      : undefined;
  const program = readFileSync(path.join(PROJECT, "index.ts"), "utf8");
  const slots = new Semaphore(concurrency);
  const stop = stopOnSignal();
  let finished = 0;
  const report = (text: string, details: readonly string[] = []) => {
    const [first = "", ...rest] = text.split("\n");
    console.log(`[${(finished += 1)}/${stacks.length}] ${first}`);
    for (const line of [...rest, ...details]) console.log(indented(line));
  };

  const lines = await Promise.all(
    stacks.map(async ([stack, accounts]): Promise<Line> => {
      const desired = { baseline: fleet.baseline, accounts, program };
      const earlier = journal?.outcome(stack, desired);
      if (earlier !== undefined) {
        report(`${stack}: ${earlier.text} (earlier)`);
        return { stack, accounts: accounts.length, ...earlier };
      }
      return slots.runExclusive(async () => {
        if (stop.requested)
          return { stack, accounts: accounts.length, status: "not started", text: "" };
        const outcome = await attempt(operation, stack);
        if (outcome.status !== "failed") journal?.record(stack, desired, outcome);
        report(`${stack}: ${outcome.text}`, outcome.details);
        return { stack, accounts: accounts.length, ...outcome };
      });
    }),
  );
  console.log(`\n${summary(lines)}`);
  for (const stack of await leftoverStacks(PROJECT, new Set(stacks.map(([name]) => name))))
    console.warn(
      `accounts.yaml has no stack ${stack}, but it still has resources. If it belonged to this fleet, empty it: pulumi destroy --refresh=false --stack ${stack}. This does not change live settings.`,
    );
  const has = (status: Line["status"]) => lines.some((line) => line.status === status);
  if (!has("failed") && !has("not started")) journal?.close();
  return has("not started") ? 130 : has("failed") ? 1 : has("drifted") ? 7 : 0;
}

async function attempt(operation: Operation, stack: string): Promise<Outcome> {
  try {
    return await operations[operation](await openStack(PROJECT, stack));
  } catch (error) {
    return { status: "failed", text: errorText(error) };
  }
}

/** After a signal no further stack starts; running stacks finish. */
function stopOnSignal(): { readonly requested: boolean } {
  const stop = { requested: false };
  for (const signal of ["SIGINT", "SIGTERM"] as const)
    process.on(signal, () => {
      if (!stop.requested)
        console.log("Interrupted: no further stack starts. Waiting for the running ones.");
      stop.requested = true;
    });
  return stop;
}

function isOperation(name: string): name is Operation {
  return Object.hasOwn(operations, name);
}

main(process.argv.slice(2)).then(
  (code) => (process.exitCode = code),
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  },
);
