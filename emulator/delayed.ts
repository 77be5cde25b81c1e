/** How long a write stays out of sight: so many reads, and so many milliseconds. */
export type Delay = { gets: number; ms: number };

/** A stored value whose writes may show late, as in a store that replicates. */
export class Delayed<T> {
  #value: T | undefined;
  #earlier: { value: T | undefined; reads: number; until: number } | undefined;

  get value(): T | undefined {
    return this.#value;
  }

  /** Stores a value that shows at once. */
  set(value: T | undefined): void {
    this.#value = value;
    this.#earlier = undefined;
  }

  /** Stores a value that shows after the delay; until then reads answer what they answered before. */
  write(value: T | undefined, delay: Delay): void {
    const earlier = this.#earlier ? this.#earlier.value : this.#value;
    this.#value = value;
    this.#earlier =
      delay.gets > 0 || delay.ms > 0
        ? { value: earlier, reads: delay.gets, until: performance.now() + delay.ms }
        : undefined;
  }

  /** What a read answers now. */
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
