import { readFileSync } from "node:fs";
import path from "node:path";
import { parseArgs } from "node:util";
import { Semaphore } from "async-mutex";
import { readFleet, stacksOf } from "../fleet-file";
import { Journal, type Outcome } from "./journal";
import { openStack, operations, stacksLeft, type Operation } from "./operations";

const USAGE = `Usage: npm run fleet -- preview|up|drift [--concurrency <number>] [--fresh]

Runs over all stacks of accounts.yaml, some at a time. What \`up\` finished is remembered: after a
failure or Ctrl-C it goes on from there. --fresh begins anew. Stacks that the file makes no more are
named, and left alone.

Exit code: 0 done, 7 drift, 1 trouble, 130 interrupted.`;

const PROJECT = path.resolve(__dirname, "..");

interface Line {
  readonly stack: string;
  readonly accounts: number;
  readonly status: Outcome["status"] | "not begun";
  readonly text: string;
}

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
  // Only what was deployed stays as it is: what was looked at has to be looked at again.
  const journal =
    operation === "up"
      ? new Journal(path.join(PROJECT, ".fleet/up.json"), values.fresh)
      : undefined;
  const program = readFileSync(path.join(PROJECT, "index.ts"), "utf8");
  const places = new Semaphore(concurrency);
  const stop = stopOnSignal();
  let finished = 0;
  const tell = (text: string) => console.log(`[${(finished += 1)}/${stacks.length}] ${text}`);

  const lines = await Promise.all(
    stacks.map(async ([stack, accounts]): Promise<Line> => {
      const wish = { baseline: fleet.baseline, accounts, program };
      const earlier = journal?.outcome(stack, wish);
      if (earlier !== undefined) {
        tell(`${stack}: ${earlier.text} (earlier)`);
        return { stack, accounts: accounts.length, ...earlier };
      }
      return places.runExclusive(async () => {
        if (stop.requested)
          return { stack, accounts: accounts.length, status: "not begun", text: "" };
        const outcome = await attempt(operation, stack);
        if (outcome.status !== "failed") journal?.record(stack, wish, outcome);
        tell(`${stack}: ${outcome.text}`);
        return { stack, accounts: accounts.length, ...outcome };
      });
    }),
  );
  console.log(`\n${summary(lines)}`);
  for (const stack of await stacksLeft(PROJECT, new Set(stacks.map(([name]) => name))))
    console.warn(
      `${stack} is none of the file's stacks, and still holds what it was deployed with. If it was one, empty it: pulumi destroy --stack ${stack}. That changes nothing at Cloudflare.`,
    );
  const has = (status: Line["status"]) => lines.some((line) => line.status === status);
  if (!has("failed") && !has("not begun")) journal?.close();
  return has("not begun") ? 130 : has("failed") ? 1 : has("drifted") ? 7 : 0;
}

async function attempt(operation: Operation, stack: string): Promise<Outcome> {
  try {
    return await operations[operation](await openStack(PROJECT, stack));
  } catch (error) {
    return { status: "failed", text: error instanceof Error ? error.message : String(error) };
  }
}

/** At a signal no further stack is begun; what runs comes to its end. */
function stopOnSignal(): { readonly requested: boolean } {
  const stop = { requested: false };
  for (const signal of ["SIGINT", "SIGTERM"] as const)
    process.on(signal, () => {
      if (!stop.requested) console.log("No further stack is begun; waiting for those that run.");
      stop.requested = true;
    });
  return stop;
}

function summary(lines: readonly Line[]): string {
  const rows = [
    ["stack", "accounts", "status", ""],
    ...lines.map(({ stack, accounts, status, text }) => [
      stack,
      String(accounts),
      status,
      text.split("\n", 1)[0] ?? "",
    ]),
  ];
  const widths = [0, 1, 2].map((column) =>
    Math.max(...rows.map((row) => row[column]?.length ?? 0)),
  );
  const table = rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join("  ")
      .trimEnd(),
  );
  const count = (status: Line["status"]) => lines.filter((line) => line.status === status).length;
  const counts = (["done", "drifted", "failed", "not begun"] as const)
    .filter((status) => count(status) > 0)
    .map((status) => `${count(status)} ${status}`);
  return [...table, "", `${lines.length} stacks: ${counts.join(", ")}.`].join("\n");
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
