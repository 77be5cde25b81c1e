import { propertiesOf, type Schema } from "./contract.js";

/** Returns values that a schema permits. Together they cover each member, each enum value and both ends of a range. */
export function permitted(schema: Schema): unknown[] {
  if (schema.enum !== undefined) return [...schema.enum];
  switch (schema.type) {
    case "boolean":
      return [true, false];
    case "integer":
      return [schema.minimum, schema.maximum].filter((bound) => bound !== undefined);
    case "array":
      return permitted(schema.items ?? {}).map((item) => [item]);
    case "object":
      return [wholeObject(schema), ...variants(schema, permitted)];
    default:
      return [schema.example ?? "text"];
  }
}

/** Returns values that a schema forbids, each for one reason. */
export function forbidden(schema: Schema): unknown[] {
  if (schema.enum !== undefined) return ["no such value", 7];
  switch (schema.type) {
    case "boolean":
      return ["yes", 1];
    case "integer":
      return [(schema.minimum ?? 0) - 1, (schema.maximum ?? 0) + 1, 100.5, "100"];
    case "array":
      return [{}, "text", ...forbidden(schema.items ?? {}).map((item) => [item])];
    case "object":
      return [
        "text",
        [],
        { ...wholeObject(schema), no_such_member: true },
        ...(schema.required ?? []).map((name) => without(wholeObject(schema), name)),
        ...variants(schema, forbidden),
      ];
    default:
      return [7, {}, ...(schema.format === "uuid" ? ["no uuid"] : [])];
  }
}

/** Returns an object with the first permitted value of every member. */
export function wholeObject(schema: Schema): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(propertiesOf(schema)).map(([name, member]) => [
      name,
      member.example ?? permitted(member)[0],
    ]),
  );
}

/** Returns objects in which one member has each of some values, without the other members if they are optional. */
function variants(schema: Schema, valuesOf: (member: Schema) => unknown[]): unknown[] {
  const needed = schema.required ?? [];
  const rest = Object.entries(wholeObject(schema)).filter(([name]) => needed.includes(name));
  return Object.entries(propertiesOf(schema)).flatMap(([name, member]) =>
    valuesOf(member).map((value) => ({ ...Object.fromEntries(rest), [name]: value })),
  );
}

function without(object: Record<string, unknown>, name: string): Record<string, unknown> {
  return Object.fromEntries(Object.entries(object).filter(([key]) => key !== name));
}
