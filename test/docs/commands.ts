import type { Block } from "./pages.js";

/** A command in a shell block. */
export interface ShownCommand {
  readonly page: string;
  readonly program: string;
  /** The arguments that are not options. */
  readonly args: readonly string[];
  /** The names of the options: `--run`. */
  readonly options: readonly string[];
}

/** Returns the commands of a shell block. A block in another language has none. */
export function commandsIn({ page, language, code }: Block): ShownCommand[] {
  if (language !== "sh") return [];
  return code
    .replaceAll("\\\n", " ")
    .split(/\n|&&|\|/)
    .map((line) => line.replace(/(^|\s)#.*$/, "").trim())
    .filter((line) => line !== "")
    .map((line) => {
      const [program = "", ...words] = line.split(/\s+/).filter((word) => !isAssignment(word));
      const options = words.filter((word) => word.startsWith("--"));
      return {
        page,
        program,
        args: words.filter((word) => !word.startsWith("-")),
        options: options.map((option) => option.replace(/=.*$/, "")),
      };
    });
}

/** Whether a word sets a variable, such as `CLOUDFLARE_LOG=debug` before a program. */
function isAssignment(word: string): boolean {
  return /^[A-Z_]+=/.test(word);
}
