import type { z } from "zod";
import { isKnownField, OUTPUT_ONLY_FIELDS } from "./fields.js";

/** One line for each problem of a refused body; each begins with the field that it is about. */
export function reasons(error: z.ZodError): string[] {
  return error.issues.flatMap((issue) => {
    const path = issue.path.map(String);
    if (issue.code !== "unrecognized_keys") return [`${path.join(".")}: ${issue.message}`];
    return issue.keys.map((key) => `${[...path, key].join(".")}: ${whyNotTaken(path, key)}`);
  });
}

function whyNotTaken(path: readonly string[], key: string): string {
  if (path.length > 0) return "unknown field";
  if (OUTPUT_ONLY_FIELDS.includes(key)) return "set by the server, not accepted in a request";
  return isKnownField(key) ? "not accepted by this level and method" : "unknown field";
}
