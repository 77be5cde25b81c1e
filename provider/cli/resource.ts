import type { SettingsEndpoint } from "../cloudflare/endpoints.js";
import { dohEndpoint, organizationEndpoint } from "../cloudflare/endpoints.js";
import type { Target } from "../cloudflare/target.js";
import type { Description } from "../model/description.js";
import { dohSettings } from "../model/doh-settings.js";
import { organization } from "../model/organization.js";
import { contradictions, type Problem } from "../model/rules.js";
import type { ProviderName } from "../model/state-contract.js";
import type { SettingValues } from "../model/values.js";

/** A kind of resource that can come into a stack from outside. */
export interface ResourceKind {
  /** The class that a program uses. */
  readonly type: string;
  readonly provider: ProviderName;
  readonly description: Description;
  readonly endpoint: SettingsEndpoint;
  /** Where stated settings contradict each other. */
  readonly contradictions: (stated: SettingValues) => Problem[];
}

export const organizationKind: ResourceKind = {
  type: "Organization",
  provider: "organization",
  description: organization,
  endpoint: organizationEndpoint,
  contradictions,
};

export const dohSettingsKind: ResourceKind = {
  type: "DohSettings",
  provider: "dohSettings",
  description: dohSettings,
  endpoint: dohEndpoint,
  contradictions: () => [],
};

/** A resource as a program is to state it, and as Pulumi's state is to hold it. */
export interface ImportedResource {
  readonly kind: ResourceKind;
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
