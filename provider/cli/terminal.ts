import pc from "picocolors";

/** Where text goes; a terminal is told by `isTTY`. */
export type Stream = Pick<NodeJS.WriteStream, "write"> & { readonly isTTY?: boolean };

/** Where a command writes: results to standard output, everything else to standard error. */
export interface Terminal {
  /** A line of the result. */
  readonly print: (line: string) => void;
  /** A line beside the result: a warning, an error, what goes on. */
  readonly tell: (line: string) => void;
  /** For `print`. Colours only where someone looks at them. */
  readonly colors: ReturnType<typeof pc.createColors>;
  readonly stdout: Stream;
  readonly stderr: Stream;
}

export function terminal(stdout: Stream, stderr: Stream): Terminal {
  const colored = stdout.isTTY === true && !process.env.NO_COLOR && process.env.TERM !== "dumb";
  return {
    print: (line) => void stdout.write(`${line}\n`),
    tell: (line) => void stderr.write(`${line}\n`),
    colors: pc.createColors(colored),
    stdout,
    stderr,
  };
}

/** Lines below one that they belong to. */
export function indented(text: string, by = 2): string {
  return text.replace(/^(?=.)/gm, " ".repeat(by));
}
