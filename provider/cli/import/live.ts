import type { CloudflareClient } from "../../cloudflare/client.js";
import { getSettings } from "../../cloudflare/endpoints.js";
import { formatScope, type Scope } from "../../cloudflare/scope.js";
import { dohSettingsType } from "../../registry.js";
import type { ResourceType } from "../../registry.js";
import { organizationType } from "../../registry.js";
import { isBlank, areEquivalent } from "../../schema/equality.js";
import type { SettingValues } from "../../schema/values.js";
import { decodeComputed, decodeSettings } from "../../schema/codec.js";
import { settingsOfLiveObject } from "../codegen/declared-settings.js";
import type { ImportedResource } from "../codegen/imported-resource.js";
import { CommandError } from "../errors.js";

/** What the resources of one account or zone are called. */
export interface Names {
  readonly organization: string;
  readonly dohSettings: string;
}

/**
 * The live organization of an account or zone, and the account's DoH settings if somebody
 * configured them.
 *
 * @param namesOf Chooses names, where the live organization may have a say in it.
 * @throws Trouble where there is no organization, CloudflareError where it can't be looked at.
 */
export async function readLive(
  client: CloudflareClient,
  target: Scope,
  namesOf: (live: SettingValues) => Names,
): Promise<ImportedResource[]> {
  const { definition, endpoint } = organizationType;
  const live = await getSettings(client, endpoint, target);
  if (live === undefined) throw new CommandError(noOrganization(target));
  const settings = decodeSettings(definition, live);
  const names = namesOf(settings);
  const organization = resourceOf(organizationType, names.organization, target, settings, live);
  if (target.kind === "zones") return [organization];

  const doh = await getSettings(client, dohSettingsType.endpoint, target);
  const dohSettings = decodeSettings(dohSettingsType.definition, doh ?? {});
  if (doh === undefined || !isConfigured(dohSettings)) return [organization];
  return [organization, resourceOf(dohSettingsType, names.dohSettings, target, dohSettings, doh)];
}

export function noOrganization(target: Scope): string {
  return `There is no Zero Trust organization on ${formatScope(target)}. Check the id; Zero Trust is enabled for an account by picking a plan in the dashboard, or by an Organization resource that states authDomain and name.`;
}

const DEFAULT_DURATION = "24h";

/** Some accounts answer Cloudflare's default where nobody configured anything. */
export function isConfigured({ serviceTokenId, dohJwtDuration }: SettingValues): boolean {
  const setting = dohSettingsType.definition.settings.dohJwtDuration;
  if (!isBlank(serviceTokenId)) return true;
  const isDefault =
    setting !== undefined && areEquivalent(setting, dohJwtDuration, DEFAULT_DURATION);
  return !isBlank(dohJwtDuration) && !isDefault;
}

function resourceOf(
  kind: ResourceType,
  name: string,
  target: Scope,
  values: SettingValues,
  live: SettingValues,
): ImportedResource {
  const { settings, leftOut } = settingsOfLiveObject(kind, target.kind, values);
  const computed = decodeComputed(kind.definition, live);
  return { kind, name, target, settings, computed, leftOut };
}
