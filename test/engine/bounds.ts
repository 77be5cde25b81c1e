/** A measure of the package that must not grow unnoticed. */
export interface Bounded {
  readonly what: string;
  readonly is: number;
  readonly atMost: number;
}

/** Returns one sentence for each measure that exceeds its bound. */
export function outgrown(measures: readonly Bounded[]): string[] {
  return measures
    .filter(({ is, atMost }) => is > atMost)
    .map(
      ({ what, is, atMost }) =>
        `${what}: ${is}, at most ${atMost}. See docs/maintainers/performance.md. If it has to grow, raise the bound here and give the reason.`,
    );
}
