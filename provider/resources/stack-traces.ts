/** Stack traces are not recorded until they are resumed. */
export interface PausedStackTraces {
  /** An error that was thrown meanwhile, which says now from where this is called. */
  located(error: unknown): unknown;
  resume(): void;
}

/**
 * The SDK records a stack trace for each of some forty promises of a resource, for whoever hunts leaked
 * ones. To map them to sources takes longer than all else that is done to register it, so a resource is
 * made without. Not by a function around it, nor in a common base class: the SDK counts the calls from
 * itself to the program, to tell the engine where that made the resource.
 */
export function pauseStackTraces(): PausedStackTraces {
  const { stackTraceLimit } = Error;
  const resume = () => {
    Error.stackTraceLimit = stackTraceLimit;
  };
  const located = (error: unknown) => {
    resume();
    if (error instanceof Error) Error.captureStackTrace(error, located);
    return error;
  };
  Error.stackTraceLimit = 0;
  return { located, resume };
}
