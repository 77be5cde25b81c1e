/**
 * Characters that a terminal or an editor acts on, or that a reader cannot see: control, bidirectional and
 * zero-width characters, line separators, and unassigned ones. Text from outside could use them to move the
 * cursor or to imitate other lines.
 */
const INVISIBLE = /[\p{C}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/gu;

/** A value as JSON in one line, with every invisible character escaped. */
export function formatValue(value: unknown): string {
  if (value === undefined || value === null || value === "") return "not set";
  return escapeInvisible(JSON.stringify(value));
}

/** Replaces invisible characters with escapes such as `\u202e`, which JavaScript and JSON read as the same text. */
export function escapeInvisible(text: string): string {
  return text.replace(INVISIBLE, (character) =>
    [...Array(character.length).keys()]
      .map((index) => `\\u${character.charCodeAt(index).toString(16).padStart(4, "0")}`)
      .join(""),
  );
}
