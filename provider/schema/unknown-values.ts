import type { AnySetting, Definition } from "./definition.js";
import { escapeInvisible } from "./format-value.js";
import { managedFields } from "./managed-fields.js";
import { isObject, type SettingValues } from "./values.js";

/**
 * One warning for each declared value, and each member of an object, that this release does not know.
 * Both are sent unchanged: the API grows faster than any client.
 *
 * @param secrets The inputs whose values must not be shown.
 */
export function unknownValueWarnings(
  definition: Definition,
  declared: SettingValues,
  secrets: readonly string[],
): string[] {
  return managedFields(definition, declared).flatMap(({ path, input, setting, value }) => {
    const show = secrets.includes(input)
      ? () => "[secret]"
      : (item: unknown) => escapeInvisible(JSON.stringify(item));
    if (setting.type === "json" && input !== "additionalSettings")
      return [`${path} is not known to this release. It is sent unchanged.`];
    return setting.type === "atomic" && isObject(value)
      ? Object.entries(setting.members).flatMap(([name, member]) =>
          unknownIn(`${path}.${name}`, member, value[name], show),
        )
      : unknownIn(path, setting, value, show);
  });
}

function unknownIn(
  path: string,
  setting: AnySetting,
  value: unknown,
  show: (item: unknown) => string,
): string[] {
  const known: readonly unknown[] = "values" in setting ? setting.values : [];
  if (known.length === 0 || value === undefined || value === "") return [];
  return (Array.isArray(value) ? value : [value])
    .filter((item) => !known.includes(item))
    .map(
      (item) =>
        `${path}: ${show(item)} is not a value that this release knows (${known.join(", ")}). It is sent unchanged.`,
    );
}
