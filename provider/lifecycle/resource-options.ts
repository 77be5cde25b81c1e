import type { SettingValues } from "../schema/values.js";

/** What `create` and `update` need from `check`: the dynamic protocol hands them plain values only. */
export interface ResourceOptions {
  /** The inputs whose values must not be printed. */
  readonly secrets: readonly string[];
  /** The property paths of `ignoreChanges`. */
  readonly ignoreChanges: readonly string[];
}

/** Per process, by checked inputs: `check` runs in the same process before `create` and `update`. */
const recorded = new Map<string, ResourceOptions>();

export function recordOptions(checked: SettingValues, options: ResourceOptions): void {
  recorded.set(keyOf(checked), options);
}

/** Undefined if `check` did not see these inputs, so that any value may be a secret. */
export function optionsOf(checked: SettingValues): ResourceOptions | undefined {
  return recorded.get(keyOf(checked));
}

function keyOf(inputs: SettingValues): string {
  return JSON.stringify(inputs, (_, value: unknown) =>
    typeof value === "object" && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1)))
      : value,
  );
}
