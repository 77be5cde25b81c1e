/** A table in Markdown, with escaped pipes. */
export function markdownTable(
  head: readonly string[],
  rows: readonly (readonly (string | undefined)[])[],
): string {
  return [head, head.map(() => "---"), ...rows]
    .map((cells) => `| ${cells.map((cell = "") => cell.replaceAll("|", "\\|")).join(" | ")} |`)
    .join("\n");
}
