import { organizationType } from "../../registry.js";
import { isBlank } from "../../schema/equality.js";
import { isObject, type SettingValues } from "../../schema/values.js";
import { decodeComputed, decodeSettings, inputByResponseName } from "../../schema/codec.js";
import { declareLiveSettings, type DeclaredSettings } from "../codegen/declared-settings.js";
import { shellQuote } from "../shell-quote.js";
import {
  scopeOfOldState,
  SECRET,
  unwrapped,
  withoutSecrets,
  type OldOrganization,
  type OldState,
} from "./old-state.js";

const { definition } = organizationType;

/** The resource types of Cloudflare's Terraform provider for the organization, the current one first. */
export const TERRAFORM_TYPES: readonly string[] = [
  "cloudflare_zero_trust_organization",
  "cloudflare_zero_trust_access_organization",
  "cloudflare_access_organization",
];

/** Whether this is the output of `terraform show -json` for a state. */
export function isTerraformState(json: SettingValues): boolean {
  return typeof json.format_version === "string" && !Object.hasOwn(json, "planned_values");
}

/** Returns the number of resources, and the organizations among them. */
export function readTerraformState({ values }: SettingValues): {
  readonly total: number;
  readonly tool: OldState["tool"];
  readonly organizations: readonly OldOrganization[];
} {
  const resources = resourcesIn(isObject(values) ? values.root_module : undefined);
  const managed = resources.filter(
    ({ type, mode }) => TERRAFORM_TYPES.includes(String(type)) && mode !== "data",
  );
  const names = managed.map(({ name }) => name);
  const isAmbiguous = (name: unknown) => names.filter((other) => other === name).length > 1;
  const tool = managed.some(isOfOpenTofu) ? "tofu" : "terraform";
  return {
    total: resources.length,
    tool,
    organizations: managed.map((resource) =>
      organizationOf(resource, tool, isAmbiguous(resource.name) ? "address" : "name"),
    ),
  };
}

/** OpenTofu resolves the provider in its own registry; nothing else in a state names the tool. */
function isOfOpenTofu({ provider_name }: SettingValues): boolean {
  return typeof provider_name === "string" && provider_name.startsWith("registry.opentofu.org/");
}

function resourcesIn(module: unknown): SettingValues[] {
  if (!isObject(module)) return [];
  const own: unknown[] = Array.isArray(module.resources) ? module.resources : [];
  const children: unknown[] = Array.isArray(module.child_modules) ? module.child_modules : [];
  return [...own.filter(isObject), ...children.flatMap(resourcesIn)];
}

function organizationOf(
  { address: fullAddress, name, values, sensitive_values: marks }: SettingValues,
  tool: OldState["tool"],
  nameFrom: "name" | "address",
): OldOrganization {
  const address = String(fullAddress);
  const all = isObject(values) ? values : {};
  const { account_id: accountId, zone_id: zoneId, id, ...rest } = all;
  const apiObject = withMarkedSecrets(rest, isObject(marks) ? marks : {});
  const scope = scopeOfOldState(address, { accountId, zoneId, id });
  return {
    address,
    name: nameFrom === "name" ? String(name) : nameOf(address),
    scope,
    declared: declaredSettings(scope.kind, apiObject),
    computed: decodeComputed(definition, apiObject),
    forget: `${tool} state rm ${shellQuote(address)}`,
  };
}

/**
 * A state does not show which attributes the configuration declares and which ones the provider
 * filled in. Therefore false and empty attributes count as unset, as they do in a response.
 */
function declaredSettings(
  scope: OldOrganization["scope"]["kind"],
  apiObject: SettingValues,
): DeclaredSettings {
  const { plain, omitted: secrets } = withoutSecrets(decodeSettings(definition, apiObject));
  const declared = declareLiveSettings(organizationType, scope, plain);
  const outputs = outputOnlyNames(apiObject).map((property) => ({
    property,
    reason: "is an output, not an input",
  }));
  return {
    ...declared,
    omitted: [...outputs, ...secrets, ...declared.omitted],
  };
}

/** Attributes have API names, but null stands for unset, and a list may stand for an object. */
function withMarkedSecrets(values: SettingValues, marks: SettingValues): SettingValues {
  return Object.fromEntries(
    Object.entries(values)
      .filter(([, value]) => value !== null)
      .map(([key, value]) => [key, settingValue(key, value, marks[key])] as const),
  );
}

function settingValue(key: string, value: unknown, mark: unknown): unknown {
  const setting = inputByResponseName(definition, key)?.setting;
  const isWhole = setting !== undefined && "members" in setting;
  const [whole, marks] = isWhole ? [unwrapped(value), unwrapped(mark)] : [value, mark];
  if (isMarked(marks) && !isBlank(whole)) return SECRET;
  if (!isWhole || !isObject(whole)) return whole;
  return Object.fromEntries(
    Object.entries(whole).map(([member, memberValue]) => [
      member,
      isObject(marks) && isMarked(marks[member]) && !isBlank(memberValue) ? SECRET : memberValue,
    ]),
  );
}

/** `true` marks a whole value. In a list of marks, one for each item, a single mark is enough. */
function isMarked(mark: unknown): boolean {
  return mark === true || (Array.isArray(mark) && mark.includes(true));
}

/** `module.eu.cloudflare_zero_trust_organization.this["shop"]` → `module-eu-this-shop` */
function nameOf(address: string): string {
  const withoutType = TERRAFORM_TYPES.reduce((text, type) => text.replace(`${type}.`, ""), address);
  return withoutType.replace(/[^\w]+/g, "-").replace(/^-|-$/g, "");
}

/** Returns a block that removes a resource from the state during the next apply. It takes no instance keys. */
export function removedBlock(address: string): string[] {
  const withoutKeys = address.replace(/\[[^\]]*\]/g, "");
  return [
    "removed {",
    `  from = ${withoutKeys}`,
    "  lifecycle {",
    "    destroy = false",
    "  }",
    "}",
  ];
}

/** The output-only attributes of a state, without the timestamps that every state has. */
function outputOnlyNames(apiObject: SettingValues): string[] {
  const timestamps = ["created_at", "updated_at"];
  return definition.outputOnly.filter(
    (name) => Object.hasOwn(apiObject, name) && !timestamps.includes(name),
  );
}
