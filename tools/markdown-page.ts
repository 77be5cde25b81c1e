import { readFile } from "node:fs/promises";
import { format, resolveConfig } from "prettier";

/**
 * Returns a page with new text between its two marks.
 *
 * @throws Error if the page lacks a mark.
 */
export async function pageWith(
  file: string,
  [begin, end]: readonly [begin: RegExp, end: string],
  text: string,
): Promise<{ readonly present: string; readonly wanted: string }> {
  const present = await readFile(file, "utf8");
  const mark = begin.exec(present);
  const from = mark === null ? -1 : mark.index + mark[0].length;
  const to = present.indexOf(end);
  if (from === -1 || to < from) throw new Error(`${file} lacks ${String(begin)} or ${end}.`);
  const page = `${present.slice(0, from)}\n\n${text}\n\n${present.slice(to)}`;
  return { present, wanted: await formatAs(file, page) };
}

/** Formats text as Prettier formats the given file. */
export async function formatAs(file: string, text: string): Promise<string> {
  return format(text, { ...(await resolveConfig(file)), filepath: file });
}
