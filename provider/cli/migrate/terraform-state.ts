import { isBlank } from "../../schema/equality.js";
import { organization } from "../../schema/organization.js";
import { isObject, type SettingValues } from "../../schema/values.js";
import { decodeComputed, decodeSettings, settingByResponseName } from "../../schema/codec.js";
import { shellQuote } from "../shell-quote.js";
import { oldTarget, SECRET, unwrapped, withoutSecrets, type OldOrganization } from "./old-state.js";

/** What Cloudflare's Terraform provider has called the organization, today's name first. */
export const TERRAFORM_TYPES: readonly string[] = [
  "cloudflare_zero_trust_organization",
  "cloudflare_zero_trust_access_organization",
  "cloudflare_access_organization",
];

/** Whether JSON is what `terraform show -json` writes for a state. */
export function isTerraformState(json: SettingValues): boolean {
  return typeof json.format_version === "string" && !Object.hasOwn(json, "planned_values");
}

/** How many resources there are, and the organizations among them. */
export function readTerraformState({ values }: SettingValues): {
  readonly total: number;
  readonly organizations: readonly OldOrganization[];
} {
  const resources = resourcesIn(isObject(values) ? values.root_module : undefined);
  const managed = resources.filter(
    ({ type, mode }) => TERRAFORM_TYPES.includes(String(type)) && mode !== "data",
  );
  const names = managed.map(({ name }) => name);
  const isAmbiguous = (name: unknown) => names.filter((other) => other === name).length > 1;
  return {
    total: resources.length,
    organizations: managed.map((resource) =>
      organizationOf(resource, isAmbiguous(resource.name) ? "address" : "name"),
    ),
  };
}

function resourcesIn(module: unknown): SettingValues[] {
  if (!isObject(module)) return [];
  const own: unknown[] = Array.isArray(module.resources) ? module.resources : [];
  const children: unknown[] = Array.isArray(module.child_modules) ? module.child_modules : [];
  return [...own.filter(isObject), ...children.flatMap(resourcesIn)];
}

function organizationOf(
  { address: where, name, values, sensitive_values: marks }: SettingValues,
  namedBy: "name" | "address",
): OldOrganization {
  const address = String(where);
  const all = isObject(values) ? values : {};
  const { account_id: accountId, zone_id: zoneId, id, ...rest } = all;
  const wire = marked(rest, isObject(marks) ? marks : {});
  return {
    address,
    name: namedBy === "name" ? String(name) : nameFrom(address),
    target: oldTarget(address, { accountId, zoneId, id }),
    ...withoutSecrets(decodeSettings(organization, wire)),
    computed: decodeComputed(organization, wire),
    forget: `terraform state rm ${shellQuote(address)}`,
  };
}

/** The state's names are the API's, but it holds null for what is unset, and lists for objects. */
function marked(values: SettingValues, marks: SettingValues): SettingValues {
  const entries = Object.entries(values)
    .filter(([, value]) => value === false || !isBlank(value))
    .map(([key, value]) => [key, settingValue(key, value, marks[key])] as const);
  return Object.fromEntries(entries);
}

function settingValue(key: string, value: unknown, mark: unknown): unknown {
  const setting = settingByResponseName(organization, key);
  const isWhole = setting !== undefined && "members" in setting;
  const [whole, marks] = isWhole ? [unwrapped(value), unwrapped(mark)] : [value, mark];
  if (isMarked(marks)) return SECRET;
  if (!isWhole || !isObject(whole)) return whole;
  return Object.fromEntries(
    Object.entries(whole).map(([member, memberValue]) => [
      member,
      isObject(marks) && isMarked(marks[member]) && !isBlank(memberValue) ? SECRET : memberValue,
    ]),
  );
}

/** `true` marks a whole value; a list of marks, one for each item, counts as soon as one is set. */
function isMarked(mark: unknown): boolean {
  return mark === true || (Array.isArray(mark) && mark.includes(true));
}

/** `module.eu.cloudflare_zero_trust_organization.this["shop"]` → `module-eu-this-shop` */
function nameFrom(address: string): string {
  const withoutType = TERRAFORM_TYPES.reduce((text, type) => text.replace(`${type}.`, ""), address);
  return withoutType.replace(/[^\w]+/g, "-").replace(/^-|-$/g, "");
}
