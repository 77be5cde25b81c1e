import path from "node:path";
import type { Engine } from "../engine/index.js";
import { forkEmulator, type BenchEmulator } from "./emulator.js";
import { scheduleRounds, type Group, type Subject } from "./groups.js";
import { OPERATIONS, openStack, type Operation, type Run, type Stack } from "./stack.js";

/** One run of the CLI on one subject. */
export interface Sample extends Run {
  readonly group: string;
  readonly subject: Subject;
  readonly round: number;
  readonly operation: Operation;
  readonly stateBytes: number;
}

export interface MeasureOptions {
  readonly engine: Engine;
  /** Returns a directory below which Node finds this package, or its other checkout. */
  readonly folderOf: (subject: Subject) => string;
  readonly signal: AbortSignal;
  readonly onProgress: (text: string) => void;
}

interface Prepared {
  readonly subject: Subject;
  readonly stack: Stack;
  readonly emulator: BenchEmulator;
}

/** Runs all rounds of all groups. Rounds of different groups alternate, so that a busy spell hits all groups. */
export async function measure(
  groups: readonly Group[],
  options: MeasureOptions,
): Promise<Sample[]> {
  const emulators = new Map<number, BenchEmulator>();
  const prepare = async (subject: Subject, name: string): Promise<Prepared> => {
    const { latencyMs = 0, program, resources } = subject;
    const emulator = emulators.get(latencyMs) ?? (await forkEmulator(latencyMs));
    emulators.set(latencyMs, emulator);
    const folder = path.join(options.folderOf(subject), name);
    const { engine, signal } = options;
    const { baseUrl } = emulator;
    const stack = await openStack({ engine, folder, program, resources, baseUrl, signal });
    return { subject, stack, emulator };
  };
  try {
    const prepared = new Map<Group, Prepared[]>();
    for (const [index, group] of groups.entries()) {
      const stacks: Prepared[] = [];
      for (const [column, subject] of group.subjects.entries())
        stacks.push(await prepare(subject, `stack-${index}-${column}`));
      prepared.set(group, stacks);
    }
    // The first run reads files from the disk, later runs from memory.
    const [first] = groups;
    if (first !== undefined) await runRound(first, prepared.get(first) ?? [], 0, options);

    const samples: Sample[] = [];
    for (const [group, round] of scheduleRounds(groups))
      samples.push(...(await runRound(group, prepared.get(group) ?? [], round, options)));
    return samples;
  } finally {
    for (const emulator of emulators.values()) emulator.close();
  }
}

/** Runs every operation on every subject. Each round starts with another subject. */
async function runRound(
  group: Group,
  stacks: readonly Prepared[],
  round: number,
  options: MeasureOptions,
): Promise<Sample[]> {
  const samples: Sample[] = [];
  const start = round % stacks.length;
  for (const { emulator, subject } of stacks) await emulator.seed(subject.resources);
  for (const operation of Object.keys(OPERATIONS) as Operation[]) {
    const isMeasured = group.operations.includes(operation);
    // Without `destroy` there is nothing to deploy in the next round.
    if (!isMeasured && operation !== "destroy") continue;
    for (const { subject, stack } of [...stacks.slice(start), ...stacks.slice(0, start)]) {
      options.onProgress(
        `round ${round + 1}, ${operation}: ${subject.resources} × ${subject.title}`,
      );
      const run = await stack.run(operation);
      const stateBytes = await stack.stateBytes();
      if (isMeasured)
        samples.push({ group: group.title, subject, round, operation, stateBytes, ...run });
    }
  }
  return samples;
}
