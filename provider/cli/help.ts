import type { Command } from "commander";
import { widthOf, type Stream, type Terminal } from "./terminal.js";
import { wrap } from "./wrap.js";

const DEFAULT_WIDTH = 80;
/** Longer lines are hard to read. */
const MAX_WIDTH = 100;

export function helpWidth(stream: Stream): number {
  const width = widthOf(stream);
  return width === Infinity ? DEFAULT_WIDTH : Math.min(width, MAX_WIDTH);
}

/** The text after the options in the help of a command. */
export interface HelpText {
  /** Each paragraph is one line, wrapped at words. */
  readonly paragraphs: readonly string[];
  /** Command lines. They are not wrapped, so that they can be copied. */
  readonly examples: readonly string[];
}

export function withHelpText(command: Command, terminal: Terminal, help: HelpText): Command {
  return command.addHelpText("after", ({ error }) => {
    const width = helpWidth(error ? terminal.stderr : terminal.stdout);
    const paragraphs = help.paragraphs.map((paragraph) => `\n${wrap(paragraph, width)}`);
    return [...paragraphs, "\nExamples:", ...help.examples.map((line) => `  ${line}`)].join("\n");
  });
}
