/**
 * Quotes an argument, so that a person can copy the command line into a POSIX shell, or on Windows into
 * PowerShell. Text in single quotes is literal in both; they differ in how a single quote is written.
 */
export function shellQuote(text: string, platform: NodeJS.Platform = process.platform): string {
  return `'${text.replaceAll("'", platform === "win32" ? "''" : `'\\''`)}'`;
}

/** Quotes an argument only if the shell would change it. */
export function shellArgument(text: string): string {
  return /^[\w./:@=+-]+$/.test(text) ? text : shellQuote(text);
}
