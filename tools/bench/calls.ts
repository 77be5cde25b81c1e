import type { Figure } from "./figures.js";
import { OPERATIONS } from "./operations.js";
import type { Sample } from "./rounds.js";
import { compare, median, wallTime } from "./statistics.js";
import { boundMs, limitFor, VARIANTS, WINDOW_MS } from "./variants.js";

/** The calls of each operation, and what they add where Cloudflare takes its time. */
export function latencyFigures(samples: readonly Sample[]): Figure[] {
  const resources = samples[0]?.subject.resources ?? 0;
  const columns = [...new Set(samples.map(({ subject }) => subject.title))];
  const table = `Cloudflare's calls by latency, ${resources} resources`;
  return OPERATIONS.flatMap((operation) =>
    columns.flatMap((column): Figure[] => {
      const own = samples.filter(
        (sample) => sample.operation === operation && sample.subject.title === column,
      );
      if (own.length === 0) return [];
      const time = compare(samples, column, wallTime(operation));
      const timeOf: Figure = { table, row: operation, column, ...time, unit: "ms" };
      if (column === VARIANTS.noop) return [timeOf];
      const calls = median(own.map((sample) => sample.calls / resources));
      const share = median(own.map((sample) => sample.underWayMs / sample.milliseconds));
      return [
        timeOf,
        { table, row: `${operation}: calls each`, column, absolute: calls, unit: "count" },
        { table, row: `${operation}: call under way`, column, absolute: share, unit: "share" },
      ];
    }),
  );
}

/** How long an operation takes beyond what the limit itself demands. */
export function limitFigures(samples: readonly Sample[]): Figure[] {
  const limit = limitFor(samples[0]?.subject.resources ?? 0);
  const table = `Time under a limit of ${limit} calls in ${WINDOW_MS / 1000} s, as a ratio to the limit's own bound`;
  return OPERATIONS.flatMap((row): Figure[] => {
    const own = samples.filter(({ operation }) => operation === row);
    const calls = median(own.map((sample) => sample.calls));
    const bound = boundMs(calls, limit);
    if (own.length === 0 || bound === 0) return [];
    const absolute = median(own.map(({ milliseconds }) => milliseconds));
    return [
      { table, row, column: VARIANTS.ours, ratio: absolute / bound, absolute, unit: "ms" },
      { table, row, column: "bound", absolute: bound, unit: "ms" },
    ];
  });
}
