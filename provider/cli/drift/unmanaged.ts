import type { CloudflareClient } from "../../cloudflare/client.js";
import { dohEndpoint, getSettings, organizationEndpoint } from "../../cloudflare/endpoints.js";
import { parseTarget } from "../../cloudflare/target.js";
import { dohSettings } from "../../model/doh-settings.js";
import { managedSettings } from "../../model/managed.js";
import { isEmpty } from "../../model/meaning.js";
import { readSettings } from "../../model/wire.js";
import type { CheckedStack } from "./check.js";
import { dangerousFirst, type SeenResource } from "./events.js";
import type { UnmanagedSetting } from "./report.js";

/**
 * Adds to each checked resource the live settings that are set and that no program states. What
 * another of the stacks states for the same object has its owner and is left out.
 *
 * @throws CloudflareError where a live object can't be looked at.
 */
export async function withUnmanaged(
  checked: readonly CheckedStack[],
  client: CloudflareClient,
): Promise<CheckedStack[]> {
  const owned = new Set(
    checked.flatMap(({ seen }) =>
      seen.flatMap((resource) =>
        managedSettings(resource.description, resource.stated).map(({ path }) =>
          keyOf(resource, path),
        ),
      ),
    ),
  );
  return Promise.all(
    checked.map(async (stack) => {
      const resources = await Promise.all(
        stack.seen.map(async (resource) => ({
          ...resource.report,
          unmanaged: await unmanagedOf(resource, owned, client),
        })),
      );
      const told = resources.filter(
        ({ gone, settings, unmanaged }) => gone || settings.length > 0 || unmanaged.length > 0,
      );
      return { ...stack, report: { ...stack.report, resources: told } };
    }),
  );
}

async function unmanagedOf(
  resource: SeenResource,
  owned: ReadonlySet<string>,
  client: CloudflareClient,
): Promise<UnmanagedSetting[]> {
  const { description, report } = resource;
  const target = parseTarget(report.id);
  if (target === undefined || report.gone) return [];
  const endpoint = description === dohSettings ? dohEndpoint : organizationEndpoint;
  const live = (await getSettings(client, endpoint, target)) ?? {};
  const unmanaged = managedSettings(description, readSettings(description, live))
    .filter(
      ({ setting, value, path }) => !isEmpty(setting, value) && !owned.has(keyOf(resource, path)),
    )
    .map(({ path, value }) => {
      const danger = description.settings[path]?.danger?.because;
      return { setting: path, live: value, ...(danger === undefined ? {} : { danger }) };
    });
  return dangerousFirst(unmanaged);
}

function keyOf({ description, report }: SeenResource, path: string): string {
  return `${description.noun} ${report.id} ${path}`;
}
