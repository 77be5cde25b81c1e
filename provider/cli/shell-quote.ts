/** Quotes an argument for a POSIX shell, so that a person can copy the command line. */
export function shellQuote(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}

/** Quotes an argument only if the shell would change it. */
export function shellArgument(text: string): string {
  return /^[\w./:@=+-]+$/.test(text) ? text : shellQuote(text);
}
