import { z } from "zod";
import { driftReport, PARTS } from "../../provider/cli/drift/report-schema.js";
import { table } from "./table.js";

/** The JSON Schema of `drift --json`. */
export function driftReportSchema(): string {
  return JSON.stringify({ title: "Zero Trust drift report", ...jsonSchema(driftReport) });
}

/** What the tables need of a JSON Schema. */
interface JsonSchema {
  readonly type?: string;
  readonly description?: string;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
}

/** A later release may add fields, which a reader of the report should let pass. */
function jsonSchema(schema: z.ZodType): JsonSchema {
  return z.toJSONSchema(schema, { io: "input" }) as JsonSchema;
}

/** The tables of the report: one for each part of it. */
export function driftReportTables(): string {
  return Object.entries(PARTS)
    .map(([name, part]) => {
      const { properties = {}, required = [] } = jsonSchema(part);
      const rows = Object.entries(properties).map(([field, schema]) => [
        `\`${field}\``,
        typeOf(schema),
        required.includes(field) ? "yes" : "no",
        schema.description,
      ]);
      return `### ${name}\n\n${table(["field", "type", "always there", "what it is"], rows)}`;
    })
    .join("\n\n");
}

function typeOf({ type, const: constant, enum: values }: JsonSchema): string {
  const known = constant === undefined ? values : [constant];
  if (known === undefined) return type ?? "any";
  return known.map((value) => `\`${JSON.stringify(value)}\``).join(", ");
}
