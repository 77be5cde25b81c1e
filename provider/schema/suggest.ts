import { distance } from "fastest-levenshtein";

/** The known name that is closest to `unknown`, if any is close. */
export function closestName(unknown: string, known: readonly string[]): string | undefined {
  const wanted = withoutCase(unknown);
  const [best] = known
    .map((name) => ({ name, edits: distance(wanted, name.toLowerCase()) }))
    .sort((one, other) => one.edits - other.edits);
  return best !== undefined && best.edits <= Math.max(2, best.name.length / 3)
    ? best.name
    : undefined;
}

/** The known name that `unknown` spells in snake_case or in other letter case. */
export function sameName(unknown: string, known: readonly string[]): string | undefined {
  return known.find((name) => name.toLowerCase() === withoutCase(unknown));
}

/** The form of a name that is compared: `header_text` and `headerText` are equal. */
function withoutCase(name: string): string {
  return name.replace(/_(?=[a-z0-9])/g, "").toLowerCase();
}
