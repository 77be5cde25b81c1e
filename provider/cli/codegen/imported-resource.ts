import type { Scope } from "../../cloudflare/scope.js";
import type { ResourceType } from "../../registry.js";
import type { InputFailure } from "../../schema/constraints.js";
import type { SettingValues } from "../../schema/values.js";

/** A resource as a program is to state it, and as Pulumi's state is to hold it. */
export interface ImportedResource {
  readonly kind: ResourceType;
  readonly name: string;
  readonly target: Scope;
  /** The settings to state. */
  readonly settings: SettingValues;
  /** What is known of the rest of its outputs. */
  readonly computed: SettingValues;
  /** What is set and is not stated all the same, with the reason. */
  readonly leftOut: readonly InputFailure[];
}

/** All arguments, in the order in which a program states them. */
export function argumentsOf({ target, settings }: ImportedResource): SettingValues {
  const { kind: level, id } = target;
  return { ...(level === "accounts" ? { accountId: id } : { zoneId: id }), ...settings };
}
