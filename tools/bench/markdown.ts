import { readFile, writeFile } from "node:fs/promises";

const BEGIN = "<!-- bench -->";
const END = "<!-- /bench -->";

/** Puts text between the marks of a document, in place of what stands there. */
export async function putBetweenMarks(file: string, text: string): Promise<void> {
  const document = await readFile(file, "utf8");
  const begin = document.indexOf(BEGIN);
  const end = document.indexOf(END);
  if (begin === -1 || end < begin)
    throw new Error(`${file} has no ${BEGIN} and ${END} to put the tables between.`);
  const block = `${BEGIN}\n\n\`\`\`text\n${text}\n\`\`\`\n\n`;
  await writeFile(file, document.slice(0, begin) + block + document.slice(end));
}
