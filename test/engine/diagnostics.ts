import type { Run } from "./project.js";

/**
 * Returns the text under "Diagnostics": a section for each resource, ordered by type, because the engine's
 * order varies. Ray ids and the engine's last line are removed.
 */
export function diagnosticsOf({ output }: Run): string {
  const [, rest = output] = output.split(/^Diagnostics:$/m);
  const [diagnostics = ""] = rest.split(/^\S/m);
  return diagnostics
    .replace(/\(ray id [^)]+\)/g, "(ray id …)")
    .replace(/^ {4}error: (?:update|preview) failed\n+/gm, "")
    .split(/^(?= {2}\S)/m)
    .map((section) => section.trimEnd())
    .filter((section) => section.includes("\n"))
    .sort()
    .join("\n");
}

/** Returns the lines of a detailed preview that name changed properties. */
export function changesIn(output: string): string[] {
  return output
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => /^[~+-] \w+ *:/.test(line))
    .map((line) => line.replace(/ +:/, ":"));
}
