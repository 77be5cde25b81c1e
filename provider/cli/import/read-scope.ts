import type { CloudflareClient } from "../../cloudflare/client.js";
import { getSettings } from "../../cloudflare/endpoints.js";
import { describeScope, type Scope } from "../../cloudflare/scope.js";
import { RESOURCE_TYPES, type ResourceType } from "../../registry.js";
import { decodeComputed, decodeSettings } from "../../schema/codec.js";
import type { SettingValues } from "../../schema/values.js";
import { declareLiveSettings } from "../codegen/declared-settings.js";
import type { ImportedResource } from "../codegen/imported-resource.js";
import { CommandError } from "../errors.js";

/** Returns the resource types that exist for an account or for a zone. */
export function typesOf({ kind }: Scope): ResourceType[] {
  return RESOURCE_TYPES.filter(({ definition }) => definition.scopes.includes(kind));
}

/**
 * Reads the live objects of one account or zone. An object with no setting of its own is left out.
 *
 * @param baseName The name of the organization's resource, from which the other names follow.
 * @throws CommandError if the organization does not exist, CloudflareError if a request fails.
 */
export async function readScope(
  client: CloudflareClient,
  scope: Scope,
  baseName: (organization: SettingValues) => string | undefined,
): Promise<ImportedResource[]> {
  const resources: ImportedResource[] = [];
  let base: string | undefined;
  for (const type of typesOf(scope)) {
    const { definition, endpoint } = type;
    const live = await getSettings(client, endpoint, scope);
    if (live === undefined) throw new CommandError(notFound(type, scope));
    const values = decodeSettings(definition, live);
    const declared = declareLiveSettings(type, scope.kind, values);
    if (resources.length === 0) base = baseName(values);
    else if (Object.keys(declared.settings).length === 0) continue;
    resources.push({
      type,
      name: nameOf(type, base),
      scope,
      ...declared,
      computed: decodeComputed(definition, live),
    });
  }
  return resources;
}

/** "widget" and "widget-doh"; without a base name "organization" and "doh". */
function nameOf(type: ResourceType, base: string | undefined): string {
  const own = type.name.replace(/Settings$/, "").toLowerCase();
  if (base === undefined) return own;
  return type === RESOURCE_TYPES[0] ? base : `${base}-${own}`;
}

export function notFound({ definition }: ResourceType, scope: Scope): string {
  return `The ${describeScope(scope)} has no ${definition.displayName}. Check the id. To enable Zero Trust, choose a plan in the dashboard, or deploy an Organization resource that declares authDomain and name.`;
}
