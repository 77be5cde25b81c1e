import type { AnySetting, Definition } from "./definition.js";
import { managedFields } from "./managed-fields.js";
import { isObject, type SettingValues } from "./values.js";

/**
 * Stated values that are not among those known today, one sentence each. They are passed on, since
 * the API's lists grow faster than any client's.
 *
 * @param secrets The arguments whose values may not be shown.
 */
export function unknownValueWarnings(
  definition: Definition,
  stated: SettingValues,
  secrets: readonly string[],
): string[] {
  return managedFields(definition, stated).flatMap(({ path, input: argument, setting, value }) => {
    const show = secrets.includes(argument) ? () => "[secret]" : JSON.stringify;
    return setting.type === "atomic" && isObject(value)
      ? Object.entries(setting.members).flatMap(([name, member]) =>
          unfamiliarIn(`${path}.${name}`, member, value[name], show),
        )
      : unfamiliarIn(path, setting, value, show);
  });
}

function unfamiliarIn(
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
        `${path}: ${show(item)} is not among the values known to this release (${known.join(", ")}); it is passed on as it is.`,
    );
}
