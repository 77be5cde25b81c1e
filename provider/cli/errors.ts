/** An error whose message is all that the user needs. Exit code 1. */
export class CommandError extends Error {}

/** An invalid command line. Exit code 2. */
export class UsageError extends Error {}

export { messageOf } from "../cloudflare/error.js";
