import type { Target } from "../../cloudflare/target.js";
import type { SettingsKind } from "../../kinds/kind.js";
import type { Problem } from "../../model/rules.js";
import type { SettingValues } from "../../model/values.js";

/** A resource as a program is to state it, and as Pulumi's state is to hold it. */
export interface ImportedResource {
  readonly kind: SettingsKind;
  readonly name: string;
  readonly target: Target;
  /** The settings to state. */
  readonly settings: SettingValues;
  /** What is known of the rest of its outputs. */
  readonly computed: SettingValues;
  /** What is set and is not stated all the same, with the reason. */
  readonly leftOut: readonly Problem[];
}

/** All arguments, in the order in which a program states them. */
export function argumentsOf({ target, settings }: ImportedResource): SettingValues {
  const { level, id } = target;
  return { ...(level === "accounts" ? { accountId: id } : { zoneId: id }), ...settings };
}
