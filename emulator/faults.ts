/** A failure of the next matching requests. */
export type Fault = {
  method?: string;
  /** The path below `/client/v4`: a string must be equal, a pattern must match. */
  path?: string | RegExp;
  /** How many matching requests fail. Default: 1. */
  times?: number;
  /** How many matching requests succeed before it. Default: 0. */
  skip?: number;
  /** The status of the response. Default: 200 with a body, and otherwise the real status. */
  status?: number;
  headers?: Record<string, string>;
  /** The body of the response. An object is sent as JSON, a string unchanged. */
  body?: unknown;
  /** Default: `application/json` for an object, `text/html` for a string. */
  contentType?: string;
  /** Milliseconds before the response is sent. */
  delayMs?: number;
  /** Closes the connection without a response, before or after the request takes effect. */
  reset?: "before" | "after";
  /** With a status or body: whether the request takes effect although the response says otherwise. */
  takesEffect?: boolean;
  /** Number of bytes of the response after which the connection is closed. */
  truncateAfter?: number;
};

type Pending = { fault: Fault; skip: number; times: number };

/** The pending faults. */
export class Faults {
  #pending: Pending[] = [];

  add(fault: Fault): void {
    this.#pending.push({ fault, skip: fault.skip ?? 0, times: fault.times ?? 1 });
  }

  clear(): void {
    this.#pending = [];
  }

  /** Returns the oldest fault that applies to a request, and removes it if it is used up. */
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

/** Whether the request takes effect, whatever the response says. */
export function takesEffect(fault: Fault): boolean {
  if (fault.reset !== undefined) return fault.reset === "after";
  return fault.takesEffect ?? !replacesResponse(fault);
}

/** Whether the fault has its own response. */
export function replacesResponse(fault: Fault): boolean {
  return fault.status !== undefined || fault.body !== undefined;
}

function matches(fault: Fault, method: string, path: string): boolean {
  if (fault.method !== undefined && fault.method.toUpperCase() !== method) return false;
  if (fault.path === undefined) return true;
  // Unlike test(), search() does not depend on the lastIndex of a global pattern.
  return typeof fault.path === "string" ? fault.path === path : path.search(fault.path) >= 0;
}
