import { organizationType } from "../../registry.js";
import type { Definition, Members } from "../../schema/definition.js";
import type { InputFailure } from "../../schema/input-failure.js";
import { resolveAliases } from "../../schema/aliases.js";
import { isObject, type SettingValues } from "../../schema/values.js";
import { declareInputs, type DeclaredSettings } from "../codegen/declared-settings.js";
import { shellQuote } from "../shell-quote.js";
import {
  scopeOfOldState,
  SECRET,
  unwrapped,
  withoutSecrets,
  type OldOrganization,
} from "./old-state.js";

/** The type tokens of `@pulumi/cloudflare` for the organization, the current one first. */
export const PULUMI_TYPES: readonly string[] = [
  "cloudflare:index/zeroTrustOrganization:ZeroTrustOrganization",
  "cloudflare:index/zeroTrustAccessOrganization:ZeroTrustAccessOrganization",
  "cloudflare:index/accessOrganization:AccessOrganization",
];

/** The key that marks an object as a secret or another special value. */
const SIGNATURE = "4dabf18193072939515e22adb298388d";

/** Whether this is the output of `pulumi stack export`. */
export function isPulumiState(json: SettingValues): boolean {
  return isObject(json.deployment);
}

/** Returns the number of resources, and the organizations among them. */
export function readPulumiState({ deployment }: SettingValues): {
  readonly total: number;
  readonly organizations: readonly OldOrganization[];
} {
  const listed = isObject(deployment) ? deployment.resources : undefined;
  const resources: unknown[] = Array.isArray(listed) ? listed : [];
  const managed = resources.filter(isObject).filter(isManagedOrganization);
  return { total: resources.length, organizations: managed.map(organizationOf) };
}

/** Resources that are only read, or that are pending deletion, are not managed. */
function isManagedOrganization({
  type,
  external,
  delete: isPendingDelete,
}: SettingValues): boolean {
  return PULUMI_TYPES.includes(String(type)) && external !== true && isPendingDelete !== true;
}

function organizationOf(resource: SettingValues): OldOrganization {
  const urn = String(resource.urn);
  const inputs = isObject(resource.inputs) ? resource.inputs : {};
  const outputs = isObject(resource.outputs) ? resource.outputs : {};
  const { accountId, zoneId, ...settings } = declaredIn(inputs);
  const scope = scopeOfOldState(urn, {
    accountId: accountId ?? (zoneId === undefined ? outputs.accountId : undefined),
    zoneId: zoneId ?? outputs.zoneId,
    id: resource.id,
  });
  const force = resource.protect === true ? " --force" : "";
  return {
    address: urn,
    name: urn.split("::").at(-1) ?? "organization",
    scope,
    declared: declaredSettings(scope.kind, settings),
    computed: {},
    forget: `pulumi state delete${force} ${shellQuote(urn)}`,
  };
}

/** Returns the inputs that the program declared, without defaults of the provider and internal keys. */
function declaredIn(inputs: SettingValues): SettingValues {
  const defaults: unknown[] = Array.isArray(inputs.__defaults) ? inputs.__defaults : [];
  return Object.fromEntries(
    Object.entries(inputs).filter(([key]) => !key.startsWith("__") && !defaults.includes(key)),
  );
}

function declaredSettings(
  scope: OldOrganization["scope"]["kind"],
  inputs: SettingValues,
): DeclaredSettings {
  const { settings: known, aliases } = organizationType.definition;
  const names = [...Object.keys(known), ...Object.keys(aliases)];
  const unknown: InputFailure[] = [];
  const settings = new Map<string, unknown>();
  for (const [key, value] of Object.entries(inputs)) {
    const name = singular(key, names);
    if (name !== undefined) settings.set(name, settingValue(name, value));
    else if (value !== null)
      unknown.push({ property: key, reason: `is not an input of ${organizationType.name}` });
  }
  const current = resolveAliases(organizationType.definition, Object.fromEntries(settings));
  const { plain, omitted: secrets } = withoutSecrets(current.declared);
  const declared = declareInputs(organizationType, scope, plain);
  return {
    ...declared,
    omitted: [...unknown, ...current.conflicts, ...secrets, ...declared.omitted],
  };
}

function settingValue(name: string, value: unknown): unknown {
  if (isSecret(value)) return SECRET;
  const members = membersOf(name);
  const whole = members === undefined ? value : unwrapped(value);
  if (members === undefined || !isObject(whole)) return whole;
  const memberNames = Object.keys(members);
  return Object.fromEntries(
    Object.entries(declaredIn(whole)).map(([key, memberValue]) => [
      singular(key, memberNames) ?? key,
      isSecret(memberValue) ? SECRET : memberValue,
    ]),
  );
}

function membersOf(name: string): Members | undefined {
  const { settings, aliases }: Definition = organizationType.definition;
  const setting = settings[aliases[name] ?? name];
  return setting !== undefined && "members" in setting ? setting.members : undefined;
}

/** Pulumi uses the plural for lists: `loginDesigns`, `sshKeyTypes`. */
function singular(key: string, names: readonly string[]): string | undefined {
  return [key, key.replace(/s$/, "")].find((name) => names.includes(name));
}

function isSecret(value: unknown): boolean {
  if (Array.isArray(value)) return value.some(isSecret);
  return isObject(value) && Object.hasOwn(value, SIGNATURE);
}
