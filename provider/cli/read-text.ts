import { readFile } from "node:fs/promises";
import { text } from "node:stream/consumers";
import { CommandError } from "./errors.js";

/**
 * The text of a file, or of standard input for "-".
 *
 * @throws Trouble where it can't be read.
 */
export async function readText(file: string): Promise<string> {
  if (file === "-") return text(process.stdin);
  try {
    return decode(await readFile(file));
  } catch (error) {
    const { code = String(error) } = error as NodeJS.ErrnoException;
    const reason = REASONS[code] ?? `it cannot be read (${code})`;
    throw new CommandError(`${file}: ${reason}.`);
  }
}

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: "there is no such file",
  EISDIR: "this is a folder, not a file",
  EACCES: "it may not be read by you",
};

/** The Windows shell writes UTF-16 into files that a command's output is redirected to. */
function decode(bytes: Buffer): string {
  const isUtf16 = bytes[0] === 0xff && bytes[1] === 0xfe;
  return bytes.toString(isUtf16 ? "utf16le" : "utf8").replace(/^\uFEFF/, "");
}
