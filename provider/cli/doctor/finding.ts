import { indented, type Terminal } from "../terminal.js";

/** What one check found. Only trouble counts against the whole. */
export interface Finding {
  readonly check: string;
  readonly status: "fine" | "note" | "trouble";
  readonly says: string;
  /** What to do about it. */
  readonly advice?: string;
}

const MARKS = { fine: "✓", note: "!", trouble: "✗" } as const;

export function printFinding({ print, colors }: Terminal, finding: Finding): void {
  const { check, status, says, advice } = finding;
  const color = { fine: colors.green, note: colors.yellow, trouble: colors.red }[status];
  const [first = "", ...rest] = says.split("\n");
  print(`${color(MARKS[status])} ${check.padEnd(14)} ${first}`);
  for (const line of [...rest, ...(advice === undefined ? [] : advice.split("\n"))])
    print(indented(line, 17));
}
