/**
 * Wraps text at words. A continued line keeps the indent of its first line, and text in backticks
 * stays on one line, so that commands can be copied.
 *
 * @param width The number of columns. A word that is longer stays whole.
 */
export function wrap(text: string, width: number): string {
  return text
    .split("\n")
    .map((line) => wrapLine(line, width))
    .join("\n");
}

function wrapLine(line: string, width: number): string {
  if (line.length <= width) return line;
  const [indent = ""] = /^ */.exec(line) ?? [];
  const lines: string[] = [];
  let current = "";
  for (const word of line.trim().match(/(?:`[^`]*`|[^\s`])+|`/g) ?? []) {
    const longer = current === "" ? indent + word : `${current} ${word}`;
    if (current === "" || longer.length <= width) {
      current = longer;
      continue;
    }
    lines.push(current);
    current = indent + word;
  }
  return [...lines, current].join("\n");
}
