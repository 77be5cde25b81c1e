import type { Fault } from "../../emulator/index.js";

/** A response of the API that rejects a request with these errors. */
export function rejection(status: number, ...errors: readonly unknown[]): Fault {
  return { status, body: { success: false, errors, messages: [], result: null } };
}

/** The error of an operation; an error that says so if the operation succeeds. */
export async function errorOf(operation: Promise<unknown>): Promise<Error> {
  return operation.then(
    () => new Error(SUCCESS),
    (error: unknown) => (error instanceof Error ? error : new Error(String(error))),
  );
}

/** The error message of an operation; `SUCCESS` if it succeeds. */
export async function messageOf(operation: Promise<unknown>): Promise<string> {
  return (await errorOf(operation)).message;
}

/** The error message of a synchronous call; `SUCCESS` if it succeeds. */
export function messageOfCall(call: () => unknown): string {
  try {
    call();
  } catch (error) {
    expect(error).not.toBeInstanceOf(TypeError);
    return (error as Error).message;
  }
  return SUCCESS;
}

export const SUCCESS = "The operation succeeded.";
