import { readFile, writeFile } from "node:fs/promises";

const BEGIN = "<!-- bench -->";
const END = "<!-- /bench -->";

/** A document, without what stands between its marks. */
interface Surrounding {
  readonly before: string;
  readonly after: string;
}

/**
 * Puts text between the marks of a document, in place of what stands there.
 *
 * @throws Error where it has no marks.
 */
export async function putBetweenMarks(file: string, text: string): Promise<void> {
  const { before, after } = await findMarks(file);
  await writeFile(file, `${before}${BEGIN}\n\n\`\`\`text\n${text}\n\`\`\`\n\n${END}${after}`);
}

/** @throws Error where a document has no marks: better heard before an hour of measuring than after it. */
export async function findMarks(file: string): Promise<Surrounding> {
  const document = await readFile(file, "utf8");
  const begin = document.indexOf(BEGIN);
  const end = document.indexOf(END);
  if (begin === -1 || end < begin)
    throw new Error(`${file} has no ${BEGIN} and ${END} to put the tables between.`);
  return { before: document.slice(0, begin), after: document.slice(end + END.length) };
}
