import { parseArgs } from "node:util";
import { OPERATIONS, type Operation } from "./operations.js";

export interface BenchOptions {
  /** Numbers of resources, ascending. */
  readonly sizes: readonly number[];
  /** Rounds for a number of resources. */
  readonly roundsOf: (resources: number) => number;
  readonly only: readonly Operation[];
  /** After so many minutes no further round begins. */
  readonly minutes: number;
  readonly against: string | undefined;
  readonly json: boolean;
  readonly markdown: string | undefined;
  readonly check: boolean;
}

export const HELP = `Measures this package on the real Pulumi engine, beside others.

Usage: npm run bench [-- options]

Options:
  --n <numbers>        numbers of resources (default 1,200,1000)
  --runs <number>      rounds of each (default 9 for one resource, 5 up to 200, then 3)
  --only <operations>  of ${OPERATIONS.join(", ")} (default all)
  --minutes <number>   after so long no further round begins (default 60)
  --against <folder>   another built checkout of this package, measured beside this one
  --json               print figures and single runs as JSON
  --markdown <file>    put the tables between the file's <!-- bench --> marks, too
  --check              exit with 1 where a goal is missed

Example: npm run bench -- --n 1 --runs 3 --only up,refresh
`;

/** @throws Error that says what is wrong with the command line. */
export function parseOptions(args: readonly string[]): BenchOptions | "help" {
  const { values } = parseArgs({
    args: [...args],
    options: {
      n: { type: "string", default: "1,200,1000" },
      runs: { type: "string" },
      only: { type: "string", default: OPERATIONS.join(",") },
      minutes: { type: "string", default: "60" },
      against: { type: "string" },
      json: { type: "boolean", default: false },
      markdown: { type: "string" },
      check: { type: "boolean", default: false },
      help: { type: "boolean", short: "h", default: false },
    },
  });
  if (values.help) return "help";
  const { against, json, markdown, check } = values;
  const runs = values.runs === undefined ? undefined : numberOf("--runs", values.runs);
  return {
    sizes: values.n
      .split(",")
      .map((text) => numberOf("--n", text))
      .sort((one, other) => one - other),
    roundsOf: (resources) => runs ?? defaultRounds(resources),
    only: values.only.split(",").map(operationOf),
    minutes: numberOf("--minutes", values.minutes),
    against,
    json,
    markdown,
    check,
  };
}

/** The shorter a run, the more of them it takes to tell a difference from noise. */
function defaultRounds(resources: number): number {
  if (resources === 1) return 9;
  return resources <= 200 ? 5 : 3;
}

function numberOf(option: string, text: string): number {
  if (/^[1-9]\d{0,4}$/.test(text)) return Number(text);
  throw new Error(`${option} takes whole numbers from 1 to 99999, not "${text}".`);
}

function operationOf(text: string): Operation {
  const found = OPERATIONS.find((operation) => operation === text.trim());
  if (found !== undefined) return found;
  throw new Error(`--only takes ${OPERATIONS.join(", ")}, not "${text}".`);
}
