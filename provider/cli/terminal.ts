import pc from "picocolors";
import { wrap } from "./wrap.js";

/** An output stream. A terminal has `isTTY` and its width in `columns`. */
export type Stream = Pick<NodeJS.WriteStream, "write"> & {
  readonly isTTY?: boolean;
  readonly columns?: number;
};

/** The output of a command: results go to standard output, everything else to standard error. */
export interface Terminal {
  /** Writes a line of the result. */
  readonly print: (line: string) => void;
  /** Writes a warning, an error or progress, wrapped to the width of the terminal. */
  readonly log: (text: string) => void;
  /** Colors for `print`. */
  readonly colors: ReturnType<typeof pc.createColors>;
  readonly stdout: Stream;
  readonly stderr: Stream;
}

export function terminal(stdout: Stream, stderr: Stream): Terminal {
  return {
    print: (line) => void stdout.write(`${line}\n`),
    log: (text) => void stderr.write(`${wrap(text, widthOf(stderr))}\n`),
    colors: pc.createColors(isColored(stdout, process.env)),
    stdout,
    stderr,
  };
}

/** Returns the width of a terminal. Text that goes into a file or a pipe is never wrapped. */
export function widthOf({ isTTY, columns }: Stream): number {
  return isTTY === true && columns !== undefined && columns > 0 ? columns : Infinity;
}

/** FORCE_COLOR wins over NO_COLOR, as in Node.js. */
function isColored({ isTTY }: Stream, env: Readonly<NodeJS.ProcessEnv>): boolean {
  const { FORCE_COLOR, NO_COLOR, TERM } = env;
  if (FORCE_COLOR !== undefined) return FORCE_COLOR !== "0" && FORCE_COLOR !== "false";
  return isTTY === true && !NO_COLOR && TERM !== "dumb";
}

/** Indents every line that is not empty. */
export function indented(text: string, by = 2): string {
  return text.replace(/^(?=.)/gm, " ".repeat(by));
}
