/** Something that goes wrong with the next matching requests. */
export type Fault = {
  method?: string;
  /** The path below `/client/v4`: a string has to be equal, a pattern has to match. */
  path?: string | RegExp;
  /** How many matching requests it meets. Default: 1. */
  times?: number;
  /** How many matching requests pass unharmed before it. Default: 0. */
  skip?: number;
  /** The status answered. Default: 200 when there is a body, the real one otherwise. */
  status?: number;
  headers?: Record<string, string>;
  /** An object is sent as JSON, a string as it is. */
  body?: unknown;
  /** Default: `application/json` for an object, `text/html` for a string. */
  contentType?: string;
  /** How long the answer is held back. */
  delayMs?: number;
  /** Cuts the connection without an answer, before or after the request took effect. */
  reset?: "before" | "after";
  /** With a status or body: the request takes effect before the answer denies it. */
  takesEffect?: boolean;
  /** Sends so many bytes of the answer and then cuts the connection. */
  truncateAfter?: number;
};

type Pending = { fault: Fault; skip: number; times: number };

/** The faults that wait for their requests. */
export class Faults {
  #pending: Pending[] = [];

  add(fault: Fault): void {
    this.#pending.push({ fault, skip: fault.skip ?? 0, times: fault.times ?? 1 });
  }

  clear(): void {
    this.#pending = [];
  }

  /** The fault that a request meets, the oldest first. */
  take(method: string, path: string): Fault | undefined {
    for (const pending of this.#pending) {
      if (!matches(pending.fault, method, path)) continue;
      if (pending.skip > 0) {
        pending.skip -= 1;
        continue;
      }
      pending.times -= 1;
      if (pending.times <= 0) this.#pending = this.#pending.filter((one) => one !== pending);
      return pending.fault;
    }
    return undefined;
  }
}

/** Whether the request is carried out, whatever is then answered. */
export function takesEffect(fault: Fault): boolean {
  if (fault.reset !== undefined) return fault.reset === "after";
  return fault.takesEffect ?? !replacesAnswer(fault);
}

/** Whether the fault has an answer of its own. */
export function replacesAnswer(fault: Fault): boolean {
  return fault.status !== undefined || fault.body !== undefined;
}

function matches(fault: Fault, method: string, path: string): boolean {
  if (fault.method !== undefined && fault.method.toUpperCase() !== method) return false;
  if (fault.path === undefined) return true;
  // search() and not test(): a global pattern would remember where it stopped.
  return typeof fault.path === "string" ? fault.path === path : path.search(fault.path) >= 0;
}
