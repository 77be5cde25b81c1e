/** The time that failures have cost. */
interface Cost {
  /** By network errors and 5xx. */
  troubleMs: number;
  /** Where the API said that the rate limit is reached. */
  rateLimitMs: number;
}

/**
 * What it has taken so far to get a request through. A request that is made anew, since what it said
 * may not be true any more, goes on with the effort of the one before: to begin again is no way around
 * the limits.
 */
export class Effort {
  /** How many tries have left. */
  tries = 0;
  /** Whether one of those that failed may have taken effect. */
  mayHaveArrived = false;

  constructor(readonly cost: Cost = { troubleMs: 0, rateLimitMs: 0 }) {}

  /** For a request of another kind in between, which has tries of its own, but no time. */
  aside(): Effort {
    return new Effort(this.cost);
  }
}
