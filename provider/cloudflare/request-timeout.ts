import type { GenericAbortSignal } from "axios";

type Listener = (reason?: unknown) => void;

/**
 * How long something may take in all, as a signal to axios. It is the little that axios asks of one: an
 * AbortController for each call takes some 7 % of a read's processor time (docs/performance.md).
 */
export class RequestTimeout implements GenericAbortSignal {
  #passed = false;
  #listener: Listener | undefined;
  readonly #timer: NodeJS.Timeout;

  constructor(milliseconds: number) {
    this.#timer = setTimeout(() => {
      this.#passed = true;
      this.#listener?.();
    }, milliseconds);
  }

  get aborted(): boolean {
    return this.#passed;
  }

  addEventListener(_: "abort", listener: Listener): void {
    this.#listener = listener;
  }

  removeEventListener(): void {
    this.#listener = undefined;
  }

  /** To be called when it is done, so that no timer is left. */
  clear(): void {
    clearTimeout(this.#timer);
  }
}
