/** An argument of a command line to be copied, as a shell takes it whatever it holds. */
export function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}

/** The same, in quotes only where they are needed. */
export function shellWord(text: string): string {
  return /^[\w./:@=+-]+$/.test(text) ? text : quoted(text);
}
