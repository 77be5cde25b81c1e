import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { Engine } from "../engine/index.js";
import type { Calls, Cloudflare, EmulatedApi } from "./cloudflare.js";
import { isNeeded, OPERATIONS, type Operation } from "./operations.js";
import { openStack, type Run, type Stack } from "./stack.js";
import type { Subject } from "./variants.js";

/** One run of the CLI on one subject. */
export interface Sample extends Run, Calls {
  readonly subject: Subject;
  readonly round: number;
  readonly operation: Operation;
  /** The size of the state file after it. */
  readonly stateBytes: number;
}

/** Subjects whose runs alternate, so that a busy machine hits all of them alike. */
export interface Group {
  readonly subjects: readonly Subject[];
  readonly operations: readonly Operation[];
  readonly rounds: number;
}

export interface Surroundings {
  readonly engine: Engine;
  readonly cloudflare: Cloudflare;
  /** A folder below which Node finds the package of a checkout. */
  readonly folderOf: (checkout: string | undefined) => string;
  readonly signal: AbortSignal;
  /** Hears what is about to run. */
  readonly detail: (text: string) => void;
}

/** A subject with its stack, which lives from the group's first round to its last. */
interface Prepared {
  readonly subject: Subject;
  readonly stack: Stack;
  readonly api: EmulatedApi;
}

export interface PreparedGroup extends Group {
  /** Takes each subject once through all operations. */
  round(number: number): Promise<Sample[]>;
}

let stacks = 0;

export async function prepare(group: Group, surroundings: Surroundings): Promise<PreparedGroup> {
  const { engine, cloudflare, folderOf, signal, detail } = surroundings;
  const all: Prepared[] = [];
  for (const subject of group.subjects) {
    const api = await cloudflare.start(subject.api);
    const stack = await openStack({
      engine,
      folder: path.join(folderOf(subject.checkout), `stack-${++stacks}`),
      program: subject.program,
      resources: subject.resources,
      baseUrl: api.baseUrl,
      savesOnce: subject.savesOnce,
      signal,
    });
    all.push({ subject, stack, api });
  }

  return {
    ...group,
    async round(number) {
      const samples: Sample[] = [];
      for (const { api, subject } of all) await api.seed(subject.resources);
      for (const operation of OPERATIONS) {
        const isAsked = group.operations.includes(operation);
        if (!isAsked && !isNeeded(operation)) continue;
        for (const prepared of rotated(all, number)) {
          const { subject } = prepared;
          detail(`round ${number + 1}, ${operation} of ${subject.resources}, ${subject.title}`);
          const sample = await measure(prepared, operation, number);
          if (isAsked) samples.push(sample);
        }
      }
      return samples;
    },
  };
}

async function measure(
  { subject, stack, api }: Prepared,
  operation: Operation,
  round: number,
): Promise<Sample> {
  await api.takeCalls();
  // The calls before should not count against the limit now.
  await sleep(subject.api.rateLimit?.windowMs ?? 0);
  const run = await stack.run(operation);
  const calls = await api.takeCalls();
  return { subject, round, operation, ...run, ...calls, stateBytes: await stack.stateBytes() };
}

/** Each round begins with another subject: none always follows the same one. */
function rotated<T>(list: readonly T[], by: number): T[] {
  const start = by % list.length;
  return [...list.slice(start), ...list.slice(0, start)];
}
