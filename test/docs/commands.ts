import type { Block } from "./pages.js";

/** One command of a shell block. */
export interface ShownCommand {
  readonly page: string;
  readonly program: string;
  /** What follows, without options. */
  readonly args: readonly string[];
  /** The names of the options: `--run`. */
  readonly options: readonly string[];
}

/** The commands of a shell block; none of a block in another language. */
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

/** `CLOUDFLARE_LOG=debug` before a program. */
function isAssignment(word: string): boolean {
  return /^[A-Z_]+=/.test(word);
}
