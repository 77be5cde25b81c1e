import { UsageError } from "./errors.js";

/**
 * A name that Pulumi takes for a resource.
 *
 * @throws Misuse where it does not.
 */
export function checkedName(name: string): string {
  const fault = nameFault(name);
  if (fault === undefined) return name;
  throw new UsageError(`--name ${JSON.stringify(name)}: a name ${fault}.`);
}

/** Why Pulumi would not take a name: it becomes a part of a URN. */
export function nameFault(name: string): string | undefined {
  if (name.trim() === "") return "must not be blank";
  if (name.includes("::")) return 'must not hold "::"';
  return /\p{Cc}/u.test(name) ? "must not hold control characters" : undefined;
}
