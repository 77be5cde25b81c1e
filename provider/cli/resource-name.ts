import { UsageError } from "./errors.js";

/** @throws UsageError if Pulumi does not accept the name. */
export function parseResourceName(name: string): string {
  const reason = invalidNameReason(name);
  if (reason === undefined) return name;
  throw new UsageError(`Invalid --name ${JSON.stringify(name)}: a resource name ${reason}.`);
}

/** Returns why Pulumi does not accept a resource name: the name becomes a part of a URN. */
export function invalidNameReason(name: string): string | undefined {
  if (name.trim() === "") return "must not be blank";
  if (name.includes("::")) return 'must not contain "::"';
  return /\p{Cc}/u.test(name) ? "must not contain control characters" : undefined;
}
