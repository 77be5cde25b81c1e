import { escapeInvisible } from "../../schema/format-value.js";
import type { StackReport } from "./report-schema.js";

/** Longer values are cut between two characters; the JSON report contains them completely. */
const DISPLAYED = /^.{0,300}/u;

/** Whether a value of the report means "not set". */
export function isUnset(value: unknown): boolean {
  return (
    value === null ||
    value === undefined ||
    value === "" ||
    (Array.isArray(value) && value.length === 0)
  );
}

/** Formats a value on one line. */
export function displayValue(value: unknown): string {
  return isUnset(value) ? "not set" : displayText(textOf(value));
}

function textOf(value: unknown): string {
  if (typeof value === "string") return value;
  if (Array.isArray(value)) return value.map(textOf).join(", ");
  return JSON.stringify(value);
}

/** `project / stack`, or the project alone if no stack was found. */
export function stackTitle({ project, stack }: Pick<StackReport, "project" | "stack">): string {
  return [project, stack]
    .filter((name) => name !== "")
    .map(displayText)
    .join(" / ");
}

/** Formats text that other people can choose on one line of limited length, escaped. */
export function displayText(text: string): string {
  const escaped = escapeControls(text);
  const [displayed = ""] = DISPLAYED.exec(escaped) ?? [];
  return displayed === escaped ? escaped : `${displayed}…`;
}

/** Escapes each line of a message. */
export function displayLines(text: string): string {
  return text.split("\n").map(escapeControls).join("\n");
}

/**
 * Escapes what a terminal or a CI log would interpret and what is invisible, as in a JavaScript
 * string.
 */
function escapeControls(text: string): string {
  const escaped = escapeInvisible(
    text.replace(/[\\\n\r\t]/g, (character) => SHORT[character] ?? character),
  );
  // The runner of GitHub Actions interprets "::" at the start of a line, and "##[" anywhere.
  return escaped.replaceAll("##[", "##\\u005b").replace(/^( *):(?=:)/, "$1\\u003a");
}

const SHORT: Readonly<Record<string, string>> = {
  "\\": "\\\\",
  "\n": "\\n",
  "\r": "\\r",
  "\t": "\\t",
};
