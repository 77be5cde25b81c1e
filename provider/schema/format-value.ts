/**
 * Characters that a terminal does not show: control characters, invisible ones, and those that change the
 * direction of text. Text from outside could use them to move the cursor or to imitate other lines.
 */
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;

/** A value as JSON in one line, with every invisible character escaped. */
export function formatValue(value: unknown): string {
  if (value === undefined || value === null || value === "") return "not set";
  return escapeInvisible(JSON.stringify(value));
}

export function escapeInvisible(text: string): string {
  return text.replace(INVISIBLE, (character) =>
    [...Array(character.length).keys()]
      .map((index) => `\\u${character.charCodeAt(index).toString(16).padStart(4, "0")}`)
      .join(""),
  );
}
