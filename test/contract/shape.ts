import type { LeafSetting, Setting } from "../../provider/schema/definition.js";
import type { Schema } from "./contract.js";

/** Returns the parts of a schema that decide whether a value is valid. */
export function shapeOf(schema: Schema): Schema {
  const { type, format, minimum, maximum } = schema;
  const { properties, items, required, enum: values } = schema;
  return defined({
    type,
    format,
    minimum,
    maximum,
    properties: properties && shapesOf(properties),
    items: items && shapeOf(items),
    required: required && [...required].sort(),
    enum: values && [...values].sort(),
  });
}

/** Returns the shapes of properties by name. */
export function shapesOf(properties: Readonly<Record<string, Schema>>): Record<string, Schema> {
  return Object.fromEntries(
    Object.entries(properties).map(([name, property]) => [name, shapeOf(property)]),
  );
}

/** Returns the shapes of settings by API name. */
export function shapesOfSettings(settings: Readonly<Record<string, Setting>>) {
  return Object.fromEntries(
    Object.values(settings).map((setting) => [setting.apiName, shapeOfSetting(setting)]),
  );
}

function shapeOfSetting(setting: Setting): Schema {
  if (setting.type !== "object" && setting.type !== "atomic") return shapeOfLeaf(setting);
  const members = Object.values(setting.members);
  return {
    type: "object",
    properties: shapesOfSettings(setting.members),
    ...(setting.type === "atomic"
      ? { required: members.map(({ apiName: wire }) => wire).sort() }
      : {}),
  };
}

function shapeOfLeaf(setting: LeafSetting): Schema {
  switch (setting.type) {
    case "boolean":
      return { type: "boolean" };
    case "integer":
      return { type: "integer", minimum: setting.min, maximum: setting.max };
    case "duration":
      return { type: "string" };
    case "string":
      return defined({
        type: "string",
        // The contract has strings for the other formats of the provider.
        format: setting.format === "uuid" ? "uuid" : undefined,
        enum: setting.values && [...setting.values].sort(),
      });
    case "list":
      return {
        type: "array",
        items: defined({ type: setting.items, enum: setting.values && [...setting.values].sort() }),
      };
  }
}

function defined(shape: { readonly [Key in keyof Schema]: Schema[Key] | undefined }): Schema {
  return Object.fromEntries(Object.entries(shape).filter(([, value]) => value !== undefined));
}
