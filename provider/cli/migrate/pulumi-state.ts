import type { Definition, Members } from "../../schema/definition.js";
import { organization } from "../../schema/organization.js";
import { isBlank } from "../../schema/equality.js";
import type { InputFailure } from "../../schema/constraints.js";
import { resolveAliases } from "../../schema/aliases.js";
import { isObject, type SettingValues } from "../../schema/values.js";
import { shellQuote } from "../shell-quote.js";
import { oldTarget, SECRET, unwrapped, withoutSecrets, type OldOrganization } from "./old-state.js";

/** What `@pulumi/cloudflare` has called the organization, today's name first. */
export const PULUMI_TYPES: readonly string[] = [
  "cloudflare:index/zeroTrustOrganization:ZeroTrustOrganization",
  "cloudflare:index/zeroTrustAccessOrganization:ZeroTrustAccessOrganization",
  "cloudflare:index/accessOrganization:AccessOrganization",
];

/** Pulumi marks a secret, and anything else that is no plain value, by an object with this key. */
const SIGNATURE = "4dabf18193072939515e22adb298388d";

/** Whether JSON is what `pulumi stack export` writes. */
export function isPulumiState(json: SettingValues): boolean {
  return isObject(json.deployment);
}

/** How many resources there are, and the organizations among them. */
export function readPulumiState({ deployment }: SettingValues): {
  readonly total: number;
  readonly organizations: readonly OldOrganization[];
} {
  const listed = isObject(deployment) ? deployment.resources : undefined;
  const resources: unknown[] = Array.isArray(listed) ? listed : [];
  const managed = resources.filter(isObject).filter(isManagedOrganization);
  return { total: resources.length, organizations: managed.map(organizationOf) };
}

/** What is only looked at, or is on its way out already, is not Pulumi's to give away. */
function isManagedOrganization({ type, external, delete: isLeaving }: SettingValues): boolean {
  return PULUMI_TYPES.includes(String(type)) && external !== true && isLeaving !== true;
}

function organizationOf(resource: SettingValues): OldOrganization {
  const urn = String(resource.urn);
  const inputs = isObject(resource.inputs) ? resource.inputs : {};
  const outputs = isObject(resource.outputs) ? resource.outputs : {};
  const { accountId, zoneId, ...stated } = statedBy(inputs);
  const { settings, leftOut } = settingsOf(stated);
  const force = resource.protect === true ? " --force" : "";
  return {
    address: urn,
    name: urn.split("::").at(-1) ?? "organization",
    target: oldTarget(urn, {
      accountId: accountId ?? (zoneId === undefined ? outputs.accountId : undefined),
      zoneId: zoneId ?? outputs.zoneId,
      id: resource.id,
    }),
    settings,
    computed: {},
    leftOut,
    forget: `pulumi state delete${force} ${shellQuote(urn)}`,
  };
}

/** The inputs that the program stated: not those that the provider filled in, nor Pulumi's own. */
function statedBy(inputs: SettingValues): SettingValues {
  const defaults: unknown[] = Array.isArray(inputs.__defaults) ? inputs.__defaults : [];
  return Object.fromEntries(
    Object.entries(inputs).filter(([key]) => !key.startsWith("__") && !defaults.includes(key)),
  );
}

function settingsOf(stated: SettingValues): Pick<OldOrganization, "settings" | "leftOut"> {
  const { settings: known, aliases } = organization;
  const names = [...Object.keys(known), ...Object.keys(aliases)];
  const unknown: InputFailure[] = [];
  const settings = new Map<string, unknown>();
  for (const [key, value] of Object.entries(stated)) {
    const name = singular(key, names);
    if (name !== undefined) settings.set(name, settingValue(name, value));
    else if (!isBlank(value)) unknown.push({ property: key, reason: "has no argument here" });
  }
  const modern = resolveAliases(organization, Object.fromEntries(settings));
  const { settings: plain, leftOut } = withoutSecrets(modern.stated);
  return { settings: plain, leftOut: [...unknown, ...modern.conflicts, ...leftOut] };
}

function settingValue(name: string, value: unknown): unknown {
  if (isSecret(value)) return SECRET;
  const members = membersOf(name);
  const whole = members === undefined ? value : unwrapped(value);
  if (members === undefined || !isObject(whole)) return whole;
  const memberNames = Object.keys(members);
  return Object.fromEntries(
    Object.entries(statedBy(whole)).map(([key, memberValue]) => [
      singular(key, memberNames) ?? key,
      isSecret(memberValue) ? SECRET : memberValue,
    ]),
  );
}

function membersOf(name: string): Members | undefined {
  const { settings, aliases: aliases }: Definition = organization;
  const setting = settings[aliases[name] ?? name];
  return setting !== undefined && "members" in setting ? setting.members : undefined;
}

/** Pulumi gives the plural to all that is a list: `loginDesigns`, `sshKeyTypes`. */
function singular(key: string, names: readonly string[]): string | undefined {
  return [key, key.replace(/s$/, "")].find((name) => names.includes(name));
}

function isSecret(value: unknown): boolean {
  if (Array.isArray(value)) return value.some(isSecret);
  return isObject(value) && Object.hasOwn(value, SIGNATURE);
}
