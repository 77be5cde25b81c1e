import type { Run } from "./project.js";

/**
 * What a person reads under "Diagnostics": a section for each resource, in the order of their types
 * (the engine's own order varies), less the ids that differ each time and the engine's last words.
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

/** The lines of a preview with details that say which properties change. */
export function changesIn(output: string): string[] {
  return output
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => /^[~+-] \w+ *:/.test(line))
    .map((line) => line.replace(/ +:/, ":"));
}

/** The same of one resource, by its name: resources stand in any order. */
export function changesOf(name: string, output: string): string[] {
  const blocks = output.split(/^ {4}(?=\S)/m);
  return changesIn(blocks.find((block) => block.includes(`::${name}]`)) ?? "");
}
