/** A failed check of an input. */
export interface InputFailure {
  /** The property path, or "" for the resource as a whole. */
  readonly property: string;
  readonly reason: string;
  /** The end of the reason that repeats the declared value, or something that follows from it: `, not "1 day"`. */
  readonly detail?: string;
}

/**
 * Returns a failure in the form of Pulumi's `CheckFailure`. The detail of a secret input is left out.
 *
 * @param secrets The inputs whose values must not be shown.
 */
export function describeFailure(
  { property, reason, detail = "" }: InputFailure,
  secrets: readonly string[] = [],
): Omit<InputFailure, "detail"> {
  const [input = property] = property.split(/[.[]/);
  return { property, reason: secrets.includes(input) ? reason : reason + detail };
}
