import { distance } from "fastest-levenshtein";
import type { Definition } from "./definition.js";
import { SCOPE_INPUTS } from "./scope-inputs.js";

/** The input names of a definition, except the inputs of the scope. */
export function settingNames({
  settings,
  additionalSettings: passThrough,
  otherInputs: otherArguments = [],
}: Definition): string[] {
  const additional = passThrough ? ["additionalSettings"] : [];
  return [...Object.keys(settings), ...additional, ...otherArguments];
}

/** All input names of a definition. */
export function inputNames(definition: Definition): string[] {
  const targets = definition.scopes.map((level) => SCOPE_INPUTS[level]);
  return [...targets, ...settingNames(definition)];
}

/** The known name that is closest to `unknown`, if any is close. */
export function closestName(unknown: string, known: readonly string[]): string | undefined {
  const wanted = camelCase(unknown).toLowerCase();
  const [best] = known
    .map((name) => ({ name, edits: distance(wanted, name.toLowerCase()) }))
    .sort((one, other) => one.edits - other.edits);
  return best !== undefined && best.edits <= Math.max(2, best.name.length / 3)
    ? best.name
    : undefined;
}

/** Converts the API's snake_case to the spelling of inputs. */
function camelCase(name: string): string {
  return name.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}
