import { z } from "zod";
import { behaviorSchema } from "./behavior.js";

/** Returns a line for each behavior option with its values, the default first: `dohNull=clears|rejected`. */
export function behaviorHelp(): string[] {
  const { properties = {} } = z.toJSONSchema(behaviorSchema, { io: "input" });
  return Object.entries(properties).map(([name, schema]) => `${name}=${valuesOf(schema)}`);
}

function valuesOf(schema: z.core.JSONSchema._JSONSchema): string {
  if (typeof schema === "boolean") return "<JSON>";
  const values = schema.type === "boolean" ? [false, true] : (schema.enum ?? constantsOf(schema));
  if (values.length === 0) return `<JSON>, such as ${JSON.stringify(schema.default)}`;
  const others = values.filter((value) => value !== schema.default);
  return [schema.default, ...others].map(String).join("|");
}

function constantsOf({ anyOf = [] }: z.core.JSONSchema.JSONSchema): unknown[] {
  return anyOf.flatMap((one) => (typeof one === "object" && "const" in one ? [one.const] : []));
}
