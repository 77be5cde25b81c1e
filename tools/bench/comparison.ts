import type { Figure, Unit } from "./figures.js";
import { FLAT, pluginMemoryGoal, stateGoal, timeGoal, type Goal } from "./goals.js";
import { OPERATIONS, type Operation } from "./operations.js";
import type { Sample } from "./rounds.js";
import { compare, type Measure, median, peakMemory, stateSize, wallTime } from "./statistics.js";
import { SAVED_ONCE, VARIANTS } from "./variants.js";

interface Line {
  readonly row: string;
  readonly measure: Measure;
  readonly unit: Unit;
  readonly goal: Goal | undefined;
}

/** What is compared of stacks with so many resources. */
function lines(resources: number): Line[] {
  const times = OPERATIONS.map((operation): Line => {
    const goal = timeGoal(operation, resources);
    return { row: operation, measure: wallTime(operation), unit: "ms", goal };
  });
  const goal = pluginMemoryGoal(resources);
  return [
    ...times,
    { row: "plugin's peak memory", measure: peakMemory("plugin"), unit: "kB", goal },
    { row: "program's peak memory", measure: peakMemory("program"), unit: "kB", goal: undefined },
    { row: "state", measure: stateSize, unit: "bytes", goal: stateGoal(resources) },
  ];
}

/** The figures of all variants with so many resources, beside the no-op resource's. */
export function comparisonFigures(samples: readonly Sample[], resources: number): Figure[] {
  const own = samples.filter(({ subject }) => subject.resources === resources);
  const columns = [...new Set(own.map(({ subject }) => subject.title))];
  const rounds = new Set(own.map(({ round }) => round)).size;
  const table = `${resources} ${resources === 1 ? "resource" : "resources"}, ${rounds} ${rounds === 1 ? "round" : "rounds"}`;
  return lines(resources).flatMap(({ row, measure, unit, goal }) =>
    columns.flatMap((column): Figure[] => {
      const compared = compare(own, column, measure);
      if (compared === undefined) return [];
      const isOurs = column === VARIANTS.ours;
      return [{ table, row, column, ...compared, unit, goal: isOurs ? goal : undefined }];
    }),
  );
}

/** The column that leaves out what the engine itself takes longer with a growing state. It explains, and has no goal. */
const BESIDE_NOOP = "beside no-op";

/**
 * What one resource among many costs, as a ratio to what one among few costs. The cost of none is
 * taken from the stack of one.
 */
export function growthFigures(samples: readonly Sample[], sizes: readonly number[]): Figure[] {
  const [one, few, many] = [sizes[0], sizes.at(-2), sizes.at(-1)];
  if (sizes.length < 3 || one !== 1 || few === undefined || many === undefined) return [];
  const table = `Cost of a resource among ${many}, as a ratio to one among ${few}`;
  return OPERATIONS.flatMap((operation) => {
    const growth = (title: string) =>
      growthOf((size) => timeOf(samples, title, operation, size), one, few, many);
    const ours = growth(VARIANTS.ours);
    const noop = growth(VARIANTS.noop);
    const columns: [column: string, ratio: number, goal?: Goal][] = [
      [VARIANTS.ours, ours, FLAT],
      [BESIDE_NOOP, ours / noop],
      [SAVED_ONCE, growth(SAVED_ONCE), FLAT],
      [VARIANTS.plain, growth(VARIANTS.plain)],
      [VARIANTS.noop, noop],
    ];
    return columns
      .filter(([, ratio]) => !Number.isNaN(ratio))
      .map(([column, ratio, goal]) => ({ table, row: operation, column, ratio, unit: "ms", goal }));
  });
}

function growthOf(
  timeAt: (size: number) => number,
  one: number,
  few: number,
  many: number,
): number {
  const costAt = (size: number) => (timeAt(size) - timeAt(one)) / (size - one);
  return costAt(many) / costAt(few);
}

/** NaN where it was not measured. */
function timeOf(
  samples: readonly Sample[],
  title: string,
  operation: Operation,
  resources: number,
): number {
  return median(
    samples
      .filter(
        ({ subject, ...sample }) =>
          sample.operation === operation &&
          subject.title === title &&
          subject.resources === resources,
      )
      .map(({ milliseconds }) => milliseconds),
  );
}
