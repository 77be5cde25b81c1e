import { indented, widthOf, type Terminal } from "../terminal.js";
import { wrap } from "../wrap.js";

/** The result of one check. Only errors make the command fail. */
export interface Finding {
  readonly check: string;
  readonly status: "ok" | "warning" | "error";
  readonly message: string;
  /** What to do. */
  readonly hint?: string;
}

const MARKS = { ok: "✓", warning: "!", error: "✗" } as const;
const INDENT = 17;

export function printFinding({ print, colors, stdout }: Terminal, finding: Finding): void {
  const { check, status, message, hint } = finding;
  const color = { ok: colors.green, warning: colors.yellow, error: colors.red }[status];
  const text = hint === undefined ? message : `${message}\n${hint}`;
  const [first = "", ...rest] = wrap(text, widthOf(stdout) - INDENT).split("\n");
  print(`${color(MARKS[status])} ${check.padEnd(INDENT - 3)} ${first}`);
  for (const line of rest) print(indented(line, INDENT));
}
