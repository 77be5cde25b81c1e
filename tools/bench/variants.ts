import type { EmulatorOptions } from "../../emulator/index.js";

/** What is compared. Each is a file of `programs`. */
export const VARIANTS = {
  noop: "no-op",
  ours: "this package",
  plain: "plain way",
  empty: "empty program",
} as const;

export type Variant = keyof typeof VARIANTS;

/** One stack that is measured: a program, with so many resources, against so slow an API. */
export interface Subject {
  /** Its column or row in the tables. */
  readonly title: string;
  readonly program: Variant;
  readonly resources: number;
  readonly api: Pick<EmulatorOptions, "latencyMs" | "rateLimit">;
  /** Another build of this package to take. */
  readonly checkout?: string | undefined;
  /** Whether the engine saves the state at the end only, and not after each step. */
  readonly savesOnce?: boolean;
}

/** Against an API that answers at once, so that nothing hides what the variants themselves cost. */
export function comparison(
  resources: number,
  withEmpty: boolean,
  against: string | undefined,
): Subject[] {
  const names: Variant[] = ["noop", "ours", "plain", ...(withEmpty ? (["empty"] as const) : [])];
  const subjects = names.map((program) => ({
    title: VARIANTS[program],
    program,
    resources,
    api: {},
  }));
  const other: Subject = {
    title: "other build",
    program: "ours",
    resources,
    api: {},
    checkout: against,
  };
  return against === undefined ? subjects : [...subjects, other];
}

export const SAVED_ONCE = "state saved once";

/** This package without what the engine's saving of a growing state costs. */
export function savedOnce(sizes: readonly number[]): Subject[] {
  return sizes.map((resources) => {
    return { title: SAVED_ONCE, program: "ours", resources, api: {}, savesOnce: true };
  });
}

export const LATENCIES_MS = [0, 50, 150] as const;

/** This package against an API that takes its time, beside the no-op resource, which makes no calls. */
export function latencies(resources: number): Subject[] {
  const noop: Subject = { title: VARIANTS.noop, program: "noop", resources, api: {} };
  const slow = LATENCIES_MS.map((latencyMs): Subject => {
    return { title: `${latencyMs} ms`, program: "ours", resources, api: { latencyMs } };
  });
  return [noop, ...slow];
}

/** How long a window of the emulated rate limit is: short, so that nobody waits five minutes for it. */
export const WINDOW_MS = 5_000;

/** A limit that `up` reaches three times: it makes two calls for each resource. */
export function limitFor(resources: number): number {
  return Math.ceil(0.6 * resources);
}

/** This package against an API whose limit is reached. */
export function limited(resources: number): Subject {
  const rateLimit = { limit: limitFor(resources), windowMs: WINDOW_MS, blockMs: WINDOW_MS };
  return { title: "rate limit", program: "ours", resources, api: { rateLimit } };
}

/** The least time that so many calls take under a limit: a window passes before each further one. */
export function boundMs(calls: number, limit: number): number {
  return Math.floor(Math.max(0, calls - 1) / limit) * WINDOW_MS;
}
