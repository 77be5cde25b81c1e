import { isObject } from "../../schema/values.js";

const WIDTH = 80;
const STEP = 2;

/** Plain JSON as TypeScript, laid out as Prettier does. Whatever the text holds, it stays text. */
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

/** @param column Where the text begins on its line. */
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
  if (fits && !(items.length > 1 && items.every(holdsSeveral))) return oneLine;
  const lines = items.every((item) => typeof item === "number")
    ? filled(texts, inner)
    : texts.map((text) => `${text},`);
  return ["[", ...lines.map((line) => " ".repeat(inner) + line), `${" ".repeat(indent)}]`].join(
    "\n",
  );
}

/** Several lists in a list stand one below the other. */
function holdsSeveral(item: unknown): boolean {
  return Array.isArray(item) && item.length > 1;
}

/** As many numbers on a line as there is room for. */
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
  // In a literal this name would set the prototype.
  if (name === "__proto__") return '["__proto__"]';
  return /^[A-Za-z_$][\w$]*$/.test(name) ? name : stringLiteral(name);
}

/** In double quotes, unless that needs more escapes. */
export function stringLiteral(text: string): string {
  const double = JSON.stringify(text);
  const count = (quote: string) => text.split(quote).length;
  if (count('"') <= count("'")) return double;
  return `'${double.slice(1, -1).replace(/\\"/g, '"').replace(/'/g, "\\'")}'`;
}
