import type { z } from "zod";
import { isKnownField, OUTPUT_ONLY_FIELDS } from "./fields.js";

/** Returns a line for each failure of a schema. Each line begins with the field. */
export function reasons(error: z.ZodError): string[] {
  return error.issues.flatMap((issue) => {
    const path = issue.path.map(String);
    if (issue.code !== "unrecognized_keys")
      return [
        `${path.join(".")}: ${issue.message.replace(/.*received undefined$/, "is required")}`,
      ];
    return issue.keys.map(
      (key) => `${[...path, key].join(".")}: ${reasonForUnknownKey(path, key)}`,
    );
  });
}

function reasonForUnknownKey(path: readonly string[], key: string): string {
  if (path.length > 0) return "unknown field";
  if (OUTPUT_ONLY_FIELDS.includes(key)) return "set by the server, not accepted in a request";
  return isKnownField(key) ? "not accepted by this scope and method" : "unknown field";
}
