import type { SettingValues } from "../schema/values.js";

/** What `create` and `update` need from `check`: the dynamic protocol hands them plain values only. */
export interface ResourceOptions {
  /** The inputs whose values must not be printed. */
  readonly secrets: readonly string[];
  /** The property paths of `ignoreChanges`. */
  readonly ignoreChanges: readonly string[];
}

/** Per process, by type and checked inputs: `check` runs in the same process before `create` and `update`. */
const recorded = new Map<string, ResourceOptions>();

export function recordOptions(
  type: string,
  checked: SettingValues,
  options: ResourceOptions,
): void {
  const key = keyOf(type, checked);
  // Two resources may have equal inputs: what one of them keeps secret is printed for none.
  const { secrets = [] } = recorded.get(key) ?? {};
  recorded.set(key, { ...options, secrets: [...new Set([...secrets, ...options.secrets])] });
}

/** Undefined if `check` did not see these inputs: any value may then be a secret. */
export function optionsOf(type: string, checked: SettingValues): ResourceOptions | undefined {
  return recorded.get(keyOf(type, checked));
}

function keyOf(type: string, inputs: SettingValues): string {
  return JSON.stringify([type, inputs], (_, value: unknown) =>
    typeof value === "object" && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1)))
      : value,
  );
}
