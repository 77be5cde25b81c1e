import type { Operation } from "./operations.js";
import type { Sample } from "./rounds.js";
import { VARIANTS } from "./variants.js";

/** A figure of a subject, as a ratio to the no-op resource's. */
export interface Compared {
  /** The median of the rounds' ratios: both sides of each were measured one after the other. */
  readonly ratio: number;
  /** The median of what was measured, in its own unit. */
  readonly absolute: number;
}

/** Takes a figure out of a round's samples of one subject; undefined where there is none. */
export type Measure = (samples: readonly Sample[]) => number | undefined;

export function median(numbers: readonly number[]): number {
  const sorted = [...numbers].sort((one, other) => one - other);
  const middle = sorted.length / 2;
  const upper = sorted[Math.floor(middle)] ?? NaN;
  return Number.isInteger(middle) ? ((sorted[middle - 1] ?? NaN) + upper) / 2 : upper;
}

export function wallTime(operation: Operation): Measure {
  return (samples) => samples.find((sample) => sample.operation === operation)?.milliseconds;
}

/** The most of all operations. */
export function peakMemory(role: "plugin" | "program"): Measure {
  return (samples) => {
    const peaks = samples.flatMap(({ memory }) => memory[role] ?? []);
    return peaks.length === 0 ? undefined : Math.max(...peaks);
  };
}

/** Of the deployed stack. */
export const stateSize: Measure = (samples) =>
  samples.find(({ operation }) => operation !== "destroy")?.stateBytes;

/** Compares one subject's figure with that of the no-op resource in the same rounds. */
export function compare(
  samples: readonly Sample[],
  title: string,
  measure: Measure,
): Compared | undefined {
  const own = byRound(samples, title, measure);
  const base = byRound(samples, VARIANTS.noop, measure);
  const ratios = [...own].flatMap(([round, value]) => {
    const noop = base.get(round);
    return noop === undefined ? [] : [value / noop];
  });
  return ratios.length === 0
    ? undefined
    : { ratio: median(ratios), absolute: median([...own.values()]) };
}

function byRound(samples: readonly Sample[], title: string, measure: Measure): Map<number, number> {
  const values = new Map<number, number>();
  for (const round of new Set(samples.map((sample) => sample.round))) {
    const value = measure(
      samples.filter((sample) => sample.round === round && sample.subject.title === title),
    );
    if (value !== undefined) values.set(round, value);
  }
  return values;
}
