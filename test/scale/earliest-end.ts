/** A limit of `limit` requests in any window of `windowMs` milliseconds. */
export interface Window {
  readonly limit: number;
  readonly windowMs: number;
}

/** Above this share of the limit, a rate limiter delays requests. */
const NEARLY_FULL = 0.95;

/**
 * Returns the earliest possible time of the last request: the same requests, as fast one after the other as they really
 * came while the window was not full, under a window whose quota is used completely. Times are in milliseconds.
 *
 * @param before The times of requests before the run, which the window still counts.
 */
export function earliestEnd(
  requests: readonly number[],
  { limit, windowMs }: Window,
  before: readonly number[] = [],
): number {
  const real = [...before, ...requests];
  const ideal = [...before];
  for (const [index, request] of requests.entries()) {
    const place = before.length + index;
    const previous = real[place - 1] ?? request;
    const used = real.filter((time) => time <= previous && time > previous - windowMs).length;
    const isDelayed = used > NEARLY_FULL * limit;
    const pause = index === 0 || isDelayed ? 0 : request - previous;
    const start = index === 0 ? request : (ideal[place - 1] ?? request) + pause;
    const expired = ideal[place - limit];
    ideal.push(Math.max(start, expired === undefined ? start : expired + windowMs));
  }
  return ideal.at(-1) ?? 0;
}
