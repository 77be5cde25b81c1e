import { readFile } from "node:fs/promises";
import { text } from "node:stream/consumers";
import { CommandError } from "./errors.js";

/**
 * Returns the text of a file, or of standard input for "-".
 *
 * @throws CommandError if it cannot be read.
 */
export async function readText(file: string): Promise<string> {
  if (file === "-") return text(process.stdin);
  try {
    return decode(await readFile(file));
  } catch (error) {
    const { code = String(error) } = error as NodeJS.ErrnoException;
    throw new CommandError(`Cannot read ${file}: ${REASONS[code] ?? code}.`);
  }
}

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: "no such file",
  EISDIR: "it is a directory",
  EACCES: "permission denied",
};

/** PowerShell writes UTF-16 when it redirects a command's output into a file. */
function decode(bytes: Buffer): string {
  const isUtf16 = bytes[0] === 0xff && bytes[1] === 0xfe;
  return bytes.toString(isUtf16 ? "utf16le" : "utf8").replace(/^\uFEFF/, "");
}
