import type { StackReport } from "./report-schema.js";

/** Longer values are cut, between two characters; the JSON report has all of them. */
const START = /^.{0,300}/u;

/** Whether a value of the report is none. */
export function isUnset(value: unknown): boolean {
  return (
    value === null ||
    value === undefined ||
    value === "" ||
    (Array.isArray(value) && value.length === 0)
  );
}

/** A value as a person reads it, on one line. */
export function showValue(value: unknown): string {
  return isUnset(value) ? "not set" : visible(textOf(value));
}

function textOf(value: unknown): string {
  if (typeof value === "string") return value;
  if (Array.isArray(value)) return value.map(textOf).join(", ");
  return JSON.stringify(value);
}

/** What a stack is called; where no stack was found, its project alone. */
export function titleOf({ project, stack }: Pick<StackReport, "project" | "stack">): string {
  return [project, stack]
    .filter((name) => name !== "")
    .map(visible)
    .join(" / ");
}

/**
 * Other people's text on one line, with all that a terminal or a log would act upon, or that no eye
 * can see, in the escapes of a JavaScript string.
 */
export function visible(text: string): string {
  const escaped = text.replace(/[\\\p{C}\p{Zl}\p{Zp}]/gu, escapeOf);
  // To the runner of GitHub Actions, "::" begins a command at the start of a line, "##[" anywhere.
  const inert = escaped.replaceAll("##[", "##\\u{5b}").replace(/^( *):(?=:)/, "$1\\u{3a}");
  const [shown = ""] = START.exec(inert) ?? [];
  return shown === inert ? inert : `${shown}…`;
}

function escapeOf(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  return SHORT[character] ?? `\\u{${code.toString(16)}}`;
}

const SHORT: Readonly<Record<string, string>> = {
  "\\": "\\\\",
  "\n": "\\n",
  "\r": "\\r",
  "\t": "\\t",
};
