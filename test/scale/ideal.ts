/** A limit of so many calls in any window of so many milliseconds. */
export interface Window {
  readonly limit: number;
  readonly windowMs: number;
}

/**
 * When the last of some calls could have left at the earliest: the same calls, as fast one after the
 * other as they really came where nothing held them up, under a window that is used to the last place.
 * Times are in milliseconds, those of calls before the run too, since the window still counts them.
 */
export function earliestEnd(
  calls: readonly number[],
  { limit, windowMs }: Window,
  before: readonly number[] = [],
): number {
  const real = [...before, ...calls];
  const ideal = [...before];
  for (const [index, call] of calls.entries()) {
    const place = before.length + index;
    const previous = real[place - 1] ?? call;
    const wasFull = real.filter((time) => time <= previous && time > previous - windowMs).length;
    const wasHeldUp = wasFull > HARDLY_ANY_LEFT * limit;
    const pause = index === 0 || wasHeldUp ? 0 : call - previous;
    const start = index === 0 ? call : (ideal[place - 1] ?? call) + pause;
    const forgotten = ideal[place - limit];
    ideal.push(Math.max(start, forgotten === undefined ? start : forgotten + windowMs));
  }
  return ideal.at(-1) ?? 0;
}

/** From here on whoever keeps below the limit slows down. */
const HARDLY_ANY_LEFT = 0.95;
