import {
  dohEndpoint,
  organizationEndpoint,
  type SettingsEndpoint,
} from "./cloudflare/endpoints.js";
import { contradictions, unmetRequirements } from "./schema/constraints.js";
import type { Definition } from "./schema/definition.js";
import { dohSettings } from "./schema/doh-settings.js";
import type { InputFailure } from "./schema/input-failure.js";
import { organization } from "./schema/organization.js";
import { typeToken, type ProviderName } from "./schema/state-contract.js";
import type { ApiObject, SettingValues } from "./schema/values.js";

/** One type of settings resource: everything that the lifecycle, the functions and the command need to serve it. */
export interface ResourceType {
  /** The resource class that programs use. */
  readonly name: string;
  /** The type token in state files. */
  readonly token: string;
  /** The export of `pulumi-cloudflare-zero-trust/provider` that implements it. */
  readonly provider: ProviderName;
  readonly definition: Definition;
  readonly endpoint: SettingsEndpoint;
  /** The inputs and outputs that identify a live object to a person who may not know that it exists. */
  readonly identifyingNames: readonly string[];
  /** Cross-field rules that the declared settings alone break. */
  readonly contradictions: (declared: SettingValues) => InputFailure[];
  /** Cross-field rules that the body of a request breaks. */
  readonly unmetRequirements: (body: ApiObject) => InputFailure[];
}

export const organizationType: ResourceType = {
  name: "Organization",
  token: typeToken("Organization"),
  provider: "organization",
  definition: organization,
  endpoint: organizationEndpoint,
  identifyingNames: ["authDomain", "name", "createdAt"],
  contradictions,
  unmetRequirements,
};

export const dohSettingsType: ResourceType = {
  name: "DohSettings",
  token: typeToken("DohSettings"),
  provider: "dohSettings",
  definition: dohSettings,
  endpoint: dohEndpoint,
  identifyingNames: ["name", "serviceTokenId"],
  contradictions: () => [],
  unmetRequirements: () => [],
};

/** All types of settings resources. `UserRevocation` is none: it is an action without a live object. */
export const RESOURCE_TYPES: readonly ResourceType[] = [organizationType, dohSettingsType];
