/** An error whose message is all that the user needs. Exit code 1. */
export class CommandError extends Error {}

/** An invalid command line. Exit code 2. */
export class UsageError extends Error {}

/** Returns the message of any thrown value, without the stack. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
