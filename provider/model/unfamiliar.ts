import type { AnySetting, Description } from "./description.js";
import { managedSettings } from "./managed.js";
import { isObject, type SettingValues } from "./values.js";

/**
 * Stated values that are not among those known today, one sentence each. They are passed on, since
 * the API's lists grow faster than any client's.
 *
 * @param secrets The arguments whose values may not be shown.
 */
export function unfamiliarValues(
  description: Description,
  stated: SettingValues,
  secrets: readonly string[],
): string[] {
  return managedSettings(description, stated).flatMap(({ path, argument, setting, value }) => {
    const show = secrets.includes(argument) ? () => "[secret]" : JSON.stringify;
    return setting.type === "whole" && isObject(value)
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
