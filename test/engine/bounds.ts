/** A figure of the package that must not grow unnoticed. */
export interface Bounded {
  readonly what: string;
  readonly is: number;
  readonly atMost: number;
}

/** What has outgrown its bound, one sentence each. */
export function outgrown(figures: readonly Bounded[]): string[] {
  return figures
    .filter(({ is, atMost }) => is > atMost)
    .map(
      ({ what, is, atMost }) =>
        `${what}: ${is}, at most ${atMost}. See docs/performance.md; if it has to grow, raise the bound here and say why.`,
    );
}
