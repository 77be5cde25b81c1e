import type { Outcome } from "./journal";

/** A stack's row in the summary. */
export interface Line {
  readonly stack: string;
  readonly accounts: number;
  readonly status: Outcome["status"] | "not started";
  readonly text: string;
}

/** Returns the table of all stacks, and how many have each status. */
export function summary(lines: readonly Line[]): string {
  const rows = [
    ["stack", "accounts", "status", ""],
    ...lines.map(({ stack, accounts, status, text }) => [
      stack,
      String(accounts),
      status,
      // The error is already in the output, where the stack failed.
      status === "failed" ? "see the error above" : text,
    ]),
  ];
  const widths = [0, 1, 2].map((column) =>
    Math.max(...rows.map((row) => row[column]?.length ?? 0)),
  );
  const table = rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join("  ")
      .trimEnd(),
  );
  const count = (status: Line["status"]) => lines.filter((line) => line.status === status).length;
  const counts = STATUSES.filter((status) => count(status) > 0).map(
    (status) => `${count(status)} ${status}`,
  );
  const stacks = lines.length === 1 ? "1 stack" : `${lines.length} stacks`;
  return [...table, "", `${[stacks, counts.join(", ")].filter(Boolean).join(": ")}.`].join("\n");
}

const STATUSES = ["previewed", "deployed", "no drift", "drifted", "failed", "not started"] as const;

/** Indents every line of a text, and keeps the indentation that it has. */
export function indented(text: string): string {
  return text.replace(/^/gm, "    ");
}

/** Returns the message of an error. That of a failed CLI contains the complete output twice. */
export function errorText(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return message.split("\n err?: ", 1)[0] ?? message;
}
