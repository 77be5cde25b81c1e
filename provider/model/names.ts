import { distance } from "fastest-levenshtein";
import type { Description } from "./description.js";
import { TARGET_ARGUMENTS } from "./target-arguments.js";

/** The argument names of a description, without those that say where it lives. */
export function argumentNames({
  settings,
  passThrough,
  otherArguments = [],
}: Description): string[] {
  const additional = passThrough ? ["additionalSettings"] : [];
  return [...Object.keys(settings), ...additional, ...otherArguments];
}

/** All argument names of a description. */
export function allArgumentNames(description: Description): string[] {
  const targets = description.levels.map((level) => TARGET_ARGUMENTS[level]);
  return [...targets, ...argumentNames(description)];
}

/** The known name that someone who wrote `unknown` most likely meant, if any is close. */
export function closestName(unknown: string, known: readonly string[]): string | undefined {
  const wanted = camelCase(unknown).toLowerCase();
  const [best] = known
    .map((name) => ({ name, edits: distance(wanted, name.toLowerCase()) }))
    .sort((one, other) => one.edits - other.edits);
  return best !== undefined && best.edits <= Math.max(2, best.name.length / 3)
    ? best.name
    : undefined;
}

/** The API's snake_case in the spelling of arguments. */
function camelCase(name: string): string {
  return name.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}
