/** Something that a person can act on: its message is all that is shown. Exit code 1. */
export class CommandError extends Error {}

/** A command line that asks for what cannot be. Exit code 2. */
export class UsageError extends Error {}

/** What a person can use of any error: its message, never its stack. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
