import type { CloudflareClient } from "../../cloudflare/client.js";
import { getSettings } from "../../cloudflare/endpoints.js";
import { formatTarget, type Target } from "../../cloudflare/target.js";
import { dohSettingsKind } from "../../kinds/doh-settings.js";
import type { SettingsKind } from "../../kinds/kind.js";
import { organizationKind } from "../../kinds/organization.js";
import { isBlank, sameMeaning } from "../../model/meaning.js";
import type { SettingValues } from "../../model/values.js";
import { readComputed, readSettings } from "../../model/wire.js";
import { setIn } from "../files/settings-to-state.js";
import type { ImportedResource } from "../files/imported-resource.js";
import { Trouble } from "../trouble.js";

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
  target: Target,
  namesOf: (live: SettingValues) => Names,
): Promise<ImportedResource[]> {
  const { description, endpoint } = organizationKind;
  const live = await getSettings(client, endpoint, target);
  if (live === undefined) throw new Trouble(noOrganization(target));
  const settings = readSettings(description, live);
  const names = namesOf(settings);
  const organization = resourceOf(organizationKind, names.organization, target, settings, live);
  if (target.level === "zones") return [organization];

  const doh = await getSettings(client, dohSettingsKind.endpoint, target);
  const dohSettings = readSettings(dohSettingsKind.description, doh ?? {});
  if (doh === undefined || !isConfigured(dohSettings)) return [organization];
  return [organization, resourceOf(dohSettingsKind, names.dohSettings, target, dohSettings, doh)];
}

export function noOrganization(target: Target): string {
  return `There is no Zero Trust organization on ${formatTarget(target)}. Check the id; Zero Trust is enabled for an account by picking a plan in the dashboard, or by an Organization resource that states authDomain and name.`;
}

const DEFAULT_DURATION = "24h";

/** Some accounts answer Cloudflare's default where nobody configured anything. */
export function isConfigured({ serviceTokenId, dohJwtDuration }: SettingValues): boolean {
  const setting = dohSettingsKind.description.settings.dohJwtDuration;
  if (!isBlank(serviceTokenId)) return true;
  const isDefault = setting !== undefined && sameMeaning(setting, dohJwtDuration, DEFAULT_DURATION);
  return !isBlank(dohJwtDuration) && !isDefault;
}

function resourceOf(
  kind: SettingsKind,
  name: string,
  target: Target,
  values: SettingValues,
  live: SettingValues,
): ImportedResource {
  const { settings, leftOut } = setIn(kind, target.level, values);
  const computed = readComputed(kind.description, live);
  return { kind, name, target, settings, computed, leftOut };
}
