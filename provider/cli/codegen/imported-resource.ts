import type { Scope } from "../../cloudflare/scope.js";
import type { ResourceType } from "../../registry.js";
import type { DeclaredSettings } from "./declared-settings.js";
import type { SettingValues } from "../../schema/values.js";

/** A resource to write into the program and into the import file. */
export interface ImportedResource extends DeclaredSettings {
  readonly type: ResourceType;
  readonly name: string;
  readonly scope: Scope;
  /** Computed outputs that are known. */
  readonly computed: SettingValues;
}

/** Returns all inputs, in the order in which the program declares them. */
export function inputsOf({ scope: { kind, id }, settings }: ImportedResource): SettingValues {
  return { ...(kind === "accounts" ? { accountId: id } : { zoneId: id }), ...settings };
}
