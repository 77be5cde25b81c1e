/** For how many reads, and for how many milliseconds, a write is not visible. */
export type ReadDelay = { gets: number; ms: number };

/** A stored value whose writes become visible late, as in a replicated store. */
export class EventuallyConsistent<T> {
  #value: T | undefined;
  #earlier: { value: T | undefined; reads: number; until: number } | undefined;

  get value(): T | undefined {
    return this.#value;
  }

  /** Stores a value that is visible at once. */
  set(value: T | undefined): void {
    this.#value = value;
    this.#earlier = undefined;
  }

  /** Stores a value that becomes visible after the delay. Until then, reads return the earlier value. */
  write(value: T | undefined, delay: ReadDelay): void {
    const earlier = this.#earlier ? this.#earlier.value : this.#value;
    this.#value = value;
    this.#earlier =
      delay.gets > 0 || delay.ms > 0
        ? { value: earlier, reads: delay.gets, until: performance.now() + delay.ms }
        : undefined;
  }

  /** Returns the value that is visible now. */
  read(): T | undefined {
    if (!this.#earlier) return this.#value;
    if (this.#earlier.reads <= 0 && performance.now() >= this.#earlier.until) {
      this.#earlier = undefined;
      return this.#value;
    }
    this.#earlier.reads -= 1;
    return this.#earlier.value;
  }
}
