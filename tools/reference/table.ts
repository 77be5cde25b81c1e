/** A table in Markdown. A pipe in a cell would end it, so it is escaped. */
export function table(
  head: readonly string[],
  rows: readonly (readonly (string | undefined)[])[],
): string {
  const lines = [head, head.map(() => "---"), ...rows];
  return lines
    .map((cells) => `| ${cells.map((cell = "") => cell.replaceAll("|", "\\|")).join(" | ")} |`)
    .join("\n");
}
