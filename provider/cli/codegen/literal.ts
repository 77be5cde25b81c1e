import { isObject } from "../../schema/values.js";
import { escapeInvisible } from "../../schema/format-value.js";

const WIDTH = 80;
const STEP = 2;

/** Returns a JSON object as a TypeScript literal, formatted as Prettier does. Text can never become code. */
export function objectLiteral(value: Readonly<Record<string, unknown>>, indent = 0): string {
  const entries = Object.entries(value).filter(([, member]) => member !== undefined);
  if (entries.length === 0) return "{}";
  const inner = " ".repeat(indent + STEP);
  const members = entries.map(([name, member]) => {
    const head = `${inner}${propertyName(name)}:`;
    const text = literal(member, indent + STEP, head.length + 1);
    const tooLong = typeof member === "string" && head.length + text.length + 2 > WIDTH;
    return tooLong ? `${head}\n${inner}${" ".repeat(STEP)}${text},` : `${head} ${text},`;
  });
  return ["{", ...members, `${" ".repeat(indent)}}`].join("\n");
}

/** @param column The column in which the literal begins. */
function literal(value: unknown, indent: number, column: number): string {
  if (typeof value === "string") return stringLiteral(value);
  if (Array.isArray(value)) return listLiteral(value, indent, column);
  if (isObject(value)) return objectLiteral(value, indent);
  return JSON.stringify(value);
}

function listLiteral(items: readonly unknown[], indent: number, column: number): string {
  const inner = indent + STEP;
  const texts = items.map((item) => literal(item, inner, inner));
  const oneLine = `[${texts.join(", ")}]`;
  const fits = !oneLine.includes("\n") && column + oneLine.length + 1 <= WIDTH;
  if (fits && !(items.length > 1 && items.every(hasSeveral))) return oneLine;
  const lines = items.every((item) => typeof item === "number")
    ? filled(texts, inner)
    : texts.map((text) => `${text},`);
  return ["[", ...lines.map((line) => " ".repeat(inner) + line), `${" ".repeat(indent)}]`].join(
    "\n",
  );
}

/** Prettier writes each inner list with several items on a line of its own. */
function hasSeveral(item: unknown): boolean {
  return Array.isArray(item) && item.length > 1;
}

/** Puts as many numbers on a line as fit. */
function filled(texts: readonly string[], indent: number): string[] {
  const lines: string[] = [];
  for (const text of texts) {
    const last = lines.at(-1);
    const joined = `${last ?? ""} ${text},`;
    if (last === undefined || indent + joined.length > WIDTH) lines.push(`${text},`);
    else lines[lines.length - 1] = joined;
  }
  return lines;
}

function propertyName(name: string): string {
  // As a plain name in a literal, it would set the prototype.
  if (name === "__proto__") return '["__proto__"]';
  return /^[A-Za-z_$][\w$]*$/.test(name) ? name : stringLiteral(name);
}

/**
 * Returns a string literal, in double quotes unless these need more escapes. Invisible characters
 * are escaped, because they can make code look different from what it does.
 */
export function stringLiteral(text: string): string {
  const double = escapeInvisible(JSON.stringify(text));
  const count = (quote: string) => text.split(quote).length;
  if (count('"') <= count("'")) return double;
  return `'${double.slice(1, -1).replace(/\\"/g, '"').replace(/'/g, "\\'")}'`;
}
