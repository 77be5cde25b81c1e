/**
 * Characters that a terminal or an editor acts on, or that a reader cannot see: control,
 * bidirectional and zero-width characters, line separators, and all that is unassigned.
 */
const INVISIBLE = /[\p{C}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/gu;

/** Replaces invisible characters by `\uXXXX`, which means the same in a string of JavaScript or JSON. */
export function escapeInvisible(text: string): string {
  return text.replace(INVISIBLE, (character) =>
    Array.from({ length: character.length }, (_, index) =>
      escapeCodeUnit(character.charCodeAt(index)),
    ).join(""),
  );
}

function escapeCodeUnit(codeUnit: number): string {
  return `\\u${codeUnit.toString(16).padStart(4, "0")}`;
}
